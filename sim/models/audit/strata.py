"""One risk from independent audits of strata: Fisher's combination and the product of martingales
(SHANGRLA's union test).

p-values in; each the p-value of the same composite null in its stratum at one split of the
overstatement.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc


def fisher(p: NDArray[np.float64]) -> float:
    """Return P(chi2 with 2S degrees of freedom >= -2 sum ln p): valid for any independent
    p-values.
    """
    with np.errstate(divide="ignore"):
        return float(chdtrc(2 * len(p), -2 * np.log(p).sum()))


def product(p: NDArray[np.float64]) -> float:
    """Return the product: valid only where each 1/p is a martingale's value at its stop, not its
    maximum (ALPHA, Kaplan).
    """
    return float(np.prod(p))
