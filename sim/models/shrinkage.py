"""What counts at many points leave open about the chances behind them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def posterior(successes: NDArray[np.int64], of: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return (a, b), each (points,), of beta posteriors under one beta prior fitted to all points by moments.

    Kleinman (1973), Journal of the American Statistical Association 68, equal weights. With k of n successes at a point, prior
    mean m and prior size s: a = k + s m, b = n - k + s (1 - m). s is large when the counts scatter as binomials of one chance
    would, and small when the points truly differ; it is kept between 0.01 and a million.
    """
    share = successes / of
    mean = float((successes.sum() + 0.5) / (of.sum() + 1))
    noise = float((mean * (1 - mean) / of).mean())
    extra = max(float(share.var(ddof=1)) - noise, 0.0) if len(share) > 1 else 0.0
    size = min(max(mean * (1 - mean) / max(extra, 1e-12) - 1, 0.01), 1e6)
    return successes + size * mean, of - successes + size * (1 - mean)
