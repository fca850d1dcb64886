"""The leader of the challenger's coalition is detained."""

from __future__ import annotations

import numpy as np
import pytest

from sim.actors.incumbent import Incumbent
from sim.ledger import Event
from sim.processes.before import detention
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import MeasureView
from sim.records.events import (
    LeaderDetained,
    MeasureTaken,
    MeasureUndone,
    OccasionOpened,
    SupportShift,
    TargetConceded,
    UnityMoved,
)
from tests.support.standalone import outcomes_of, standalone_world
from tests.support.strategy_case import ENTROPY, HONEST, parameters, run

DETAIN = Forcing("government", "detain_leader", "yes", at=-20.0)
P = parameters(**HONEST, candidacy__withdrawal_rate=0.0)


def trace(world: World, *kinds: type[Event]) -> list[tuple[float, str]]:
    return [(round(e.day, 3), type(e).__name__) for e in world.ledger if isinstance(e, kinds)]


def test_a_detention_moves_unity_and_the_lead_and_must_be_answered() -> None:
    world = run(P, forcings=(DETAIN,))
    kinds = MeasureTaken, LeaderDetained, UnityMoved, SupportShift, OccasionOpened

    assert trace(world, *kinds) == [
        (-20.0, "MeasureTaken"),
        (-20.0, "LeaderDetained"),
        (-20.0, "UnityMoved"),
        (-20.0, "SupportShift"),
        (-9.667, "OccasionOpened"),
    ]
    assert outcomes_of(world)["measure_taken_detain_leader"] is True


def test_a_detention_may_close_ranks_or_split_and_costs_votes_as_often_as_it_brings_them() -> None:
    worlds = [run(P, replicate, (DETAIN,)) for replicate in range(200)]
    moved = [e.by for world in worlds for e in world.ledger.of(UnityMoved)]
    shifts = [e.d_logit_gov > 0 for w in worlds for e in w.ledger.of(SupportShift)]

    assert (min(moved) >= -0.2, max(moved) <= 0.1) == (True, True)
    assert sum(moved) / 200 == pytest.approx(-0.05, abs=0.02)
    assert sum(shifts) / 200 == pytest.approx(0.5, abs=0.1)


def test_a_concession_or_a_kept_promise_sets_the_leader_free() -> None:
    world = standalone_world(P, ENTROPY, 0, (DETAIN,))
    world.env.run(until=-15.0)
    record(world, TargetConceded(world.env.now, "detention"))
    world.env.run(until=-14.0)
    detention.release(world)

    assert trace(world, MeasureUndone) == [(-15.0, "MeasureUndone")]
    assert world.conduct.measures == []


def test_where_nobody_leads_nobody_is_detained() -> None:
    world = run(parameters(**HONEST, candidacy__leader=""), forcings=(DETAIN,))

    assert trace(world, LeaderDetained, MeasureTaken) == []


def test_a_leader_is_detained_more_often_by_a_government_that_expects_to_lose() -> None:
    actor, rng = Incumbent(parameters(), "government"), np.random.default_rng(0)
    views = [MeasureView("detain_leader", -17.0, lead, 0.1, 0.2) for lead in (-0.3, 0.0, 0.3)]

    assert [round(actor.decide(view, rng).probabilities[0], 4) for view in views] == [
        0.0079,
        0.0191,
        0.0455,
    ]
