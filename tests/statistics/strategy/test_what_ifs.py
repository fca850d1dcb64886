"""The thirteen what-ifs of docs/model/strategy.md, section 13 and their variants: their stated
directions on common random numbers.

Most directions are those of the strategic layer, seen alone on its surrogate; where the electorate
matters the joined model is run. "up" and "down" say that the mean paired difference is more than
1.645 of its Monte Carlo errors from zero, "same" that its 95 % interval lies within a margin of 3
points. Where a statement of the prototype does not hold, the test says why.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.models.strategy.competing_risks import nearness
from sim.processes.world import World
from sim.records import events as e
from sim.records.decisions.forcing import Forcing
from sim.replicate.measure import measure
from sim.replicate.replicate import play, run_replicate
from sim.studies.equivalence import difference
from tests.support.cases import case

Row = dict[str, Any]
ENTROPY = 0x7E57
BASE = "venezuela-2024"
QUICK, ALONE, JOINED = 24, 400, 60
MARGIN = 0.03
ONE_SIDED = 1.645


@cache
def row(name: str, alone: bool, replicate: int) -> Row:
    """Return the outcomes of a replicate, and the chances and days that the questions are about."""
    world = play(case(name, alone), ENTROPY, replicate)
    return measure(world, case(name, alone)) | chances(world)


def chances(world: World) -> Row:
    ledger = world.ledger
    nights = [x for x in ledger.of(e.NightDecision) if x.internal_lead > 0]
    bars = [
        x for x in ledger.of(e.Decided) if (x.actor, x.decision) == ("government", "bar_candidate")
    ]
    offices = [x.day for x in ledger.of(e.OfficeTaken)]
    return {
        "count_margin": nights[0].utilities[0] - max(nights[0].utilities[1:4]) if nights else None,
        "chance_of_altered_tables": nights[0].probabilities[1] if nights else None,
        "chance_of_bar": (
            bars[0].probability if bars[0].option == "yes" else 1 - bars[0].probability
        )
        if bars
        else None,
        "first_office_day": offices[0] if offices else None,
        "poll_day": world.conduct.poll_day,
    }


def rows(name: str, alone: bool, n: int) -> list[Row]:
    return [row(name, alone, replicate) for replicate in range(n)]


def number(value: Any, wanted: Any) -> float | None:
    if value is None:
        return None
    return float(value) if wanted is None else float(value == wanted)


def pairs(name: str, asked: str, alone: bool, n: int, base: str = BASE) -> tuple[Any, Any]:
    """Return the values of an outcome ("announced_winner=opposition": of being so) where it exists
    in both scenarios.
    """
    key, _, wanted = asked.partition("=")
    both = [
        (number(a[key], wanted or None), number(b[key], wanted or None))
        for a, b in zip(rows(base, alone, n), rows(name, alone, n), strict=True)
    ]
    kept = np.array([pair for pair in both if None not in pair], dtype=float).reshape(-1, 2)
    return kept[:, 0], kept[:, 1]


def direction(name: str, asked: str, alone: bool, n: int, base: str = BASE) -> str:
    a, b = pairs(name, asked, alone, n, base)
    d = np.round(b - a, 12)
    error = float(d.std(ddof=1)) / np.sqrt(len(d))
    if abs(d.mean()) > ONE_SIDED * error:
        return "up" if d.mean() > 0 else "down"
    return "unclear"


def same(name: str, asked: str, alone: bool, n: int, base: str = BASE) -> bool:
    """Return whether the 95 % interval of the difference lies within the margin."""
    a, b = pairs(name, asked, alone, n, base)
    binary = set(np.unique([a, b])) <= {0.0, 1.0}
    return np.array_equal(a, b) or difference(a, b, MARGIN, 0.05, paired=True, binary=binary).within


def directions(
    name: str, asked: dict[str, str], alone: bool, n: int, base: str = BASE
) -> dict[str, str]:
    """Return what was found, by outcome; where "same" is claimed, equivalence is asked for, else a
    direction.
    """
    return {
        outcome: "same"
        if claim == "same" and same(name, outcome, alone, n, base)
        else direction(name, outcome, alone, n, base)
        for outcome, claim in asked.items()
    }


QUICKLY: list[tuple[str, dict[str, str]]] = [
    ("relief_kept", {"relief_share_eve": "up", "chance_of_bar": "down", "count_margin": "up"}),
    ("full_snapback", {"relief_share_eve": "down", "chance_of_bar": "up", "count_margin": "down"}),
    ("machado_admitted", {"lead_true_share": "up", "chance_of_bar": "up"}),
    (
        "gonzalez_barred",
        {"vote_winner=opposition": "down", "contested": "down", "designations_total": "up"},
    ),
    (
        "boycott",
        {
            "vote_winner=opposition": "down",
            "contested": "down",
            "sender_calls_challenger_30d": "down",
        },
    ),
    ("totals_only", {"tables_within_30d": "down", "lead_true_share": "same"}),
    ("witnesses_shut_out", {"count_margin": "down", "chance_of_altered_tables": "up"}),
    ("transmission_stopped", {"vote_winner=opposition": "same"}),
    ("broad_observation", {"count_margin": "up", "lead_true_share": "same"}),
    ("transition_guarantees", {"count_margin": "up", "vote_winner=opposition": "same"}),
    (
        "count_forced",
        {
            "announced_winner=opposition": "up",
            "contested": "down",
            "office_holder_horizon=opposition": "up",
        },
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "expected"), QUICKLY, ids=[name for name, _ in QUICKLY])
def test_in_a_few_replicates_the_chances_move_as_stated(
    name: str, expected: dict[str, str]
) -> None:
    assert directions(name, expected, True, QUICK) == expected


def test_a_boycott_that_stands_is_a_quiet_loss() -> None:
    """The prototype had no concessions to a threat. Here the government readmits in about one
    replicate in twenty, and the statement (incumbent wins votes and office in all) holds where the
    boycott still stands on the day.
    """
    stands = [r for r in rows("boycott", True, QUICK) if r["boycott"] and r["election_held_on_day"]]

    assert len(stands) >= QUICK // 2
    assert {r["vote_winner"] for r in stands} | {r["office_holder_horizon"] for r in stands} == {
        "incumbent"
    }
    assert {(r["contested"], r["sender_calls_challenger_30d"]) for r in stands} == {(False, False)}


def test_a_postponed_vote_leaves_the_office_where_it_is_until_the_new_day() -> None:
    stands = [r for r in rows("postponed", True, QUICK) if r["poll_day"] == 63.0]

    assert len(stands) >= QUICK // 2
    assert [
        r["first_office_day"]
        for r in stands
        if r["first_office_day"] is not None and r["first_office_day"] < 63.0
    ] == []
    assert (
        nearness(np.array([-1.0]), 63.0, 30.0)[0] < 0.15 < nearness(np.array([-1.0]), 0.0, 30.0)[0]
    )


SLOWLY: list[tuple[str, str, dict[str, str]]] = [
    (
        "command_wavers",
        BASE,
        {
            "announced_winner=opposition": "up",
            "office_holder_inauguration=opposition": "up",
            "best_reply_count": "up",
        },
    ),
    ("copies_unpublished", BASE, {"count_margin": "down", "survival_believed": "up"}),
    (
        "verdicts_negative",
        BASE,
        {
            "announced_winner=opposition": "up",
            "guarded_accept_30d": "down",
            "survival_believed": "down",
        },
    ),
    (
        "relief_kept",
        BASE,
        {"measure_taken_bar_candidate": "down", "lost_count_honoured": "up", "count_margin": "up"},
    ),
    (
        "full_snapback",
        BASE,
        {"measure_taken_bar_candidate": "up", "count_margin": "down", "agreement_before": "up"},
    ),
    (
        "machado_admitted",
        BASE,
        {"vote_winner=opposition": "up", "contested": "up", "lead_true_share": "up"},
    ),
    (
        "gonzalez_barred",
        BASE,
        {
            "vote_winner=opposition": "down",
            "boycott": "up",
            "contested": "down",
            "deaths_30d": "down",
            "sender_calls_challenger_30d": "down",
            "designations_total": "up",
        },
    ),
    (
        "gonzalez_barred_late",
        "gonzalez_barred",
        {"vote_winner=opposition": "down", "boycott": "up", "contested": "down"},
    ),
    (
        "boycott",
        BASE,
        {
            "vote_winner=incumbent": "up",
            "office_holder_horizon=incumbent": "up",
            "contested": "down",
            "sender_calls_challenger_30d": "down",
            "designations_total": "up",
        },
    ),
    (
        "postponed",
        BASE,
        {"designations_total": "up", "election_held_on_day": "down", "agreement_before": "up"},
    ),
    (
        "count_forced",
        BASE,
        {
            "announced_winner=opposition": "up",
            "office_holder_horizon=opposition": "up",
            "vote_winner=opposition": "same",
        },
    ),
    ("totals_only", BASE, {"tables_within_48h": "down", "vote_winner=opposition": "same"}),
    (
        "witnesses_shut_out",
        BASE,
        {
            "sheets_published": "down",
            "sender_calls_challenger_30d": "down",
            "office_holder_horizon=incumbent": "up",
            "night_option=altered_tables": "up",
        },
    ),
    (
        "transmission_stopped",
        BASE,
        {
            "first_result_delay_days": "up",
            "missions_negative": "up",
            "announced_winner=incumbent": "same",
        },
    ),
    (
        "broad_observation",
        BASE,
        {
            "expulsion_share": "down",
            "count_margin": "up",
            "first_statement_days": "down",
            "office_holder_horizon=incumbent": "down",
        },
    ),
    (
        "transition_guarantees",
        BASE,
        {
            "lost_count_honoured": "up",
            "transition_agreed": "up",
            "office_holder_horizon=opposition": "up",
            "office_holder_horizon=incumbent": "down",
        },
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "base", "expected"), SLOWLY, ids=[name for name, *_ in SLOWLY])
def test_the_stated_directions_hold(name: str, base: str, expected: dict[str, str]) -> None:
    assert directions(name, expected, True, ALONE, base) == expected


@pytest.mark.slow
def test_a_stronger_opponent_is_hardly_announced_more_often() -> None:
    """Machado admitted: announced winner .069 -> .075 in the prototype; here the difference lies
    within 3 points.
    """
    a, b = pairs("machado_admitted", "announced_winner=opposition", True, ALONE)

    assert difference(a, b, MARGIN, 0.05, paired=True, binary=True).low > -0.01
    assert difference(a, b, MARGIN, 0.05, paired=True, binary=True).within


@pytest.mark.slow
def test_publishing_the_sheets_takes_no_call_away_and_adds_some() -> None:
    """The public believes by its polls, statements and delays already that the count was lost
    (.79 of 1), so that the copies add a few points, not a turn.
    """
    here = case("totals_only", True)
    never, always = (
        [
            run_replicate(replace(here, forcings=(*here.forcings, said)), ENTROPY, r).values
            for r in range(200)
        ]
        for said in (Forcing("platform", "publish_sheets", x, at=0.9) for x in ("no", "yes"))
    )
    key = "sender_calls_challenger_30d"

    assert all(b[key] >= a[key] for a, b in zip(never, always, strict=True))
    assert sum(bool(b[key]) for b in always) > sum(bool(a[key]) for a in never)


WITH_THE_ELECTORATE: list[tuple[str, dict[str, str]]] = [
    (
        "totals_only",
        {
            "tables_within_48h": "down",
            "gap_announced_true_share": "same",
            "vote_winner=opposition": "same",
        },
    ),
    ("witnesses_shut_out", {"copies_share_24h": "down", "qc_returned_share": "down"}),
    (
        "transmission_stopped",
        {"copies_share_24h": "down", "first_result_delay_days": "up", "lead_true_share": "same"},
    ),
    (
        "broad_observation",
        {"copies_share_24h": "up", "lead_true_share": "same", "vote_winner=opposition": "same"},
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "expected"), WITH_THE_ELECTORATE, ids=[name for name, _ in WITH_THE_ELECTORATE]
)
def test_the_evidence_moves_as_stated_in_the_joined_model(
    name: str, expected: dict[str, str]
) -> None:
    """A stop of transmission lowers copies by a little (5 % of those not scanned yet).

    "Statements more negative" holds in the layer alone, where missions judge by conduct; joined
    they judge by what the estimators say of the evidence, and a stop that changes no count changes
    no finding. Broad observation moves the evidence, not the winner: fewer witnesses
    are kept out, so more copies are in hand.
    """
    assert directions(name, expected, False, JOINED) == expected


@pytest.mark.slow
def test_the_honest_count_is_the_null_of_every_study_of_detection() -> None:
    found = rows("honest_count", False, JOINED)

    assert {
        (r["n_measures"], r["expulsion_share"], r["transmission_stopped"], r["votes_moved"])
        for r in found
    } == {(0, 0.0, False, 0)}
    assert {r["winner_matches"] for r in found} == {True}
    assert sum(r["findings_inconsistent"] > 0 for r in found) <= 3
