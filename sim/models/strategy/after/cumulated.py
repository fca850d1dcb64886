"""A daily rate that changes from day to day: what it adds up to, and when it reaches a number.

Competing causes are realised by inversion: one exponential number each, reached when the cumulated
rate reaches it. Whoever learns something new starts again from now with what is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def edges(now: float, began: float, days: int) -> Floats:
    """Return the ends of the pieces on which rates are constant, (P + 1,): now, and every whole day
    after `began` until `days` of them are over.
    """
    first = int(now - began) + 1
    return np.concatenate(([now], began + np.arange(first, max(days, first) + 1, dtype=float)))


def cumulated(ends: Floats, rates: Floats) -> Floats:
    """Return the rate added up to each end, (P + 1,), 0 at the first. rates: (P,) per day."""
    return np.concatenate(([0.0], np.cumsum(rates * np.diff(ends))))


def added(ends: Floats, sums: Floats, until: float) -> float:
    """Return what has been added up by a day between the first and the last end."""
    return float(np.interp(until, ends, sums))


def reached(ends: Floats, sums: Floats, needed: float) -> float | None:
    """Return the day on which the sum reaches `needed`, None if it does not."""
    if needed <= 0.0:
        return float(ends[0])
    if needed > sums[-1]:
        return None
    piece = int(np.searchsorted(sums, needed))
    share = (needed - sums[piece - 1]) / (sums[piece] - sums[piece - 1])
    return float(ends[piece - 1] + share * (ends[piece] - ends[piece - 1]))
