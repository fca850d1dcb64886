"""Summaries of a run and its progress, as whoever prints them reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of a summary.

    figure: "probability" (then low, high is the 90 % Jeffreys interval of the probability), or
    "median" (then low, high is the 90 % interval over replicates). monte_carlo_error: one standard
    error of `estimate` from the number of replicates. n: replicates in which the outcome exists;
    missing: those in which it is None; failed: those that ended in an error and so say nothing.
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
