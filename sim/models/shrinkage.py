"""Chances behind counts at many points, drawn together by as much as their scatter is noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def shrunk_chances(successes: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return (points,) posterior means under a beta prior fitted to all points by moments (Kleinman 1973, equal weights).

    With k of n successes at a point, prior mean m and prior size s: (k + s m) / (n + s). s is large when the counts scatter as
    binomials of one chance would, and small when the points truly differ.
    """
    share = successes / of
    mean = float(share.mean())
    if mean in (0.0, 1.0):
        return np.full(len(share), mean)
    noise = float((mean * (1 - mean) / of).mean())
    extra = max(float(share.var(ddof=1)) - noise, 1e-9) if len(share) > 1 else 1e-9
    size = max(mean * (1 - mean) / extra - 1, 1e-3)
    found: NDArray[np.float64] = (successes + size * mean) / (of + size)
    return found
