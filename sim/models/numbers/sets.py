"""Two errors of a mean over sets of replicates: luck, and what the drawn assumptions leave open.

Replicates of one set share their assumptions, so they are not independent: the Monte Carlo error
comes from the set means (Cochran 1977, Sampling Techniques, eq. 9A.3, equal weights a replicate).
How far the assumptions move the mean is the variance between sets of a one-way analysis of
variance with random effects (Searle, Casella and McCulloch 1992, Variance Components, eq. 3.59).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_SETS = 10
"""Sets below which nothing is said about the assumptions."""
MOST_BETWEEN = 0.98
"""Most of p(1 - p) that may lie between sets: a beta distribution exists below it."""


@dataclass(frozen=True, slots=True)
class TwoErrors:
    """Mean of a number over replicates with both errors.

    error: one standard error from luck. between: standard deviation of the means of sets, luck
    taken out; None where it cannot be told (assumptions fixed, fewer than 10 sets, a replicate a
    set).
    """

    n: int
    sets: int
    mean: float
    error: float
    between: float | None


def two_errors(values: Floats, sets: Ints | None) -> TwoErrors:
    """Return the mean of `values` (n,) with both errors; `sets` (n,) numbers the set of each, None
    where every replicate stands alone.

    Raises:
        ValueError: there is no value.
    """
    n = len(values)
    if n == 0:
        raise ValueError("no value has no mean")
    mean = float(values.mean())
    if sets is None:
        alone = float(values.std(ddof=1)) / math.sqrt(n) if n > 1 else math.inf
        return TwoErrors(n, n, mean, alone, None)
    _, which, sizes = np.unique(sets, return_inverse=True, return_counts=True)
    k = len(sizes)
    means = np.bincount(which, weights=values) / sizes
    pull = sizes * (means - mean)
    error = math.sqrt(k / (k - 1) * float(pull @ pull)) / n if k > 1 else math.inf
    return TwoErrors(n, k, mean, error, _between(values, which, sizes, means))


def _between(values: Floats, which: Ints, sizes: Ints, means: Floats) -> float | None:
    """Return the standard deviation between sets: sqrt((MS between - MS within) / n0), at least
    0.
    """
    n, k = len(values), len(sizes)
    if k < LEAST_SETS or n == k:
        return None
    within = float(((values - means[which]) ** 2).sum()) / (n - k)
    among = float((sizes * (means - values.mean()) ** 2).sum()) / (k - 1)
    typical = (n - float((sizes**2).sum()) / n) / (k - 1)
    return math.sqrt(max(0.0, (among - within) / typical))


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with both errors.

    low, high: Wilson's interval from luck. error: one standard error from luck, above 0 also at 0
    and 1. assumed: central 90 % of what the assumptions leave open, or None. decides: whether that
    lies at both ends rather than around the mean.
    """

    mean: float
    low: float
    high: float
    error: float
    assumed: tuple[float, float] | None
    between: float | None
    decides: bool


def chance(found: TwoErrors, z: float) -> Chance:
    """Return a probability from the errors of a mean of zeros and ones. z: normal quantile of the
    Monte Carlo interval.

    The interval is Wilson's (1927) at the number of independent replicates that have this error,
    n_eff = p(1 - p) / error^2, at most n, with one success and one failure added to p.
    """
    n, p = found.n, found.mean
    guarded = (p * n + 1) / (n + 2)
    spread = guarded * (1 - guarded)
    clustered = found.sets < n and 0 < found.error < math.inf
    n_eff = min(n, spread / found.error**2) if clustered else n
    centre = (p + z * z / (2 * n_eff)) / (1 + z * z / n_eff)
    half = z * math.sqrt(p * (1 - p) / n_eff + (z / (2 * n_eff)) ** 2) / (1 + z * z / n_eff)
    low = 0.0 if p == 0 else max(0.0, centre - half)
    high = 1.0 if p == 1 else min(1.0, centre + half)
    between = None if found.between is None or p in (0.0, 1.0) else found.between
    if between is not None:
        between = min(between, math.sqrt(MOST_BETWEEN * p * (1 - p)))
    assumed, decides = beta_range(p, between) if between is not None else (None, False)
    return Chance(p, low, high, math.sqrt(spread / n_eff), assumed, between, decides)


def beta_range(mean: float, sd: float) -> tuple[tuple[float, float], bool]:
    """Return the central 90 % of the beta distribution with this mean and standard deviation, and
    whether it has a peak at both ends.
    """
    if sd <= 0:
        return (mean, mean), False
    from scipy.special import betaincinv

    size = mean * (1 - mean) / sd**2 - 1
    a, b = mean * size, (1 - mean) * size
    return (float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))), a < 1 and b < 1
