"""Small binomial counts by look-up: T(lambda, r) turns one 32-bit word into a count
(docs/model/election_day.md, section 3).

Rows of the table are means lambda = g/16, columns are 1,024 bins of the uniform number. The law of
a row is Binomial(n, lambda/n) at one usual number of ballots n: a numerical constant that puts the
variance right where the mass of tables is. Bits 22-31 of the word choose the bin, bits 8-21 decide
between the bin's two counts, bits 0-7 dither the mean between two rows. For a fixed word the count
never falls in lambda. All in 32-bit integers: a mean is a multiple of 1/4,096, a threshold one of
1/16,384. Total variation to the binomial is below .0005 at tables of the usual size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MEAN_CAP = 64.0
STEPS = 16
BINS = 1024
ROWS = STEPS * int(MEAN_CAP) + 3
LEAST_BALLOTS = 128
COUNTS = 160  # beyond it no row has mass 1e-12

Words = NDArray[np.uint32]
Float32s = NDArray[np.float32]
Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class CountTable:
    """threshold: (ROWS * BINS,) int32, 2^14 (b + 1 - t) of each bin. cdf: (ROWS * COUNTS,) float64,
    for the outermost.
    """

    ballots: int
    threshold: Int32s
    cdf: NDArray[np.float64]


@lru_cache(maxsize=4)
def count_table(ballots: int) -> CountTable:
    """Return the look-up table for tables of about `ballots` ballots (at least 128), built once a
    process.
    """
    n = max(ballots, LEAST_BALLOTS)
    cdf = _binomial_cdf(n, np.arange(ROWS) / STEPS)
    edges = np.arange(BINS) / BINS
    threshold = np.empty((ROWS, BINS), dtype=np.int32)
    for row in range(ROWS):
        b = np.searchsorted(cdf[row], edges, side="right")
        first_share = np.minimum((cdf[row, b] - edges) * BINS, 1.0)
        threshold[row] = ((b + 1) << 14) - np.rint(first_share * 2**14).astype(np.int64)
    return CountTable(n, threshold.ravel(), cdf.ravel())


def _binomial_cdf(n: int, means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return P(X <= x) of Binomial(n, mean/n), (rows, COUNTS); its last column is 1, above every
    uniform number.
    """
    p = (means / n)[:, None]
    x = np.arange(COUNTS, dtype=np.float64)
    steps = np.maximum(n - x[:-1], 0) / x[1:] * (p / (1 - p))
    pmf = (1 - p) ** n * np.concatenate([np.ones_like(p), np.cumprod(steps, axis=1)], axis=1)
    cdf: NDArray[np.float64] = np.minimum(np.cumsum(pmf, axis=1), 1.0)
    cdf[:, -1] = 1.0
    return cdf


def small_counts(
    table: CountTable, ballots: Float32s, shares: NDArray[np.float64], words: Words, out: Int32s
) -> int:
    """Write the counts of k rows of the ballot to `out` and return how many cells had their mean
    capped at 64.

    Args:
        table: look-up table.
        ballots: (M,) ballots at each table.
        shares: (k,) each row's share of ballots, the same at all tables.
        words: (k, M) uniform 32-bit words.
        out: (k, M) int32.
    """
    most = float(ballots.max(initial=0))
    capped = sum(
        int(np.count_nonzero(ballots > MEAN_CAP / s)) for s in shares if s * most > MEAN_CAP
    )
    size = ballots.shape
    cell, part, scaled = (
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.float32),
    )
    for share, word, count in zip(shares, words.view(np.int32), out, strict=True):
        _steps(ballots, share, share * most > MEAN_CAP, scaled, cell)
        np.bitwise_and(word, 255, out=part)
        cell += part
        cell &= ~255
        cell <<= 2
        np.right_shift(word.view(np.uint32), 22, out=part.view(np.uint32))
        cell += part
        table.threshold.take(cell, out=count, mode="clip")
        np.right_shift(word, 8, out=part)
        part &= 0x3FFF
        count += part
        count >>= 14
    _outermost(table, ballots, shares, words, out)
    return capped


def _steps(ballots: Float32s, share: float, capped: bool, scaled: Float32s, steps: Int32s) -> None:
    """Write lambda in units of 1/4,096, rounded, to `steps`."""
    np.multiply(ballots, np.float32(STEPS * 256 * share), out=scaled)
    if capped:
        np.minimum(scaled, np.float32(STEPS * 256 * MEAN_CAP), out=scaled)
    scaled += np.float32(0.5)
    steps[...] = scaled


def _outermost(
    table: CountTable, ballots: Float32s, shares: NDArray[np.float64], words: Words, out: Int32s
) -> None:
    """Replace counts in bins 0 and 1,023 (0.2 % of cells) by the exact quantile at the word's
    24-bit uniform number.
    """
    outer = np.flatnonzero(words + np.uint32(1 << 22) < np.uint32(1 << 23))
    k, column = np.divmod(outer, len(ballots))
    word = words.reshape(-1)[outer]
    mean = ballots[column] * (STEPS * 256 * shares).astype(np.float32)[k]
    steps = (np.minimum(mean, np.float32(STEPS * 256 * MEAN_CAP)) + np.float32(0.5)).astype(
        np.int64
    )
    start = (steps + (word & np.uint32(255)) >> 8) * COUNTS
    u = ((word >> np.uint32(8)).astype(np.float64) + 0.5) / 2**24
    low, high = (
        np.zeros(len(outer), dtype=np.int64),
        np.full(len(outer), COUNTS - 1, dtype=np.int64),
    )
    for _ in range(8):
        middle = (low + high) >> 1
        below = table.cdf[start + middle] < u
        low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
    out[k, column] = high
