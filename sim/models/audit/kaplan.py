"""Kaplan-Markov and Kaplan-Wald: p-values for the mean of non-negative numbers drawn with
replacement (Stark 2009).

Kaplan-Markov: p = product (t + g)/(x + g). Kaplan-Wald: p = 1 / product ((1 - g) x/t + g). The
least of the running values is a p-value at every stop (both are Markov's inequality on a
martingale). g in 0..1 keeps one zero from ending the audit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _running(log_growth: Floats) -> Floats:
    best = np.maximum.accumulate(np.cumsum(log_growth)) if len(log_growth) else log_growth
    return np.minimum(np.exp(-best), 1.0)


def kaplan_markov(x: Floats, g: float, t: float = 0.5) -> Floats:
    """Return (n,) running p-values of "mean <= t"; x (n,) not negative, g > 0."""
    return _running(np.log((x + g) / (t + g)))


def kaplan_wald(x: Floats, g: float, t: float = 0.5) -> Floats:
    """Return (n,) running p-values of "mean <= t"; x (n,) not negative, 0 < g < 1."""
    return _running(np.log((1 - g) * x / t + g))
