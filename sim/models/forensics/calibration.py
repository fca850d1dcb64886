"""From a statistic and its values in redrawn honest elections to a p-value.

A sum over many tables is nearly normal, so its mean and covariance in R redraws settle the tail:
Student's t for one statistic, Hotelling's T^2 for several. Both allow for the redraws being few,
and their p-values are no multiples of 1/R.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, stdtr

Floats = NDArray[np.float64]
NO_SPREAD = 1e-12  # what rounding leaves of equal values
LEAST = float(np.finfo(np.float64).tiny)


def standardised(observed: float, redrawn: Floats) -> float:
    """Return (observed - mean)/(sd sqrt(1 + 1/R)); 0 when the redraws do not vary and agree with
    what is observed.
    """
    gap, sd = observed - float(redrawn.mean()), float(redrawn.std(ddof=1))
    if sd < NO_SPREAD:
        return 0.0 if abs(gap) < NO_SPREAD else float(np.copysign(np.inf, gap))
    return float(gap / (sd * (1 + 1 / len(redrawn)) ** 0.5))


def upper_p(observed: float, redrawn: Floats) -> float:
    """Return the chance that an honest election shows as much or more; redrawn (R,)."""
    return max(float(stdtr(len(redrawn) - 1, -standardised(observed, redrawn))), LEAST)


def distance_p(observed: Floats, redrawn: Floats) -> float:
    """Return the chance that an honest election lies as far off in any direction; observed (d,),
    redrawn (R, d).
    """
    count, d = redrawn.shape
    gap, spread = observed - redrawn.mean(axis=0), np.atleast_2d(np.cov(redrawn, rowvar=False))
    if float(np.abs(gap[np.diag(spread) < NO_SPREAD**2]).max(initial=0)) > NO_SPREAD:
        return LEAST  # honest elections never differ there, and this one does
    t2 = float(gap @ np.linalg.pinv(spread) @ gap) / (1 + 1 / count)
    return max(float(fdtrc(d, count - d, t2 * (count - d) / (d * (count - 1)))), LEAST)


def any_of(*p_values: float) -> float:
    """Return the p-value of the least of several looks (Bonferroni)."""
    return min(1.0, len(p_values) * min(p_values))
