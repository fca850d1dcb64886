"""Correlation of two residuals over centres, with an error that does not trust equal spread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]
NO_SPREAD = 1e-9  # what rounding leaves of equal values


def clustered(x: Floats, y: Floats, groups: Groups) -> tuple[float, float]:
    """Return (correlation, its standard error) of centred x and y whose products are independent
    between groups.
    """
    if len(x) == 0 or min((x**2).mean(), (y**2).mean()) < NO_SPREAD**2:
        return 0.0, np.inf
    scale = float(np.sqrt((x**2).sum() * (y**2).sum()))
    r = float((x * y).sum()) / scale
    each = np.bincount(
        groups, x * y / scale - 0.5 * r * (x**2 / (x**2).sum() + y**2 / (y**2).sum())
    )
    return r, float(np.sqrt((each**2).sum()))


def beyond_p(r: float, error: float, allowance: float, two_sided: bool = True) -> float:
    """Return P(a correlation of at most `allowance` in size shows r or more)."""
    reach = abs(r) if two_sided else r
    if error == 0:
        return float(np.finfo(float).tiny) if reach > allowance else 1.0
    tail = float(ndtr(-(reach - allowance) / error)) if np.isfinite(error) else 1.0
    return float(np.clip(tail * (2 if two_sided else 1), np.finfo(float).tiny, 1.0))
