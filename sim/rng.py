"""Named streams of random numbers: (entropy, replicate, stream name) -> numpy Generator.

A stream's name is a public constant beside the decision that it serves. The key depends on identity alone, never on a
worker, on the order of drawing or on a design point, so two scenarios share their luck by default.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence


@lru_cache(maxsize=65536)
def stream_words(name: str) -> tuple[int, int, int, int]:
    """Return the four 32-bit words that stand for a stream's name in the spawn key."""
    digest = blake2b(name.encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype="<u4")
    return (int(words[0]), int(words[1]), int(words[2]), int(words[3]))


class Streams:
    """The random numbers of one replicate. `streams(name)` starts the named stream afresh at each call."""

    __slots__ = ("entropy", "replicate")

    def __init__(self, entropy: int, replicate: int) -> None:
        self.entropy = entropy
        self.replicate = replicate

    def __call__(self, name: str) -> Generator:
        """Return a generator at the start of the stream `name`."""
        return Generator(PCG64DXSM(SeedSequence(self.entropy, spawn_key=(self.replicate, *stream_words(name)))))


def generator(entropy: int, name: str, replicate: int = 0) -> Generator:
    """Return one named stream for work outside a replicate (planning, bootstraps, resampling)."""
    return Streams(entropy, replicate)(name)
