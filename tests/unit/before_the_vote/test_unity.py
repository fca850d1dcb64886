"""Unity of the challenger's coalition: what moves it, and what it moves."""

from __future__ import annotations

import pytest

from sim.models.strategy.unity import bounded, following_share
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import SupportShift, UnityMoved
from tests.support.standalone import outcomes_of
from tests.support.strategy_case import HONEST, parameters, run

BAR = Forcing("government", "bar_candidate", "yes", at=-20.0)
ADMIT = Forcing("electoral_authority", "admit_leader", "yes", at=-22.0)
SUBSTITUTE = (
    Forcing("platform", "response", "substitute"),
    Forcing("electoral_authority", "admit_substitute", "yes"),
)


def united(unity: float, *forcings: Forcing) -> World:
    return run(parameters(**HONEST, candidacy__unity=unity), forcings=forcings)


def moves(world: World) -> list[tuple[float, float]]:
    return [(round(e.by, 3), round(e.value, 3)) for e in world.ledger.of(UnityMoved)]


def test_more_supporters_follow_to_somebody_else_where_a_coalition_stands_together() -> None:
    shares = [round(following_share(0.9, unity, 0.25), 4) for unity in (0.2, 0.6, 0.8, 1.0)]

    assert shares == [0.75, 0.85, 0.9, 0.95]
    assert following_share(0.9, 0.8, 0.25) == 0.9
    assert following_share(0.98, 1.0, 0.25) == 1.0
    assert following_share(0.1, 0.0, 0.5) == 1e-6
    assert (bounded(-0.1), bounded(1.2)) == (0.0, 1.0)


def test_a_leader_who_may_stand_brings_the_coalition_together() -> None:
    assert moves(united(0.8, ADMIT)) == [(0.1, 0.9)]
    assert moves(united(0.95, ADMIT)) == [(0.05, 1.0)]
    assert moves(united(1.0, ADMIT)) == []


def test_a_coalition_falls_out_over_a_minor_candidate() -> None:
    world = united(0.8, BAR, Forcing("platform", "response", "endorse"))

    assert moves(world) == [(-0.15, 0.65)]
    assert outcomes_of(world)["unity"] == pytest.approx(0.65)


def test_unity_carries_votes_to_a_substitute() -> None:
    low, high = (united(unity, BAR, *SUBSTITUTE) for unity in (0.4, 1.0))
    lost = [world.ledger.of(SupportShift)[0].d_logit_gov for world in (low, high)]

    assert [round(x, 4) for x in lost] == [0.2231, 0.0513]
    assert moves(low) == []


def test_candidates_on_the_ballot_are_counted_without_an_empty_row() -> None:
    worlds = [united(0.8), united(0.8, BAR, Forcing("platform", "response", "boycott"))]
    worlds.append(united(0.8, BAR, *SUBSTITUTE))

    assert [outcomes_of(world)["n_on_ballot"] for world in worlds] == [10, 9, 10]
