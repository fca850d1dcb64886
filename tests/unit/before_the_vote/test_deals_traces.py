"""A table at which packages are valued by what they do to election night."""

from __future__ import annotations

from typing import Any

from sim.processes import beliefs
from sim.processes.before import conduct, negotiation, sanctions, stakes
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import AgreementSigned, CommitmentKept, CommitmentLapsed, TrackMoved
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters

ABROAD, HOME = "government_us", "government_platform"
READY: dict[str, Any] = {
    "negotiation__round_rate": 30.0,
    "negotiation__rates": {
        "talks_to_deal": 300.0,
        "talks_to_suspended": 0.0,
        "talks_to_collapsed": 0.0,
        "deal_to_suspended": 0.0,
        "deal_to_collapsed": 0.0,
    },
    "negotiation__tracks__government_platform__state": "talks",
}
KEEP = (
    Forcing("government", "meet", "yes"),
    Forcing("government", "comply", "yes"),
    Forcing("us", "comply", "yes"),
)


def table(until: float, *forcings: Forcing, **changes: Any) -> World:
    world = quiet_world(
        parameters(**(READY | changes)),
        beliefs.start,
        conduct.start,
        negotiation.start,
        sanctions.start,
        forcings=(*KEEP, *forcings),
    )
    world.env.run(until=until)
    return world


def quiet() -> World:
    world = quiet_world(
        parameters(), beliefs.start, conduct.start, negotiation.start, sanctions.start
    )
    world.env.run(until=-25.9)
    return world


def open_issues(world: World, track: str) -> list[str]:
    return [own[0].issue for own in stakes.offers(world, track)]


def test_who_delivers_and_the_calendar_decide_what_is_on_a_table() -> None:
    world = quiet()
    at_home = ["observation", "witness_copies", "count_publication", "detentions"]

    assert open_issues(world, HOME) == at_home
    world.negotiation.tracks |= {ABROAD: "talks", HOME: "talks"}
    assert open_issues(world, HOME) == [*at_home, "guarantees"]
    assert open_issues(world, ABROAD) == [
        *at_home,
        "guarantees",
        "energy_relief",
        "personal_relief",
    ]


def test_signs_of_the_items() -> None:
    world = quiet()
    world.negotiation.tracks |= {ABROAD: "talks", HOME: "talks"}
    on_table = stakes.offers(world, ABROAD)
    found = {
        own[0].issue: items[-1]
        for own, items in zip(on_table, stakes.items(world, ABROAD, on_table), strict=True)
    }

    assert found["witness_copies"].dv < 0 < found["witness_copies"].dvo
    assert found["observation"].dv < 0 < found["observation"].dvo
    assert found["guarantees"].dvo > 0
    assert found["energy_relief"].dv < 0 < found["energy_relief"].worth[0]
    assert (found["detentions"].dv, found["detentions"].dvo) == (0.0, 0.0)


def test_an_agreement_is_signed_and_kept_and_its_guarantees_lapse_with_the_talks() -> None:
    world = table(-10.0)
    signed = world.ledger.of(AgreementSigned)
    guaranteed = world.conduct.guarantees
    kept = {e.commitment.split("/")[2] for e in world.ledger.of(CommitmentKept)}
    assert len(signed) >= 1
    assert "guarantees" in kept
    assert guaranteed >= 0.25
    assert not world.ledger.of(CommitmentLapsed)


def test_guarantees_end_when_the_incumbent_leaves_the_table() -> None:
    world = table(-5.0, Forcing("government", "suspend_talks", "yes", at=-12.0))

    assert {e.after for e in world.ledger.of(TrackMoved) if e.day > -12.1} >= {"suspended"}
    assert world.conduct.guarantees == 0.0


def test_who_expects_to_lose_is_tempted_to_break_what_helps_the_challenger() -> None:
    world = quiet()
    worth = []
    for mean in (-0.2, 0.05, 0.25):
        world.beliefs["government"].mean[0] = mean
        worth.append(stakes.worth_now(world, "witness_copies", 1.0))

    assert worth == sorted(worth, reverse=True)
    assert worth[0] - worth[-1] > 0.01
