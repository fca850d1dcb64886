"""Poisson counts by inversion of one uniform number, scalar and quick.

Below a mean of 50 the distribution is summed term by term. Above it the quantile is that of the
normal with two terms of Cornish and Fisher (1938), which is right to one event.
"""

from __future__ import annotations

import math
from statistics import NormalDist

SUMMED_BELOW = 50.0
LARGEST_U = 1.0 - 1e-12

_QUANTILE = NormalDist().inv_cdf


def poisson_inverse(mean: float, u: float) -> int:
    """Return the smallest k with P(X <= k) >= u, X ~ Poisson(mean); 0 for a mean of 0 or less."""
    if mean <= 0.0 or u <= 0.0:
        return 0
    u = min(max(u, 1.0 - LARGEST_U), LARGEST_U)
    return _summed(mean, u) if mean < SUMMED_BELOW else _expanded(mean, u)


def _summed(mean: float, u: float) -> int:
    term = reached = math.exp(-mean)
    k = 0
    while reached < u and term > 0.0:
        k += 1
        term *= mean / k
        reached += term
    return k


def _expanded(mean: float, u: float) -> int:
    """Return ceil(x - 1/2), x = the expansion of the quantile to the order of mean^(-1/2)."""
    z, root = _QUANTILE(u), math.sqrt(mean)
    x = mean + root * z + (z * z - 1.0) / 6.0 + (z - z**3) / (72.0 * root)
    return max(math.ceil(x - 0.5), 0)
