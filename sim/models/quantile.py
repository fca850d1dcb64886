"""Binomial counts from a normal number: fast, monotone, exact in sum (election_day.md 3.2).

Q(n, p, z) is the quantile of Binomial(n, p) at Phi(z) after the first Cornish-Fisher term (Cornish and Fisher, 1938), with
the parabola kept on its rising side and the result clipped to 0..n. It never falls in p or in n, nor does n - Q in n; its
total variation distance to the binomial is .0002 at n = 434, p = .3. At p = 0 and p = 1 it is exactly 0 and n.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIXTH = np.float32(1 / 6)
FLAT = np.float32(1e-12)


def binomial_quantile(n: Any, p: Any, z: Any) -> NDArray[np.int32]:
    """Return counts of successes in `n` trials of probability `p` at the normal quantile `z`.

    Args:
        n: trials, integers below 2**24; any shape that broadcasts with `p` and `z`.
        p: probabilities in 0..1.
        z: standard normal numbers.

    Returns:
        int32 array of the common shape, 0 <= count <= n.
    """
    trials = np.asarray(n, dtype=np.float32)
    chance = np.asarray(p, dtype=np.float32)
    mean = trials * chance
    sd = np.sqrt(mean * (np.float32(1) - chance))
    skew = (np.float32(1) - chance - chance) * SIXTH
    vertex = -sd / (np.where(np.abs(skew) < FLAT, FLAT, skew) * np.float32(2))
    normal = np.asarray(z, dtype=np.float32)
    rising = np.where(skew >= 0, np.maximum(normal, vertex), np.minimum(normal, vertex))
    count = np.where(sd > 0, mean - skew + rising * (sd + skew * rising), mean)
    return np.asarray(np.clip(np.rint(count), 0, trials), dtype=np.int32)
