"""Comparative statics of docs/model/strategy.md, section 12 under common
random numbers.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from sim.ledger import Event
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import Decided, ForcesDefected, ProtestDay
from sim.records.results.outcome import Value
from tests.support.standalone import outcomes_of
from tests.support.strategy_case import parameters, run

Row = dict[str, Value]


def rows(n: int, forcings: Sequence[Forcing] = (), **changes: Any) -> list[Row]:
    p = parameters(**changes)
    return [outcomes_of(run(p, replicate, forcings)) for replicate in range(n)]


def mean(found: list[Row], name: str, is_: Value = True) -> float:
    return float(np.mean([row[name] == is_ for row in found if row[name] is not None]))


def test_a_measure_forced_after_day_minus_three_moves_nothing_before_it() -> None:
    late = (Forcing("government", "bar_candidate", "yes", at=-2.0),)
    for replicate in range(10):
        free, forced = run(parameters(), replicate), run(parameters(), replicate, late)
        before = [[e for e in world.ledger if e.day < -2.0] for world in (free, forced)]
        assert before[0] == before[1]


@pytest.mark.slow
def test_half_the_immigrants_bring_fewer_deaths_and_only_less_protest_before_the_day() -> None:
    full, half = (
        [run(parameters(streets__immigrants_per_day=rate), r) for r in range(25)]
        for rate in (90.0, 45.0)
    )
    deaths = [
        sum(float(str(outcomes_of(world)["deaths_30d"])) for world in some) for some in (full, half)
    ]

    assert deaths[1] < deaths[0]
    quiet = [pair for pair in zip(full, half, strict=True) if not any(map(fell_before, pair))]
    assert len(quiet) >= 20
    for a, b in quiet:
        assert beside_protest(a) == beside_protest(b)


def fell_before(world: World) -> bool:
    """Return whether the command left over an outcry."""
    return any(event.day < 0 for event in world.ledger.of(ForcesDefected))


def beside_protest(world: World) -> list[Event]:
    """Return what happened before the day, without protests and whether anybody came."""
    return [
        e
        for e in world.ledger
        if e.day < 0
        and not isinstance(e, ProtestDay)
        and not (isinstance(e, Decided) and e.decision == "protest")
    ]


@pytest.mark.slow
def test_a_stronger_opposition_is_met_with_more_measures_and_more_protest() -> None:
    """Statics 11 and 12."""
    weak, strong = (
        rows(50, support__lead_mean=lead, support__lead_sd=0.34) for lead in (-0.10, 0.30)
    )

    assert mean(strong, "measure_taken_arrests") > mean(weak, "measure_taken_arrests")
    assert mean(strong, "measure_taken_bar_candidate") >= mean(weak, "measure_taken_bar_candidate")
    assert np.mean([row["protest_events"] for row in strong]) > np.mean(
        [row["protest_events"] for row in weak]
    )


@pytest.mark.slow
def test_witnesses_shut_out_lower_evidence_and_publication() -> None:
    """Statics 20."""
    out, inside = (
        rows(
            50, (Forcing("government", "expulsion", share), Forcing("government", "postpone", "no"))
        )
        for share in ("0.6", "0")
    )

    assert mean(out, "sheets_published") < mean(inside, "sheets_published")
    assert mean(out, "sender_calls_challenger_30d") <= mean(inside, "sender_calls_challenger_30d")


def known(rows: list[Row], key: str) -> float:
    """Return the mean of an outcome where it exists."""
    return float(np.mean([row[key] for row in rows if row[key] is not None]))


LARGE: list[
    tuple[str, dict[str, Any], dict[str, Any], list[tuple[Callable[[list[Row]], float], str]]]
] = [
    (
        "1 exit cost",
        {"night__exit_cost": 0.15},
        {"night__exit_cost": 0.70},
        [
            (lambda r: mean(r, "lost_count_honoured"), "down"),
            (lambda r: mean(r, "office_holder_horizon", "incumbent"), "up"),
        ],
    ),
    (
        "2 guarantees",
        {"types__guarantees": 0.0},
        {"types__guarantees": 0.5},
        [
            (lambda r: mean(r, "lost_count_honoured"), "up"),
            (lambda r: mean(r, "office_holder_horizon", "incumbent"), "down"),
            (lambda r: mean(r, "transition_agreed"), "up"),
        ],
    ),
    (
        "3 loyalty",
        {"night__loyalty_mean": 0.90},
        {"night__loyalty_mean": 0.65},
        [(lambda r: mean(r, "lost_count_honoured"), "up"), (lambda r: mean(r, "defection"), "up")],
    ),
    (
        "4 evidence",
        {"surrogate__copies_mean": 0.05, "surrogate__copies_sd": 0.0},
        {"surrogate__copies_mean": 0.9, "surrogate__copies_sd": 0.0},
        [
            (lambda r: mean(r, "lost_count_honoured"), "up"),
            (lambda r: mean(r, "night_option", "altered_tables"), "down"),
            (lambda r: mean(r, "sender_calls_challenger_30d"), "up"),
        ],
    ),
    (
        "5 broad observation",
        {"conduct__broad_observation": False},
        {"conduct__broad_observation": True},
        [
            (lambda r: known(r, "survival_believed"), "down"),
            (lambda r: known(r, "expulsion_share"), "down"),
        ],
    ),
    (
        "11 lead",
        {"support__lead_mean": 0.0, "support__lead_sd": 0.34},
        {"support__lead_mean": 0.30, "support__lead_sd": 0.34},
        [
            (lambda r: mean(r, "measure_taken_bar_candidate"), "up"),
            (lambda r: mean(r, "measure_taken_arrests"), "up"),
            (lambda r: mean(r, "deaths_ge_10"), "up"),
        ],
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "low", "high", "signs"), LARGE, ids=[case[0] for case in LARGE])
def test_the_signs_of_the_layer_hold_in_the_mean(
    name: str,
    low: dict[str, Any],
    high: dict[str, Any],
    signs: list[tuple[Callable[[list[Row]], float], str]],
) -> None:
    before, after = rows(600, **low), rows(600, **high)

    assert [("up" if f(after) > f(before) else "down") for f, _ in signs] == [
        sign for _, sign in signs
    ]


@pytest.mark.slow
def test_the_layer_alone_stays_within_the_bands_of_a_reasonable_forecaster() -> None:
    """Questions 1-3, 10, 11, 17, 19, 20 of section 11; 90 replicates, so a band is widened by two
    standard errors.
    """
    found = rows(90)
    bands = {
        ("vote_winner", "opposition"): (0.80, 0.95),
        ("candidate_barred", False): (0.85, 0.97),
        ("election_held_on_day", True): (0.90, 0.98),
        ("measure_taken_arrests", True): (0.85, 0.99),
        ("measure_taken_block_accreditation", True): (0.45, 0.85),
        ("announced_winner", "incumbent"): (0.70, 0.92),
        ("contested", True): (0.60, 0.88),
        ("sheets_published", True): (0.35, 0.75),
    }
    outside = {
        key: value
        for key, (low, high) in bands.items()
        if not low - 0.08 <= (value := mean(found, key[0], key[1])) <= high + 0.08
    }

    assert outside == {}
