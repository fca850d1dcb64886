"""When polls appear and what they show: Poisson arrivals from a fixed block of gaps, so that no
parameter moves another draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from numpy.random import Generator

BLOCK = 40


def arrival_days(
    unit_gaps: Sequence[float], mean_gap_days: float, start: float, end: float
) -> list[float]:
    """Return the days in [start, end) at which a Poisson process fires whose gaps are `unit_gaps`
    (mean 1) times the mean gap.
    """
    days = (start + mean_gap_days * total for total in accumulate(unit_gaps))
    return [day for day in days if day < end]


def poll_block(rng: Generator) -> tuple[list[float], list[float]]:
    """Return 40 unit gaps and 40 standard normal errors: all that a family of polls draws in a
    replicate.
    """
    return rng.standard_exponential(BLOCK).tolist(), rng.standard_normal(BLOCK).tolist()


def shown_lead(lead: float, bias: float, error: float, sd: float) -> float:
    """Return the lead that a poll shows, kept within what shares allow."""
    return min(1.0, max(-1.0, lead + bias + sd * error))
