"""An estimator is asked again only when something that it reads has changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.estimators.register import all_findings
from sim.models.chain.evidence import as_before
from sim.records.parameters.watching.monitoring import Monitoring
from sim.rng import Streams
from tests.contracts.estimator_worlds import honest_world

SETTINGS, STREAMS = Monitoring(), Streams(3, 0)


def test_what_has_not_changed_gets_the_answer_of_before():
    then, now = honest_world(1), honest_world(1)
    said = all_findings(then, SETTINGS, STREAMS)

    again = all_findings(as_before(now, then), SETTINGS, STREAMS, (then, said))

    assert [a is b for a, b in zip(again, said, strict=True)] == [True] * len(SETTINGS.estimators)


def test_what_has_changed_is_asked_as_if_nothing_had_been_asked_before():
    then, now = honest_world(1, loss=0.3), honest_world(1)
    fresh = all_findings(now, SETTINGS, STREAMS)

    again = all_findings(
        as_before(now, then), SETTINGS, STREAMS, (then, all_findings(then, SETTINGS, STREAMS))
    )

    assert [repr(f) for f in again] == [repr(f) for f in fresh]


def test_one_sheet_more_is_a_change():
    world = honest_world(1)
    assert world.sheets is not None
    more = replace(world.sheets, table=np.append(world.sheets.table, 0))

    assert as_before(replace(world, sheets=more), world).sheets is more
