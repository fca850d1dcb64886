"""Conditional probabilities of a run: how often A, among the replicates in which B."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from sim.errors import InputError
from sim.measures.register import MEASURES
from sim.records.results.outcome import Measure, Value
from sim.records.results.shown import Rows
from sim.studies.running.result import Run
from sim.studies.summary import chance_of

COHERENCE = (
    "office_holder_inauguration=opposition|announced_winner=opposition",
    "office_holder_inauguration=opposition|announced_winner=incumbent",
    "announced_winner=incumbent|vote_winner=incumbent",
    "announced_winner=none|vote_winner=incumbent",
    "announced_winner=opposition|vote_winner=opposition",
    "announced_winner=none|vote_winner=opposition",
    "lost_count_honoured|announced_winner=opposition",
    "contested|vote_winner=opposition,announced_winner=incumbent",
    "contested|vote_winner=incumbent,announced_winner=incumbent",
    "contested|announced_winner=opposition",
    "office_holder_inauguration=opposition|vote_winner=incumbent",
    "sender_calls_challenger_30d|contested",
    "guarded_accept_30d|contested",
    "guarded_accept_30d|sender_calls_challenger_30d",
    "court_certified_30d|contested",
    "deaths_ge_10|!contested",
)
"""What a reader checks first for sense: shown with every outcome (`--all`)."""
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Conditional:
    """P(event | given) with both errors at 90 %; figures are None where `given` never holds.

    n: replicates in which `given` holds and the event can be told; k: those with the event.
    """

    event: str
    given: str
    n: int
    k: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    assumed_low: float | None = None
    assumed_high: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return asdict(self)


def conditional(run: Run, asked: Sequence[str] = COHERENCE) -> Rows[Conditional]:
    """Return one row for each "A|B". A and B are conditions: `outcome`, `!outcome` (yes/no), or
    `outcome=value`; several, joined by commas, must all hold.

    Raises:
        InputError: no `|`, or a condition on an outcome that does not exist.
    """
    columns, sets, measures = run.columns(), run.sets(), run.measures
    each = zip(*columns.values(), strict=True)
    rows = [dict(zip(columns, values, strict=True)) for values in each]
    return Rows(_conditional(one, rows, sets, measures) for one in asked)


def _conditional(
    asked: str, rows: Sequence[Row], sets: Sequence[int | None], measures: Mapping[str, Measure]
) -> Conditional:
    event, bar, given = (part.strip() for part in asked.partition("|"))
    if not (event and bar and given):
        raise InputError(f"--conditional {asked!r}: write A|B, as in {COHERENCE[0]!r}")
    a, b = condition(event, measures), condition(given, measures)
    held = [
        (holds, number)
        for row, number in zip(rows, sets, strict=True)
        if b(row) and (holds := a(row)) is not None
    ]
    if not held:
        return Conditional(event, given, 0, 0)
    ones = np.array([holds for holds, _ in held], dtype=np.float64)
    drawn = [number for _, number in held if number is not None]
    found = chance_of(ones, np.array(drawn) if len(drawn) == len(held) else None)
    assumed = found.assumed or (None, None)
    return Conditional(
        event, given, len(held), int(ones.sum()), found.mean, found.low, found.high, *assumed
    )


def condition(
    text: str, measures: Mapping[str, Measure] = MEASURES
) -> Callable[[Row], bool | None]:
    """Return what tells whether all conditions of a text hold in a replicate: None where an outcome
    is missing.

    Raises:
        InputError: an unknown outcome, or a category without a value.
    """
    tests = [_single(part.strip(), measures) for part in text.split(",")]

    def holds(row: Row) -> bool | None:
        found = [test(row) for test in tests]
        return None if None in found else all(found)

    return holds


def _single(text: str, measures: Mapping[str, Measure]) -> Callable[[Row], bool | None]:
    name, equals, value = (part.strip() for part in text.partition("="))
    negated, name = name.startswith("!"), name.removeprefix("!").strip()
    if name not in measures:
        near = get_close_matches(name, list(measures), 1)
        hint = f"; did you mean {near[0]!r}?" if near else " (see `sim list outcomes`)"
        raise InputError(f"no outcome {name!r}{hint}")
    if not equals and measures[name].kind != "bool":
        raise InputError(f"{name!r} is no yes/no outcome: write {name}=value")

    def holds(row: Row) -> bool | None:
        there = row.get(name)
        if there is None:
            return None
        same = str(there).lower() == value.lower() if equals else bool(there)
        return same != negated

    return holds
