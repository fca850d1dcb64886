"""Skewness and kurtosis with divisor n, and the log vote rate nu = log((N - W)/W) (Klimek et al.

2012).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def skewness(x: Floats) -> float:
    """Return the third standardised moment; 0 for constant data."""
    z = x - x.mean()
    variance = float((z**2).mean())
    return float((z**3).mean()) / variance**1.5 if variance > 0 else 0.0


def kurtosis(x: Floats) -> float:
    """Return the fourth standardised moment (3 for the normal law); 3 for constant data."""
    z = x - x.mean()
    variance = float((z**2).mean())
    return float((z**4).mean()) / variance**2 if variance > 0 else 3.0


def log_vote_rate(winner: Counts, registered: Counts) -> Floats:
    """Return nu = log((N - W)/W) with half a vote added to either side; N at least W."""
    return np.asarray(np.log((registered - winner + 0.5) / (winner + 0.5)))
