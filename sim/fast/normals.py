"""Standard normal numbers by look-up: 16 random bits choose among 65,536 equally likely values.

The values are the means of the normal law over its slices of equal probability, scaled to variance
1 (by 1.0000007). So mean and variance are exact, the distribution function is within 2^-16 of Phi,
and the largest value is 4.39: an error well below those of the counts that these numbers turn into
(quantile.py, small_counts.py), at a sixth of the time of numpy's rejection method (Marsaglia and
Tsang 2000). For effects and delays of thousands of tables; a single number is drawn by numpy.
"""

from __future__ import annotations

from functools import lru_cache
from math import pi, prod, sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import ndtri

VALUES = 2**16

NormalWords = NDArray[np.uint16]
Float32s = NDArray[np.float32]


def normal_words(rng: Generator, *shape: int) -> NormalWords:
    """Return 16-bit words, four of each 64-bit one, that `normal_of` turns into numbers; all of
    them, or only those needed.
    """
    size = prod(shape)
    fourfold = rng.integers(0, 2**64, (size + 3) // 4, dtype=np.uint64)
    return fourfold.astype("<u8", copy=False).view("<u2")[:size].reshape(shape)


def normal_of(word: NormalWords) -> Float32s:
    """Return the standard normal numbers of these words."""
    return values().take(word)


def normals(rng: Generator, *shape: int) -> Float32s:
    """Return standard normal numbers in this shape, float32."""
    return normal_of(normal_words(rng, *shape))


@lru_cache(maxsize=1)
def values() -> Float32s:
    """Return the (65,536,) values in ascending order, float32."""
    edges = ndtri(np.arange(VALUES + 1) / VALUES)
    density = np.exp(-0.5 * edges * edges) / sqrt(2 * pi)
    means = VALUES * (
        density[:-1] - density[1:]
    )  # E(z | a < z < b) = (phi(a) - phi(b)) / P(a < z < b)
    means = (means - means[::-1]) / 2
    found = np.asarray(means / np.sqrt(np.square(means).mean()), dtype=np.float32)
    found.flags.writeable = False
    return found
