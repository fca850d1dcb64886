"""Traces of occasions: a breach is detected, threatened over, conceded to or punished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.ledger import Event
from sim.processes.before import sanctions
from sim.processes.effects.register import EFFECTS
from sim.processes.world import World, record
from sim.records.decisions.agreement import Commitment
from sim.records.decisions.forcing import Forcing
from sim.records.events import (
    CandidateBarred,
    DesignationsAdded,
    ElectionPostponed,
    LicenceRenewed,
    MeasureTaken,
    ReliefChanged,
    ReliefLost,
    ThreatCarriedOut,
)
from tests.support.quiet_world import quiet_world, said
from tests.support.strategy_case import parameters

P = parameters()
THREATENS = Forcing("us", "threaten", "yes")
STANDS = Forcing("government", "concede", "no")
IMPOSES = Forcing("us", "punish", "revoke_tranche")


def breached(
    *events: Event,
    forcings: Sequence[Forcing] = (),
    until: float = -10.0,
    p: Any = P,
    replicate: int = 0,
) -> World:
    world = quiet_world(p, sanctions.start, forcings=forcings, replicate=replicate)

    def happen() -> Any:
        for event in events:
            yield world.env.timeout(event.day - world.env.now)
            record(world, event)

    world.env.process(happen())
    world.env.run(until=until)
    return world


def story(world: World) -> list[str]:
    return said(world, ReliefChanged, ReliefLost, LicenceRenewed)


def test_a_threat_is_made_ten_days_after_detection_and_may_be_conceded_to() -> None:
    world = breached(
        CandidateBarred(-24.0, "x"), forcings=[THREATENS, Forcing("government", "concede", "yes")]
    )

    assert story(world) == [
        "-24.0 CandidateBarred x",
        "-23.9 BreachDetected bar_candidate 0.115844",
        "-13.6 ThreatMade us government bar_candidate",
        "-10.5 TargetConceded bar_candidate",
    ]


def test_a_threat_may_be_dropped() -> None:
    world = breached(
        CandidateBarred(-24.0, "x"), forcings=[THREATENS, STANDS, Forcing("us", "punish", "warn")]
    )

    assert story(world)[2:] == [
        "-13.6 ThreatMade us government bar_candidate",
        "-10.5 ThreatDropped bar_candidate",
    ]


def test_a_sanction_that_is_imposed_draws_an_instrument() -> None:
    world = breached(CandidateBarred(-24.0, "x"), forcings=[THREATENS, STANDS, IMPOSES])

    assert story(world)[2:] == [
        "-13.6 ThreatMade us government bar_candidate",
        "-10.5 ThreatCarriedOut bar_candidate designations",
        "-10.5 DesignationsAdded 20",
    ]
    assert world.sanctions.designated_names == 20


def test_a_full_snapback_ends_all_licences_for_energy_and_only_a_scenario_brings_it_about() -> None:
    world = breached(
        CandidateBarred(-24.0, "x"),
        forcings=[THREATENS, STANDS, Forcing("us", "punish", "full_snapback")],
    )

    assert story(world)[3:] == [
        "-10.5 ThreatCarriedOut bar_candidate full_snapback",
        "-10.5 LicenceEnded GL41",
        "-10.5 LicenceEnded specific",
        "-10.5 LicenceEnded GL8",
        "-10.5 BreachDetected relief_withdrawn 0",
    ]
    assert (world.sanctions.relief_share, world.sanctions.price_of_breach) == (0.0, 0.0)


def test_a_delivered_tranche_is_revoked_before_any_other_instrument_is_drawn() -> None:
    world = quiet_world(P, sanctions.start, forcings=[THREATENS, STANDS, IMPOSES])
    for tranche, part in ((1, 0.5), (2, 1.0)):
        world.negotiation.commitments[f"t{tranche}"] = Commitment(
            "t", "government_us", "us", "energy_relief", 70, part, 0, tranche, "kept"
        )
        EFFECTS["relief"].deliver(world, "energy_relief", part)
    for occasion in ("first", "second"):
        world.env.run(until=world.env.process(sanctions.threaten(world, occasion)))

    assert [
        text for text in story(world) if "44" in text or "letters" in text or "Carried" in text
    ] == [
        "-26.0 LicenceIssued letters 60",
        "-26.0 LicenceIssued GL44 250",
        "-22.6 ThreatCarriedOut first revoke_tranche",
        "-22.6 WindDownBegan GL44 22.375",
        "-19.5 ThreatCarriedOut second revoke_tranche",
        "-19.5 WindDownBegan letters 25.5156",
    ]


def test_occasions_of_one_kind_are_numbered_and_a_restored_date_is_none() -> None:
    world = breached(
        MeasureTaken(-24.0, "withdraw_invitations", 0.1),
        MeasureTaken(-23.0, "arrests", 0.7),
        ElectionPostponed(-20.0, 60.0),
        ElectionPostponed(-19.0, 0.0),
        ElectionPostponed(-18.0, 60.0),
        until=-8.0,
    )

    assert [breach.occasion for breach in world.negotiation.breaches] == [
        "withdraw_invitations",
        "postpone",
        "postpone/2",
    ]


def test_without_a_mission_breaches_are_seen_half_as_fast() -> None:
    seen = [
        breached(CandidateBarred(-24.0, "x")),
        breached(CandidateBarred(-24.0, "x"), p=parameters(conduct__observer_strength=0.0)),
    ]
    lags = [world.negotiation.breaches[0].day + 24.0 for world in seen]

    assert lags[1] == pytest.approx(2 * lags[0])


def test_instruments_are_drawn_with_their_probabilities() -> None:
    drawn = [
        event.instrument
        for replicate in range(400)
        for event in breached(
            CandidateBarred(-24.0, "x"),
            forcings=[THREATENS, STANDS, IMPOSES],
            until=-5.0,
            replicate=replicate,
        ).ledger.of(ThreatCarriedOut)
    ]
    share = drawn.count("designations") / len(drawn)

    assert set(drawn) == {"designations", "specific", "GL8", "GL41"}
    assert abs(share - 0.60) < 4 * (0.6 * 0.4 / len(drawn)) ** 0.5


def test_a_batch_of_designations_has_five_to_twenty_names_and_may_add_to_the_exit_cost() -> None:
    p = parameters(
        sanctions__instruments={"designations": 1.0, "specific": 0, "GL8": 0, "GL41": 0},
        sanctions__designation_exit_cost=0.02,
    )
    worlds = [
        breached(
            CandidateBarred(-24.0, "x"),
            forcings=[THREATENS, STANDS, IMPOSES],
            until=-5.0,
            p=p,
            replicate=r,
        )
        for r in range(60)
    ]
    names = [event.n_names for world in worlds for event in world.ledger.of(DesignationsAdded)]

    assert (min(names) >= 5, max(names) <= 20, len(set(names)) > 8) == (True, True, True)
    assert {
        world.sanctions.exit_cost_added for world in worlds if world.sanctions.designated_names
    } == {0.02}
