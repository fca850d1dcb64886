"""What a sender must answer beside broken promises, with which instruments, and when no more."""

from __future__ import annotations

import pytest

from sim.processes.before import sanctions
from sim.processes.columns import Announcement
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import CandidateDetained, ResultContested, ThreatMade
from tests.support.quiet_world import quiet_world, said
from tests.support.strategy_case import parameters

P = parameters()
ANSWERS = (
    Forcing("us", "threaten", "yes"),
    Forcing("government", "concede", "no"),
    Forcing("us", "punish", "revoke_tranche"),
)


def started(*forcings: Forcing) -> World:
    world = quiet_world(P, sanctions.start, forcings=forcings or ANSWERS)
    world.env.run(until=1.0)
    return world


def test_a_contested_announcement_is_answered_ten_days_later() -> None:
    world = started()
    record(world, ResultContested(1.0, "platform"))
    world.env.run(until=16.0)

    assert [text for text in said(world) if "contest" in text] == [
        "11.3 OccasionOpened us contest",
        "11.3 ThreatMade us government contest",
        "15.5 ThreatCarriedOut contest specific",
    ]


def test_a_boycotted_vote_is_answered_after_two_weeks() -> None:
    world = started()
    world.conduct.boycott = world.conduct.held = True
    world.env.run(until=15.0)

    assert "14.3 OccasionOpened us boycott" in said(world)


def test_the_detention_of_a_candidate_is_answered() -> None:
    world = started()
    record(world, CandidateDetained(1.0, "x"))
    world.env.run(until=16.0)

    assert "11.3 OccasionOpened us detention" in said(world)


@pytest.mark.parametrize(("winner", "threats"), [("incumbent", 1), ("opposition", 0)])
def test_nobody_threatens_who_has_announced_its_own_defeat(winner: str, threats: int) -> None:
    world = started()
    world.aftermath.announcement = Announcement(1.0, winner, 0.1, 1.0, (), False)
    record(world, ResultContested(1.0, "platform"))
    world.env.run(until=16.0)

    assert len(world.ledger.of(ThreatMade)) == threats


def test_only_instruments_that_are_left_can_be_drawn() -> None:
    world = started()
    for key in ("specific", "GL8"):
        world.sanctions.book[key].status = "ended"

    assert sanctions.usable(world, "contest") == {"designations": 0.45, "GL41": 0.20}
    assert sanctions.usable(world, "x") == {"designations": 0.60, "GL41": 0.05}


@pytest.mark.parametrize(
    ("decision", "option", "imposed"),
    [("threaten", "no", 0.0), ("punish", "warn", 0.0), ("punish", "revoke_tranche", 1.0)],
)
def test_an_answer_that_is_fixed_without_a_date_is_reckoned_with(
    decision: str, option: str, imposed: float
) -> None:
    world = started(Forcing("us", decision, option))

    assert world.sanctions.q_imp == imposed
