"""Uniform numbers as the 32-bit words behind them, drawn in half the time.

numpy's float32 uniforms are (w >> 8) / 2^24 of the words w of the same stream, so a comparison with
a probability can be made on the words themselves, and only the few numbers that are needed as such
are turned into one.
"""

from __future__ import annotations

from math import ceil, prod

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Words = NDArray[np.uint32]
STEPS = 2**24


def words(rng: Generator, *shape: int) -> Words:
    """Return uniform 32-bit words as the low and high halves of 64-bit ones.

    With `uniform_of` they are what `rng.random(shape, dtype=np.float32)` returns at this place of
    the stream. Of an odd number of them the last half word is lost; numpy would keep it for its own
    next float32.
    """
    size = prod(shape)
    double = rng.integers(0, 2**64, (size + 1) // 2, dtype=np.uint64)
    return double.astype("<u8", copy=False).view("<u4")[:size].reshape(shape)


def uniform_of(word: Words) -> NDArray[np.float32]:
    """Return the uniform numbers, in [0, 1), of these words."""
    return np.asarray((word >> np.uint32(8)) * np.float32(1 / STEPS), dtype=np.float32)


def below(word: Words, probability: float | np.float32) -> NDArray[np.bool_]:
    """Return `uniform_of(word) < np.float32(probability)`."""
    steps = ceil(float(np.float32(probability)) * STEPS)
    if steps >= STEPS:
        return np.ones(word.shape, dtype=np.bool_)
    return np.asarray(word < np.uint32(max(steps, 0) << 8))
