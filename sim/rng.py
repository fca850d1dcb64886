"""Named streams of random numbers: (entropy, replicate, stream name) -> numpy Generator.

A stream's name is a public constant beside the decision that it serves. The key depends on identity
alone, never on a worker, on the order of drawing or on a design point, so two scenarios share their
luck by default.

A stream is that of `PCG64DXSM(SeedSequence(entropy, spawn_key=(replicate, *stream_words(name))))`,
bit for bit; fast/stream_pool.py says how its start is found.
"""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Any

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

from sim.fast.stream_pool import POOL, StreamPool, hashed_before, state


class _Seed(ISeedSequence):
    """The eight 32-bit words with which a PCG64DXSM starts, as four 64-bit ones."""

    __slots__ = ("state",)

    def __init__(self, state: NDArray[np.uint64]) -> None:
        self.state = state

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> NDArray[Any]:
        """Return the words; numpy asks for four of 64 bits and for nothing else."""
        return self.state


class Streams:
    """The random numbers of one replicate. `streams(name)` starts the named stream afresh at each
    call.

    names: the streams of earlier replicates, which are then opened together; no number depends on
    it.
    """

    __slots__ = (
        "_hashed",
        "_names",
        "_plain",
        "_pool",
        "_prefix",
        "_ready",
        "entropy",
        "replicate",
    )

    def __init__(self, entropy: int, replicate: int, names: StreamPool | None = None) -> None:
        self.entropy = entropy
        self.replicate = replicate
        self._pool = [int(word) for word in SeedSequence(entropy, spawn_key=(replicate,)).pool]
        self._hashed = hashed_before(entropy, replicate)
        self._names = names
        none = np.empty((0, POOL), dtype=np.uint64)
        self._ready = none if names is None else names.states(self._pool, self._hashed)
        self._prefix, self._plain = "", frozenset[str]()

    def __call__(self, name: str) -> Generator:
        """Return a generator at the start of the stream `name`."""
        name = name if name in self._plain else self._prefix + name
        seed: Any = _Seed(
            self._state(name)
        )  # numpy takes any ISeedSequence; its stub names SeedSequence alone
        return Generator(PCG64DXSM(seed))

    def under(self, prefix: str, kept: Collection[str] = ()) -> Streams:
        """Return the streams whose names begin with `prefix`; those `kept` stay as they are."""
        other = copy(self)
        other._prefix, other._plain = prefix, frozenset(kept)
        return other

    def _state(self, name: str) -> NDArray[np.uint64]:
        """Return the four words with which the stream starts."""
        if self._names is not None:
            row = self._names.row(name)
            if row < len(self._ready):
                return np.asarray(self._ready[row])
        return state(self._pool, name, self._hashed)


def generator(entropy: int, name: str, replicate: int = 0) -> Generator:
    """Return one named stream for work outside a replicate (planning, bootstraps, resampling)."""
    return Streams(entropy, replicate)(name)
