"""Skewness and kurtosis with divisor n, and the log vote rate nu = ln((N - W)/W) (Klimek et al.

2012).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
NO_SPREAD = 1e-9  # what rounding leaves of equal values


def skewness(x: Floats) -> float:
    """Return the third standardised moment; 0 for constant data."""
    z = x - x.mean()
    variance = float((z**2).mean())
    return float((z**3).mean()) / variance**1.5 if variance > NO_SPREAD**2 else 0.0


def kurtosis(x: Floats) -> float:
    """Return the fourth standardised moment (3 for the normal law); 3 for constant data."""
    z = x - x.mean()
    variance = float((z**2).mean())
    return float((z**4).mean()) / variance**2 if variance > NO_SPREAD**2 else 3.0


def has_rate(votes: Counts, registered: Counts) -> NDArray[np.bool_]:
    """Return (n,) where the log vote rate exists: 0 < W < N."""
    return np.asarray((votes > 0) & (votes < registered))


def log_vote_rate(votes: Counts, registered: Counts) -> Floats:
    """Return nu = ln((N - W)/W); 0 < W < N (`has_rate`)."""
    return np.asarray(np.log((registered - votes) / votes))
