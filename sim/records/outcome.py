"""Outcomes: named, typed results of one replicate, measured after the run."""

from __future__ import annotations

from dataclasses import dataclass

Value = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure declares: name, group (negotiation, election, monitoring, aftermath), kind
    (bool, category, share, count, days, ...), unit, direction (+1 more is better for integrity, -1
    worse, 0 neutral) and definition in words.
    """

    name: str
    group: str
    kind: str
    unit: str
    direction: int
    definition: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replicate's results.

    `error` is None, or the failure that ended it (then `values` is empty).
    """

    replicate: int
    values: dict[str, Value]
    error: str | None = None
