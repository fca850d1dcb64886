"""Outcomes: named, typed results of one replicate, measured after the run."""

from __future__ import annotations

from collections.abc import Callable
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
class OwnMeasure:
    """An outcome of a user's own: what it declares, and the function that reads it off a finished
    replicate.
    """

    measure: Measure
    compute: Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replicate's results.

    `error` is None, or the failure that ended it (then `values` is empty). set: number of the set
    that shares its assumptions, None where they are fixed.
    """

    replicate: int
    values: dict[str, Value]
    error: str | None = None
    set: int | None = None


@dataclass(frozen=True, slots=True)
class Failures:
    """Replicates that failed: what a result says rests on the others alone.

    replicates: how many were played, the failed ones included. first: where the first one is, in
    words; relive: the command that tells its story again up to the failure.
    """

    failed: int
    replicates: int
    first: str
    error: str
    relive: str

    def words(self) -> str:
        """Return how many failed, where the first is, why, and how to re-live it."""
        head = (
            f"{self.failed:,} of {self.replicates:,} replicates failed, first {self.first}: "
            f"{self.error}"
        )
        return f"{head}\nre-live it: {self.relive}"
