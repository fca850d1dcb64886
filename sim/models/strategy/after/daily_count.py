"""Protest events day by day, as a count that excites itself, and the week behind each day
(docs/model/night.md).

n_d ~ Poisson(immigrants_d + branching n_(d-1)), each by inversion of the uniform number of its
day. A day's number always serves that day, so what is learnt later changes later days alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.models.numbers.poisson import poisson_inverse

Floats = NDArray[np.float64]


def daily_counts(
    immigrants: Sequence[float], branching: float, uniforms: Sequence[float], before: int = 0
) -> list[int]:
    """Return the events of consecutive days.

    immigrants: mean of those that begin by themselves, a day each. branching: mean number that one
    event sets off on the next day. uniforms: one a day. before: events of the day before the
    first.
    """
    counts, last = [], before
    for mean, u in zip(immigrants, uniforms, strict=True):
        mean = mean + branching * last
        # exp(-m) is at least 1 - m: most late days are told to be quiet without a sum
        last = 0 if u <= 1 - mean else poisson_inverse(mean, u)
        counts.append(last)
    return counts


def trailing_mean(counts: Sequence[int], days: int) -> Floats:
    """Return, for each day, mean events of the `days` days up to and with it; none before the
    first.
    """
    summed = np.cumsum(np.concatenate((np.zeros(days), counts)))
    means: Floats = (summed[days:] - summed[:-days]) / days
    return means
