"""The states with which the streams of a replicate start: one by one, or those of all known names
at once.

A stream is that of `PCG64DXSM(SeedSequence(entropy, spawn_key=(replicate, *stream_words(name))))`,
bit for bit. A replicate opens some 150 streams, and most of the work behind them is the same:
entropy and replicate enter the pool first, and what a name's words add to it depends on the name
alone (O'Neill 2015, seed_seq alternative).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

POOL = 4
MASK = 0xFFFFFFFF
INIT_A, MULT_A = 0x43B0D7E5, 0x931E8875
INIT_B, MULT_B = 0x8B51F9DD, 0x58F38DED
MIX_L, MIX_R = 0xCA01F9DD, 0x4973F715
"""Constants of numpy's SeedSequence, which promises its numbers for ever."""
MOST_NAMES = 1024

Words = tuple[int, int, int, int]
States = NDArray[np.uint64]


def stream_words(name: str) -> Words:
    """Return the four 32-bit words that stand for a stream's name in the spawn key."""
    digest = blake2b(name.encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype="<u4")
    return (int(words[0]), int(words[1]), int(words[2]), int(words[3]))


def word_count(number: int) -> int:
    """Return how many 32-bit words SeedSequence makes of a number."""
    return max(1, -(-number.bit_length() // 32))


def hashed_before(entropy: int, replicate: int) -> int:
    """Return how many words were hashed before a stream's own: the pool's, and each later one for
    all its four places.
    """
    later = max(word_count(entropy), POOL) + word_count(replicate) - POOL
    return POOL * (POOL + later)


@lru_cache(maxsize=4096)
def added(name: str, hashed: int) -> tuple[Words, ...]:
    """Return what each word of a name adds to the pool's four numbers, when `hashed` words were
    hashed before them.
    """
    constant = INIT_A * pow(MULT_A, hashed, 2**32) & MASK
    rows = []
    for word in stream_words(name):
        row = []
        for _ in range(POOL):
            value = word ^ constant
            constant = constant * MULT_A & MASK
            value = value * constant & MASK
            row.append(MIX_R * (value ^ value >> 16) & MASK)
        rows.append((row[0], row[1], row[2], row[3]))
    return tuple(rows)


def _drawn_constants() -> tuple[tuple[int, int, int], ...]:
    powers = [INIT_B * pow(MULT_B, k, 2**32) & MASK for k in range(2 * POOL + 1)]
    return tuple((k % POOL, powers[k], powers[k + 1]) for k in range(2 * POOL))


DRAWN = _drawn_constants()
"""Place in the pool and both constants of each of the eight words that seed a generator."""
PLACES = [place for place, _, _ in DRAWN]
BEFORE, AFTER = (np.array([row[k] for row in DRAWN], dtype=np.uint32) for k in (1, 2))


def state(pool: Sequence[int], name: str, hashed: int) -> States:
    """Return (4,) the words with which one stream starts; for a few numbers Python's own are
    quicker than arrays.

    pool: the four numbers of entropy and replicate.
    """
    a, b, c, d = pool
    for w, x, y, z in added(name, hashed):
        a, b = MIX_L * a - w & MASK, MIX_L * b - x & MASK
        c, d = MIX_L * c - y & MASK, MIX_L * d - z & MASK
        a, b, c, d = a ^ a >> 16, b ^ b >> 16, c ^ c >> 16, d ^ d >> 16
    words, mixed = [], (a, b, c, d)
    for place, before, after in DRAWN:
        value = (mixed[place] ^ before) * after & MASK
        words.append(value ^ value >> 16)
    return np.array(words, dtype="<u4").view("<u8")


class StreamPool:
    """The names that replicates have opened. Handed from one to the next, it opens them all at
    once; no number depends on it.
    """

    __slots__ = ("_added", "_hashed", "_rows")

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._added = np.empty((POOL, 0, POOL), dtype=np.uint32)
        self._hashed = -1

    def row(self, name: str) -> int:
        """Return the place of a name among the known ones; it is learnt for the next replicate
        where there is room.
        """
        if len(self._rows) < MOST_NAMES:
            return self._rows.setdefault(name, len(self._rows))
        return self._rows.get(name, MOST_NAMES)

    def states(self, pool: Sequence[int], hashed: int) -> States:
        """Return (n, 4) the words with which the streams of the n known names start."""
        if self._hashed != hashed or self._added.shape[1] != len(self._rows):
            rows = np.array([added(name, hashed) for name in self._rows], dtype=np.uint32)
            self._added = rows.reshape(len(self._rows), POOL, POOL).swapaxes(0, 1).copy()
            self._hashed = hashed
        mixed = np.array(pool, dtype=np.uint32)
        for word in self._added:
            mixed = np.uint32(MIX_L) * mixed - word
            mixed ^= mixed >> np.uint32(16)
        words = (mixed[:, PLACES] ^ BEFORE) * AFTER
        words ^= words >> np.uint32(16)
        return np.asarray(words.astype("<u4", order="C").view("<u8"))
