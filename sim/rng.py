"""Named streams of random numbers: (entropy, replicate, stream name) -> numpy Generator.

A stream's name is a public constant beside the decision that it serves. The key depends on identity
alone, never on a worker, on the order of drawing or on a design point, so two scenarios share their
luck by default.

A stream is that of `PCG64DXSM(SeedSequence(entropy, spawn_key=(replicate, *stream_words(name))))`,
bit for bit. A replicate opens some 150 streams, and most of the work behind them is the same:
entropy and replicate enter the pool first, and what a name's words add to it depends on the name
alone (O'Neill 2015, seed_seq alternative). So both are computed once.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.random import PCG64DXSM, Generator, SeedSequence
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

POOL = 4
MASK = 0xFFFFFFFF
INIT_A, MULT_A = 0x43B0D7E5, 0x931E8875
INIT_B, MULT_B = 0x8B51F9DD, 0x58F38DED
MIX_L, MIX_R = 0xCA01F9DD, 0x4973F715
"""Constants of numpy's SeedSequence, which promises its numbers for ever."""

Words = tuple[int, int, int, int]


@lru_cache(maxsize=65536)
def stream_words(name: str) -> Words:
    """Return the four 32-bit words that stand for a stream's name in the spawn key."""
    digest = blake2b(name.encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype="<u4")
    return (int(words[0]), int(words[1]), int(words[2]), int(words[3]))


def word_count(number: int) -> int:
    """Return how many 32-bit words SeedSequence makes of a number."""
    return max(1, -(-number.bit_length() // 32))


@lru_cache(maxsize=65536)
def _added(name: str, hashed: int) -> tuple[Words, ...]:
    """Return what each word of a name adds to the pool's four numbers, when `hashed` words were
    hashed before them.
    """
    constant = INIT_A * pow(MULT_A, hashed, 2**32) & MASK
    added = []
    for word in stream_words(name):
        row = []
        for _ in range(POOL):
            value = word ^ constant
            constant = constant * MULT_A & MASK
            value = value * constant & MASK
            row.append(MIX_R * (value ^ value >> 16) & MASK)
        added.append((row[0], row[1], row[2], row[3]))
    return tuple(added)


def _drawn_constants() -> tuple[tuple[int, int, int], ...]:
    powers = [INIT_B * pow(MULT_B, k, 2**32) & MASK for k in range(2 * POOL + 1)]
    return tuple((k % POOL, powers[k], powers[k + 1]) for k in range(2 * POOL))


DRAWN = _drawn_constants()
"""Place in the pool and both constants of each of the eight words that seed a generator."""


PLACES = [place for place, _, _ in DRAWN]
BEFORE, AFTER = (np.array([row[k] for row in DRAWN], dtype=np.uint32) for k in (1, 2))

KNOWN_NAMES: dict[str, int] = {}
"""Names that replicates of this process have opened, in that order.

A cache: no number depends on it.
"""
MOST_KNOWN = 1024
FEW = 8
"""Streams that are opened one by one: who opens more is a replicate, and gets the states of all
known names at once.
"""


@lru_cache(maxsize=4)
def _added_by_all(known: int, hashed: int) -> NDArray[np.uint32]:
    """Return (4, known, 4): what each word of the first `known` names adds to the pool's
    numbers.
    """
    added = np.array([_added(name, hashed) for name in list(KNOWN_NAMES)[:known]], dtype=np.uint32)
    return added.reshape(known, POOL, POOL).swapaxes(0, 1).copy()


def _states(pool: list[int], added: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return (n, 4) the states with which the generators of n names start. added: (4, n, 4)."""
    mixed = np.array(pool, dtype=np.uint32)
    for word in added:
        mixed = np.uint32(MIX_L) * mixed - word
        mixed ^= mixed >> np.uint32(16)
    words = (mixed[:, PLACES] ^ BEFORE) * AFTER
    words ^= words >> np.uint32(16)
    return np.asarray(words.astype("<u4", order="C").view("<u8"))


class _Seed(ISeedSequence):
    """The eight 32-bit words with which a PCG64DXSM starts, as four 64-bit ones."""

    __slots__ = ("state",)

    def __init__(self, state: NDArray[np.uint64]) -> None:
        self.state = state

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> NDArray[Any]:
        """Return the words; numpy asks for four of 64 bits and for nothing else."""
        return self.state


class Streams:
    """The random numbers of one replicate.

    `streams(name)` starts the named stream afresh at each call.
    """

    __slots__ = ("_hashed", "_opened", "_pool", "_ready", "entropy", "replicate")

    def __init__(self, entropy: int, replicate: int) -> None:
        self.entropy = entropy
        self.replicate = replicate
        self._pool = [int(word) for word in SeedSequence(entropy, spawn_key=(replicate,)).pool]
        later = max(word_count(entropy), POOL) + word_count(replicate) - POOL
        self._hashed = POOL * (
            POOL + later
        )  # each word of the pool, and each later one, was hashed for all four places
        self._opened = 0
        self._ready = np.empty((0, POOL), dtype=np.uint64)

    def __call__(self, name: str) -> Generator:
        """Return a generator at the start of the stream `name`."""
        seed: Any = _Seed(
            self._state(name)
        )  # numpy takes any ISeedSequence; its stub names SeedSequence alone
        return Generator(PCG64DXSM(seed))

    def _state(self, name: str) -> NDArray[np.uint64]:
        """Return the four words with which the stream starts."""
        row = KNOWN_NAMES.get(name, MOST_KNOWN)
        if row < len(self._ready):
            return np.asarray(self._ready[row])
        self._opened += 1
        if self._opened == FEW and KNOWN_NAMES:
            self._ready = _states(self._pool, _added_by_all(len(KNOWN_NAMES), self._hashed))
        elif self._opened > FEW and len(KNOWN_NAMES) < MOST_KNOWN:
            KNOWN_NAMES.setdefault(name, len(KNOWN_NAMES))
        return self._alone(name)

    def _alone(self, name: str) -> NDArray[np.uint64]:
        """Return what `_states` makes for one name: for a few numbers Python's own are quicker than
        arrays.
        """
        a, b, c, d = self._pool
        for w, x, y, z in _added(name, self._hashed):
            a, b, c, d = (
                MIX_L * a - w & MASK,
                MIX_L * b - x & MASK,
                MIX_L * c - y & MASK,
                MIX_L * d - z & MASK,
            )
            a, b, c, d = a ^ a >> 16, b ^ b >> 16, c ^ c >> 16, d ^ d >> 16
        words, pool = [], (a, b, c, d)
        for place, before, after in DRAWN:
            value = (pool[place] ^ before) * after & MASK
            words.append(value ^ value >> 16)
        return np.array(words, dtype="<u4").view("<u8")


def generator(entropy: int, name: str, replicate: int = 0) -> Generator:
    """Return one named stream for work outside a replicate (planning, bootstraps, resampling)."""
    return Streams(entropy, replicate)(name)
