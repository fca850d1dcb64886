"""Summaries of a run and its progress, as whoever prints them reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of a summary, with two errors.

    figure: "probability" (then low, high is its 90 % Monte Carlo interval), or "median" (then low,
    high holds the middle 90 % of the replicates). monte_carlo_error: one standard error of
    `estimate` from the number of replicates. assumed_low, assumed_high: central 90 % of what the
    drawn assumptions leave open of `estimate`, which more replicates do not shorten; None where
    assumptions are fixed, the sets are few, or the outcome never or always arose.
    assumptions_decide: whether that range has its peaks at both ends. n: replicates in which the
    outcome exists; missing: those in which it is None; failed: those that ended in an error and so
    say nothing. sets: how many sets of assumptions the n replicates come from, 0 where fixed.
    """

    outcome: str
    category: str
    group: str
    unit: str
    figure: str
    estimate: float | None
    low: float | None
    high: float | None
    monte_carlo_error: float | None
    n: int
    missing: int
    failed: int = 0
    assumed_low: float | None = None
    assumed_high: float | None = None
    assumptions_decide: bool = False
    sets: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    half_width: of the 90 % Monte Carlo interval of the headline outcome, or None so far.
    """

    done: int
    total: int
    failures: int
    per_second: float
    seconds_left: float
    headline: str
    half_width: float | None


Watcher = Callable[[Progress], None]
