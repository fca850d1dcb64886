"""The null "the mean is at most t" of a finite population: what is left of it after each draw, and
when a count settles it.

Shared by every martingale of the ballots (alpha.py, kaplan.py). Without replacement the null mean
of draw j is mu_j = (N t - S_{j-1})/(N - j + 1) with S_{j-1} the sum of the draws before it (Stark
2020, SHANGRLA, section 4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDING = 1e-10
"""Of the largest possible sum: sums closer to N t than this count as equal, which never
confirms.
"""


def sums_before(x: Floats) -> Floats:
    """Return (n,) the sum of all earlier draws at each draw."""
    return np.concatenate(([0.0], np.cumsum(x)[:-1])) if len(x) else np.zeros(0)


def null_means(before: Floats, t: float, population: int | None) -> Floats:
    """Return (n,) mu_j: the mean of what is left when the null holds just so; t with replacement.

    Raises:
        ValueError: more draws than the population holds.
    """
    if population is None:
        return np.full(len(before), t)
    if len(before) > population:
        raise ValueError(f"{len(before)} draws without replacement from {population}")
    left = population - np.arange(len(before))
    return np.asarray((population * t - before) / left)


def running_p(log_growth: Floats) -> Floats:
    """Return (n,) 1 / (largest product so far), at most 1, of factors whose logarithms are given
    (Ville's inequality).
    """
    if not len(log_growth):
        return np.zeros(0)
    return np.exp(-np.maximum(np.maximum.accumulate(np.cumsum(log_growth)), 0.0))


def settled(p: Floats, x: Floats, u: float, t: float, population: int | None) -> Floats:
    """Return (n,) p with 0 from where the null has become impossible, and 1 from where it has
    become certain.

    Impossible: the draws add up to more than N t already. Certain: not even u on all that is left
    would pass it. So a complete count is 0 or 1, whatever its order.
    """
    if population is None or not len(x):
        return p
    total, slack = np.cumsum(x), ROUNDING * population * u
    left = population - 1 - np.arange(len(x))
    certain = total + left * u <= population * t + slack
    impossible = total > population * t + slack
    return np.where(impossible, 0.0, np.where(certain, 1.0, p))
