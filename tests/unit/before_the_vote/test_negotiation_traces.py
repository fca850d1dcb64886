"""Traces of the negotiating tables: each ends in the literal list of what was noted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.processes import beliefs
from sim.processes.before import commitments, negotiation, sanctions
from sim.processes.effects.register import EFFECTS
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import PollPublished, ReliefChanged, RoundHeld, TablesPublished, TrackMoved
from sim.records.moments import Tied
from tests.support.quiet_world import quiet_world, said
from tests.support.strategy_case import parameters

US = "government_us"
WILLING = (
    Forcing("government", "meet", "yes"),
    Forcing("government", "comply", "yes"),
    Forcing("us", "comply", "yes"),
    Forcing("us", "threaten", "no"),
)
LASTING: dict[str, Any] = {
    "deals__stakes": "space",
    "negotiation__round_rate": 30.0,
    "negotiation__rates": {
        "talks_to_deal": 300.0,
        "deal_to_suspended": 0.0,
        "deal_to_collapsed": 0.0,
    },
    "negotiation__tracks__government_platform__state": "collapsed",
    "licences": {},
    "sanctions__instruments": {},
}


def trace(p: Any, until: float, forcings: Sequence[Forcing] = WILLING, *starts: Any) -> World:
    world = quiet_world(
        p, beliefs.start, negotiation.start, sanctions.start, *starts, forcings=forcings
    )
    world.env.run(until=until)
    return world


def story(world: World) -> list[str]:
    return [
        text
        for text in said(world, PollPublished, ReliefChanged, RoundHeld)
        if "Licence" not in text
    ]


def test_a_meeting_that_is_held_opens_the_talks() -> None:
    world = trace(parameters(), -24.4)

    assert story(world) == [
        "-26.0 MeetingScheduled government_us -24.5",
        "-24.5 MeetingHeld government_us",
        "-24.5 TrackMoved government_us scheduled talks meeting",
    ]


def test_a_meeting_that_is_cancelled_leaves_the_track_suspended() -> None:
    world = trace(parameters(), -24.4, [Forcing("government", "meet", "no")])

    assert story(world)[1:] == [
        "-24.5 MeetingCancelled government_us",
        "-24.5 TrackMoved government_us scheduled suspended meeting",
    ]


def test_an_agreement_that_is_kept_by_both_brings_relief_in_tranches() -> None:
    world = trace(parameters(**LASTING), 12.0)

    assert story(world)[3:] == [
        "-24.4 AgreementSigned government_us (40,40,40,100,40,60) 4",
        "-24.4 TrackMoved government_us talks deal agreement",
        "-17.4 CommitmentDue government_us/1/observation/0 government observation",
        "-17.4 CommitmentKept government_us/1/observation/0",
        "-10.4 CommitmentDue government_us/1/detentions/0 government detentions",
        "-10.4 CommitmentKept government_us/1/detentions/0",
        "-10.4 CommitmentDue government_us/1/energy_relief/1 us energy_relief",
        "-10.4 CommitmentKept government_us/1/energy_relief/1",
        "5.6 CommitmentDue government_us/1/personal_relief/0 us personal_relief",
        "5.6 CommitmentKept government_us/1/personal_relief/0",
    ]
    assert world.sanctions.exit_cost_added == pytest.approx(-0.04 * 50 / 90)
    assert world.conduct.observer_strength == pytest.approx(0.25 + 0.35 * 15 / 75)


def test_relief_comes_as_whole_licences_first_letters_then_the_general_one() -> None:
    world = quiet_world(parameters(), beliefs.start, negotiation.start, sanctions.start)
    for part in (0.5, 1.0):
        EFFECTS["relief"].deliver(world, "energy_relief", part)

    assert [text for text in said(world) if "Issued" in text] == [
        "-26.0 LicenceIssued letters 60",
        "-26.0 LicenceIssued GL44 250",
    ]
    assert world.sanctions.relief_share == pytest.approx(0.58)


def test_kept_promises_raise_trust_and_broken_ones_lower_it() -> None:
    kept = trace(parameters(**LASTING), 12.0).negotiation.trusts
    broken = trace(
        parameters(**LASTING), 12.0, [*WILLING, Forcing("government", "comply", "no")]
    ).negotiation.trusts

    assert kept["us", "government"] == pytest.approx((6.5, 5.5))
    assert broken["us", "government"] == pytest.approx((4.5, 7.5))
    assert kept["government", "us"] == pytest.approx((10.0, 2.0))


def test_promises_lapse_when_a_deal_is_broken_off() -> None:
    leaves = Forcing(
        "government", "suspend_talks", "yes", at=Tied("AgreementSigned", 10.0), target=US
    )
    world = trace(parameters(**LASTING), 12.0, [*WILLING, leaves])

    assert story(world)[7:11] == [
        "-14.4 TrackMoved government_us deal suspended suspend_talks",
        "-14.4 CommitmentLapsed government_us/1/detentions/0",
        "-14.4 CommitmentLapsed government_us/1/energy_relief/1",
        "-14.4 CommitmentLapsed government_us/1/personal_relief/0",
    ]


def test_the_government_may_leave_a_table_at_which_the_us_broke_its_word() -> None:
    answers = [
        *WILLING[:2],
        Forcing("us", "comply", "no"),
        Forcing("government", "suspend_talks", "yes"),
    ]
    world = trace(parameters(**LASTING), 12.0, answers)

    assert story(world)[9:13] == [
        "-10.4 CommitmentDue government_us/1/energy_relief/1 us energy_relief",
        "-10.4 CommitmentBroken government_us/1/energy_relief/1",
        "-10.0 BreachDetected government_us/1/energy_relief/1 0.341737",
        "-0.0 TrackMoved government_us deal suspended suspend_talks",
    ]


def test_a_broken_promise_is_paid_after_a_concession() -> None:
    answers = [
        *WILLING[:3],
        Forcing("government", "comply", "no"),
        Forcing("us", "threaten", "yes"),
        Forcing("government", "concede", "yes"),
    ]
    world = trace(
        parameters(negotiation__commitments__observation_lead_days=1.0, **LASTING), -3.0, answers
    )

    assert story(world)[5:] == [
        "-17.4 CommitmentDue government_us/1/observation/0 government observation",
        "-17.4 CommitmentBroken government_us/1/observation/0",
        "-16.9 BreachDetected government_us/1/observation/0 0.487858",
        "-10.4 CommitmentDue government_us/1/detentions/0 government detentions",
        "-10.4 CommitmentBroken government_us/1/detentions/0",
        "-10.4 CommitmentDue government_us/1/energy_relief/1 us energy_relief",
        "-10.4 CommitmentKept government_us/1/energy_relief/1",
        "-9.4 BreachDetected government_us/1/detentions/0 0.937781",
        "-6.6 ThreatMade us government government_us/1/observation/0",
        "-3.5 TargetConceded government_us/1/observation/0",
        "-3.5 CommitmentKept government_us/1/observation/0",
    ]


@pytest.mark.parametrize(("published", "kept"), [(True, True), (False, False)])
def test_a_promise_to_publish_the_count_is_kept_only_if_the_tables_are_out(
    published: bool, kept: bool
) -> None:
    world = quiet_world(
        parameters(**LASTING), beliefs.start, negotiation.start, sanctions.start, forcings=WILLING
    )
    commitments.open_agreement(world, US, (40.0, 25.0, 100.0, 30.0, 30.0, 10.0))
    world.env.run(until=2)
    if published:
        record(world, TablesPublished(world.env.now, 1.0))
    world.env.run(until=3)

    assert [
        c.status for c in world.negotiation.commitments.values() if c.issue == "count_publication"
    ] == ["kept" if kept else "broken"]


def test_a_package_with_too_little_for_one_side_is_not_signed() -> None:
    world = trace(parameters(**LASTING, negotiation__min_gain=0.019), -24.0, WILLING)

    assert story(world)[3] == "-24.4 RoundFailed government_us 0.025 0.0181579"


def test_rounds_are_noted_with_the_weighted_mean_beside_them() -> None:
    world = trace(parameters(**LASTING, negotiation__model="kalai_smorodinsky"), -24.0)
    held = world.ledger.of(RoundHeld)[0]

    assert held.success
    assert held.baseline_package[1:] == pytest.approx((64.10, 63.71, 71.71, 69.78, 65.51), abs=0.05)


def test_a_country_without_talks_notes_nothing() -> None:
    p = parameters()
    still = p.model_copy(update={"negotiation": p.negotiation.model_copy(update={"tracks": {}})})
    world = quiet_world(still, beliefs.start, negotiation.start)
    world.env.run(until=180)

    assert said(world, PollPublished) == []


def test_tracks_end_in_absorbing_states_and_move_along_allowed_edges() -> None:
    edges: set[tuple[str, str]] = set()
    for replicate in range(25):
        world = quiet_world(
            parameters(), beliefs.start, negotiation.start, sanctions.start, replicate=replicate
        )
        world.env.run(until=900)
        edges |= {(move.before, move.after) for move in world.ledger.of(TrackMoved)}

    assert edges <= {
        ("scheduled", "talks"),
        ("scheduled", "suspended"),
        ("talks", "deal"),
        ("talks", "suspended"),
        ("talks", "collapsed"),
        ("deal", "suspended"),
        ("deal", "collapsed"),
        ("deal", "implemented"),
        ("suspended", "talks"),
        ("suspended", "collapsed"),
    }
