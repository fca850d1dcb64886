"""Binomial counts from a normal number: fast, monotone, exact in sum (election_day.md 3.2).

Q(n, p, z) is the quantile of Binomial(n, p) at Phi(z) after the first Cornish-Fisher term, with the parabola kept on its
rising side and the result clipped to 0..n. It never falls in z, in p or in n, nor does n - Q in n; its total variation
distance to the binomial is .0002 at n = 434, p = .3 (Cornish and Fisher, 1938).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

TINY = np.float32(1e-12)


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
    normal = np.asarray(z, dtype=np.float32)
    other = np.float32(1) - chance
    sd = np.sqrt(trials * chance * other)
    skew = (other - chance) / np.float32(6)
    vertex = -sd / (np.float32(2) * np.where(np.abs(skew) < TINY, TINY, skew))
    rising = np.where(skew >= 0, np.maximum(normal, vertex), np.minimum(normal, vertex))
    count = np.rint(trials * chance - skew + rising * (sd + skew * rising))
    return np.asarray(np.clip(count, 0, trials), dtype=np.int32)
