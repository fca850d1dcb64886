"""The family line: Holm's adjustment, and alarms of honest elections of the same size."""

import pytest

from sim.estimators.register import ESTIMATORS, FORENSIC, STREAM
from sim.fieldwork.multiple_testing import family_line, holm
from sim.records.parameters.watching.forensics import Forensics
from sim.records.parameters.watching.monitoring import Monitoring
from sim.rng import Streams
from tests.contracts.estimator_worlds import honest_world

SETTINGS = Monitoring(alpha=0.05, forensics=Forensics(redraws=40, klimek_redraws=3))
QUICK = [key for key in FORENSIC if key != "fingerprint_fit"]
NO_HISTORY = {"history_residuals", "second_digit"}


def test_holm_multiplies_the_least_by_all_and_never_falls():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))


def test_no_tests_make_an_empty_line():
    line = family_line(honest_world(1, tables=200), (), SETTINGS, Streams(1, 0))
    assert (line.tests, line.as_many_share, line.sentence) == (
        (),
        None,
        "No forensic test had enough rows to run.",
    )


def test_an_honest_world_stands_beside_honest_elections():
    world, streams = honest_world(5, tables=300), Streams(1, 0)
    findings = [ESTIMATORS[key](SETTINGS).assess(world, streams(STREAM + key)) for key in QUICK]
    line = family_line(world, findings, SETTINGS, streams, honest_elections=8)
    assert set(line.tests) == set(QUICK) - NO_HISTORY - {"share_moments"}
    assert (line.honest_elections, line.holm_alarms, line.without_verdict) == (8, 0, 2)
    assert line.as_many_share is not None
    assert line.as_many_share >= line.any_holm_share


def test_the_same_streams_give_the_same_line():
    world, streams = honest_world(3, tables=200), Streams(4, 0)
    findings = [ESTIMATORS["last_digit"](SETTINGS).assess(world, streams(STREAM + "last_digit"))]
    one, other = (family_line(world, findings, SETTINGS, streams, 3) for _ in range(2))
    assert one == other
