"""What every measure keeps: a value of its kind or None, never NaN; the ledger is left alone."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.ledger import Event, Ledger
from sim.measures.base import Played
from sim.measures.register import COMPUTE, MEASURES
from sim.records.events import (
    AgreementSigned,
    MeasureNotCarriedOut,
    MeasureTaken,
    NightDecision,
    PollsOpened,
    ResultAnnounced,
    RoundHeld,
    TablesPublished,
)
from sim.records.results.outcome import Value
from sim.replicate.measure import measure
from tests.support.cases import case, outcome, world

CASES = [
    (name, r)
    for name in ("venezuela-2024", "bellmar", "gonzalez_barred", "postponed")
    for r in range(3)
]
PLAIN = {"bool": bool, "count": int, "share": float, "days": float, "category": str}
FAMILIES_OF = {"venezuela-2024": 76, "bellmar": 10, "gambia-2016": 11, "postponed": 76}
"""How many outcomes the parts of each case have: tracks, licences, issues, parties and so on."""
KINDS: dict[str, type | tuple[type, ...]] = {"bool": bool, "category": str, "count": int}


def kept(name: str, value: Value) -> bool:
    expected = KINDS.get(MEASURES[name].kind, (int, float))
    is_bool = isinstance(value, bool)
    return value is None or (
        isinstance(value, expected)
        and is_bool == (expected is bool)
        and not (isinstance(value, float) and not math.isfinite(value))
    )


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_of_its_kind_or_none(name: str) -> None:
    values = [outcome(scenario, r).values[name] for scenario, r in CASES]

    assert [v for v in values if not kept(name, v)] == []


def test_shares_and_probabilities_lie_between_minus_one_and_one() -> None:
    shares = [
        n for n, m in MEASURES.items() if m.unit == "share" and m.kind not in ("bool", "category")
    ]
    values = [outcome(s, r).values[n] for s, r in CASES for n in shares]

    assert [v for v in values if v is not None and not -1 <= float(v) <= 1] == []


def test_measuring_leaves_the_ledger_alone() -> None:
    played = world("bellmar", 1)
    before = list(played.ledger)
    measure(played, case("bellmar"))

    assert list(played.ledger) == before


def test_every_measure_exists_in_some_replicate_of_some_scenario() -> None:
    more = [
        *CASES,
        ("totals_only", 0),
        ("boycott", 0),
        ("transition_guarantees", 1),
        ("witnesses_shut_out", 0),
        ("bellmar-two-rounds", 0),
    ]
    never = [n for n in MEASURES if all(outcome(s, r).values[n] is None for s, r in more)]

    assert [
        n
        for n in never
        if not n.startswith(("detected_", "decided_hours_")) and n != "commitments_kept_share"
    ] == []


@pytest.mark.parametrize(("day", "within"), [(89.9, True), (90.1, False)])
def test_thirty_days_count_from_the_day_of_the_vote_whatever_the_hours_of_the_polls(
    day: float, within: bool
) -> None:
    ledger = Ledger()
    ledger.append(PollsOpened(60.25, 1, 0.0))
    ledger.append(TablesPublished(day, 1.0))
    bellmar = case("bellmar")
    assert (
        COMPUTE["tables_within_30d"](Played(bellmar.scenario, bellmar.contest, ledger, 60.0, None))
        is within
    )


def night(*events: Event) -> Played:
    """Return a replicate in which the government was behind and the given events followed."""
    ledger, here = Ledger(), case("venezuela-2024")
    behind = NightDecision(0.9, "totals_only", (), (), 0, 0.2)
    for event in sorted((behind, *events), key=lambda event: event.day):
        ledger.append(event)
    return Played(here.scenario, here.contest, ledger, 0.0, None)


def announced(winner: str) -> ResultAnnounced:
    return ResultAnnounced(1.0, winner, 0.1, 1.0, False, 1, ())


def test_a_lost_count_is_honoured_where_it_is_announced_whatever_was_ordered() -> None:
    refused = MeasureNotCarriedOut(0.9, "totals_only")
    honoured = [
        COMPUTE["lost_count_honoured"](played)
        for played in (
            night(refused, announced("opposition")),
            night(announced("incumbent")),
            night(),
        )
    ]

    assert honoured == [True, False, False]


def test_a_measure_that_the_authority_refuses_is_not_taken() -> None:
    ordered = MeasureTaken(-9.0, "bar_candidate", 0.5), MeasureTaken(-5.0, "arrests", 0.5)
    played = night(*ordered, MeasureNotCarriedOut(-9.0, "bar_candidate"))
    names = ("n_measures", "measure_taken_bar_candidate", "measure_taken_arrests")

    assert [COMPUTE[name](played) for name in names] == [1, False, True]


def test_talks_count_by_who_sits_there_whatever_the_case_calls_its_track() -> None:
    tracks = case("venezuela-2024").scenario.negotiation.tracks
    renamed = {"talks_abroad": tracks["government_us"], "table": tracks["government_platform"]}
    played = night(
        RoundHeld(-30.0, "talks_abroad", "nash", True, (), ()),
        RoundHeld(-20.0, "table", "nash", True, (), ()),
        AgreementSigned(-30.0, "talks_abroad", (), 0),
    )
    p = played.p.model_copy(
        update={"negotiation": played.p.negotiation.model_copy(update={"tracks": renamed})}
    )
    names = ("n_rounds_before", "agreement_before")

    assert [COMPUTE[name](replace(played, p=p)) for name in names] == [1, True]


@pytest.mark.parametrize("scenario", ["venezuela-2024", "bellmar", "gambia-2016", "postponed"])
def test_each_part_of_a_case_has_its_outcomes_and_none_that_it_lacks(scenario: str) -> None:
    found = case(scenario).measures
    wrong = {
        name: value
        for r in range(3)
        for name, value in outcome(scenario, r).values.items()
        if name in found
        and not (value is None or isinstance(value, PLAIN[found[name].measure.kind]))
    }

    assert wrong == {}
    assert {name.split(".")[1] for name in found if name.startswith("track.")} == set(
        case(scenario).scenario.negotiation.tracks
    )
    assert len(found) == FAMILIES_OF[scenario]


def test_what_never_came_up_is_no_outcome_of_it() -> None:
    values = outcome("venezuela-2024", 0).values
    told = {key: values[f"instrument.{key}.in_force_at_vote"] for key in ("GL44", "GL8", "GL43")}

    assert told == {"GL44": False, "GL8": True, "GL43": False}
    assert values["issue.candidacies.kept_share"] is None
    assert "block.us.asked_for_tables" not in values
