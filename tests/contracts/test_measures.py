"""What every measure keeps: a value of its kind or None, never NaN; the ledger is left alone."""

from __future__ import annotations

import math

import pytest

from sim.ledger import Ledger
from sim.measures.base import Played
from sim.measures.register import COMPUTE, MEASURES
from sim.records.events import PollsOpened, TablesPublished
from sim.records.outcome import Value
from sim.replicate.measure import examine
from tests.cases import case, outcome, world

CASES = [
    (name, r)
    for name in ("venezuela-2024", "bellmar", "gonzalez_barred", "postponed")
    for r in range(3)
]
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
    examine(played, case("bellmar"))

    assert list(played.ledger) == before


def test_every_measure_exists_in_some_replicate_of_some_scenario() -> None:
    more = [
        *CASES,
        ("totals_only", 0),
        ("boycott", 0),
        ("transition_guarantees", 1),
        ("witnesses_shut_out", 0),
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
