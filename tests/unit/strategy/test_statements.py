"""What an observer says, where it is heard, and what the incumbent reckons with on the night."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.models.strategy.after.statements import negative_with_tables, negative_without_tables
from sim.models.strategy.night.night_nodes import verdict_sums
from sim.processes.day.missions import doubt
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.night import Anticipated
from sim.records.events import MissionStatement
from sim.records.parameters.after.abroad import Observers
from tests.slow_twins.night_case import Case
from tests.support.night_cases import inputs
from tests.support.strategy_case import parameters, run

TOTALS = Forcing("government", "night", "totals_only")
CONTEST = Forcing("platform", "contest", "yes")
NO_STOP = Forcing("government", "transmission_stop", "no")


def test_half_of_an_observers_doubt_without_tables_is_common_to_all() -> None:
    found = negative_without_tables([0.6, 0.775, 0.95], Observers())

    assert found.round(4).tolist() == [0.6875, 0.775, 0.8625]


def test_who_sees_more_and_reads_more_copies_finds_altered_tables_more_often() -> None:
    found = negative_with_tables([0.0, 0.15, 0.7, 0.15], [0.0, 0.0, 0.0, 0.7], Observers())

    assert found.round(4).tolist() == [0.05, 0.1925, 0.715, 0.5316]


def test_who_is_rarely_heard_moves_the_sum_of_verdicts_less_and_as_uncertainly() -> None:
    case = Case(0.2, 0.45, 0.77, 0.14, 0.27)
    seen = replace(inputs([case]), credibility=np.array([[1.0]]), reach=np.array([[0.1]]))
    quiet, p = replace(seen, public=(0.275,)), parameters()
    silent = [verdict_sums(each, np.zeros((1, 1, 2)), p)[0][0, 1, 0] for each in (seen, quiet)]

    mean, square = 0.275 * 0.55, 0.275
    sd = np.sqrt(square - mean**2)
    assert silent[0].round(4).tolist() == [1.3852, -0.2852]
    assert silent[1] == pytest.approx([mean + sd, mean - sd])
    fixed = replace(quiet, anticipated=Anticipated(statements=(1.0,)))
    assert verdict_sums(fixed, np.zeros((1, 1, 2)), p)[0][0, 1, 0].tolist() == [1.0, 1.0]


def speaks(public: float, *forcings: Forcing) -> int:
    p = parameters(cast__un_panel__observer__public=public)
    worlds = [run(p, replicate, (TOTALS, *forcings)) for replicate in range(20)]
    return sum("un_panel" in said(world) for world in worlds)


def said(world: World) -> set[str]:
    return {event.mission for event in world.ledger.of(MissionStatement)}


def test_an_internal_report_is_seldom_heard_unless_a_scenario_fixes_it() -> None:
    held = speaks(1.0)

    assert speaks(0.275) < held / 2
    assert speaks(0.05, Forcing("un_panel", "statement", "negative")) == held


def test_without_estimators_doubt_follows_what_was_announced() -> None:
    found = []
    for option in ("count", "altered_tables", "totals_only", "annul"):
        world = run(parameters(), 3, (Forcing("government", "night", option), CONTEST, NO_STOP))
        mission = world.p.cast["carter"].observer
        assert mission is not None
        found.append(round(doubt(world, mission, tables=True), 4))

    assert found[2:] == [0.775, 0.775]
    assert found[0] == 0.15
    assert found[1] > 0.19
