"""What a political scientist would stumble over in a trace: orders of events and states that cannot
be.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import Any

import pytest
import simpy

from sim.names import Names
from sim.output.story import sentence
from sim.processes.world import World, record
from sim.records import events as e
from sim.records.decisions.agreement import Commitment
from sim.records.decisions.forcing import Forcing
from sim.replicate.build import case_at
from sim.replicate.replicate import play, run_replicate
from tests.support.cases import case
from tests.support.standalone import outcomes_of, standalone_world
from tests.support.strategy_case import ENTROPY, parameters, run

EAGER = {
    "negotiation__round_rate": 30.0,
    "negotiation__rates__talks_to_deal": 90.0,
    "negotiation__rates__deal_to_implemented": 30.0,
    "negotiation__min_gain": 0.005,
}


def forced(*options: tuple[str, str], day: float | None = None) -> tuple[Forcing, ...]:
    return tuple(Forcing("government", decision, option, at=day) for decision, option in options)


@cache
def joined(name: str, replicate: int) -> World:
    return play(case(name), 0x7E57, replicate)


@pytest.mark.parametrize("option", ["totals_only", "altered_tables"])
def test_who_is_ahead_by_more_announces_no_smaller_lead(option: str) -> None:
    ahead = parameters(
        support__lead_mean=-0.30, support__lead_sd=0.0, support__walk_sd=0.0, ballot__small_sd=0.0
    )
    world = run(
        ahead, forcings=forced(("night", option), ("bar_candidate", "no"), ("postpone", "no"))
    )

    assert [round(x.lead, 4) for x in world.ledger.of(e.ResultAnnounced)] == [-0.3]


def test_a_bar_in_the_last_week_of_substitution_can_still_be_answered_by_a_substitute() -> None:
    world = run(parameters(), forcings=forced(("bar_candidate", "yes"), day=-10.0))
    answer = world.ledger.of(e.ResponseChosen)[0]

    assert (answer.day, [round(p, 4) for p in answer.probabilities]) == (
        -9.0,
        [0.9257, 0.0743, 0.0],
    )


def unfinished_deals(world: World) -> list[str]:
    """Return the deals that were called carried out although a promise fell due later or stood
    broken.
    """
    ends = {m.track: m.day for m in world.ledger.of(e.TrackMoved) if m.after == "implemented"}
    late = [
        d.commitment
        for d in world.ledger.of(e.CommitmentDue)
        if d.day > ends.get(d.commitment.split("/")[0], 1e9)
    ]
    kept = {k.commitment for k in world.ledger.of(e.CommitmentKept)}
    broken = [b.commitment for b in world.ledger.of(e.CommitmentBroken) if b.commitment not in kept]
    return late + [key for key in broken if key.split("/")[0] in ends]


def test_a_deal_is_carried_out_only_when_its_promises_are() -> None:
    worlds = [
        run(parameters(**EAGER), replicate, forced(("meet", "yes"))) for replicate in range(8)
    ]

    assert sum(any(m.after == "implemented" for m in w.ledger.of(e.TrackMoved)) for w in worlds) > 0
    assert [key for world in worlds for key in unfinished_deals(world)] == []


def test_no_bulletin_says_without_results_by_table_once_they_are_out() -> None:
    ledger = joined("count_forced", 0).ledger
    tables, bulletins = ledger.of(e.TablesPublished)[0], ledger.of(e.ResultAnnounced)

    assert [b.tables_published for b in bulletins if b.day > tables.day] == [True]
    assert tables.share == bulletins[0].share_counted


def test_fabricated_totals_are_noted_and_counted_once_however_many_bulletins_follow() -> None:
    world = joined("totals_only", 1)
    applied = [x for x in world.ledger.of(e.ManipulationApplied) if x.key == "fabricated_totals"]

    assert len(world.ledger.of(e.ResultAnnounced)) == 2
    assert [x.day for x in applied] == [world.ledger.of(e.ResultAnnounced)[0].day]
    assert [d.key for d in world.electorate.standing.day.done].count("fabricated_totals") == 1


def test_with_the_incumbent_go_the_tables_and_the_sanctions() -> None:
    soon = parameters(command__base_rate=0.05)
    late = (
        e.TrackMoved,
        e.RoundHeld,
        e.DesignationsAdded,
        e.LicenceAmended,
        e.CandidateExiled,
        e.CandidateDetained,
    )
    worlds = [run(soon, replicate, forced(("night", "totals_only"))) for replicate in range(16)]
    gone = [(w, w.ledger.of(e.OfficeTaken)[0].day) for w in worlds if w.ledger.of(e.OfficeTaken)]

    assert len(gone) >= 8
    assert [x for w, day in gone for kind in late for x in w.ledger.of(kind) if x.day > day] == []


def transition_days(given: float, replicates: int = 12) -> list[float]:
    """Return when a transition is agreed (none: 999) if guarantees rise to `given` by a promise
    kept on day 5.
    """
    soon, days = (parameters(succession__transition_rate=0.004, command__base_rate=1e-9), [])
    for replicate in range(replicates):
        world = standalone_world(
            soon, ENTROPY, replicate, forced(("night", "totals_only"), ("postpone", "no"))
        )

        def keep(world: World = world) -> Generator[simpy.Event, Any, None]:
            yield world.env.timeout(5.0 - world.env.now)
            world.conduct.guarantees = max(world.conduct.guarantees, given)
            key = "government_us/9/personal_relief/0"
            world.negotiation.commitments[key] = Commitment(
                key, "government_us", "us", "personal_relief", 100.0, 5.0, 0, "kept"
            )
            record(world, e.CommitmentKept(world.env.now, key))

        world.env.process(keep())
        world.env.run(until=180.0)
        days.append(next((x.day for x in world.ledger.of(e.TransitionAgreed)), 999.0))
    return days


def test_guarantees_promised_and_kept_after_the_vote_bring_a_transition_sooner() -> None:
    without, given = transition_days(0.0), transition_days(0.9)

    assert all(b <= a for a, b in zip(without, given, strict=True))
    assert sum(b < a for a, b in zip(without, given, strict=True)) >= 6


def test_a_licence_that_was_gone_before_the_start_cannot_end() -> None:
    gone = case_at(case("venezuela-2024", alone=True), {"licences.GL41.status": "ended"})

    assert run_replicate(gone, 0x7E57, 0).values["licence_at_stake_ended"] is None


def test_the_story_is_written_in_words() -> None:
    told = [
        e.SupportShift(-9.0, 13.8, 0.0, -0.5, "national", "transfer"),
        e.PollsClosed(0.75, 1000, 0.6, 0.147),
        e.BreachDetected(20.0, "government_us/1/detentions/0", 4.4),
        e.RecognitionWithheld(9.0, "us"),
        e.Recognised(9.0, "region_left", "incumbent"),
        e.IncidentsReported(1.0, "BallotStuffing", 3, "citizens"),
    ]

    names = Names({"us": "the US", "region_left": "the left of the region"})
    assert [sentence(event, names) for event in told] == [
        "Support shifts to those at home, because votes for a barred candidate go elsewhere or are "
        "not cast.",
        "Polls close; 14.7 % of the tables still have voters in line. In all: 1,000 ballots, "
        "turnout 60.0 %.",
        "A breach is detected: a promise (government-US 1: detentions) (4.4 days after it).",
        "Recognition of nobody so far by the US.",
        "Recognition of the incumbent by the left of the region.",
        "3 incident reports (citizens): ballot stuffing.",
    ]


def test_outcomes_of_a_boycott_that_stands_are_a_quiet_loss() -> None:
    options = (
        *forced(("bar_candidate", "yes"), day=-24.0),
        *forced(("concede", "no"), ("postpone", "no"), ("night", "count")),
    )
    found = outcomes_of(
        run(parameters(), 1, (*options, Forcing("platform", "response", "boycott")))
    )

    assert [
        found[name]
        for name in ("vote_winner", "announced_winner", "contested", "office_holder_horizon")
    ] == ["incumbent", "incumbent", False, "incumbent"]
