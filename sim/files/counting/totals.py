"""Rows that add up other rows: found by arithmetic, whatever their code says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEEDED_BITS = 20.0
MASK = (1 << 64) - 1


def total_rows(numbers: NDArray[np.int64], possible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (n,) rows in which every column is the sum of two or more rows just above (or just
    below), totals left out.

    Args:
        numbers: (n, c) columns that are not sums of each other. possible: rows that may be tables
        or totals.

    A row counts as a total where its numbers could not be a sum by chance: the bits of its numbers
    less the bits of the blocks tried are 20 or more.
    """
    factors = np.array([mixed(k + 1) for k in range(numbers.shape[1])], dtype=np.uint64)
    hashed = (numbers.astype(np.uint64) * factors).sum(axis=1, dtype=np.uint64)
    evidence = np.log2(1.0 + np.abs(numbers)).sum(axis=1) - np.log2(max(len(numbers), 1))
    large = possible & (evidence >= NEEDED_BITS) & (numbers >= 0).all(axis=1)
    down = scan(hashed.tolist(), possible, large)
    up = (
        scan(hashed[::-1].tolist(), (possible & ~down)[::-1], (large & ~down)[::-1])[::-1]
        if not down.any()
        else down
    )
    return down | up


def mixed(k: int) -> int:
    """Return a fixed 64-bit number for a column, without a pattern (SplitMix64: Steele, Lea and Flood 2014)."""
    z = k * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def scan(
    hashed: list[int], possible: NDArray[np.bool_], large: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return rows whose numbers are the sum of a block of rows that ends just above them."""
    out = np.zeros(len(hashed), dtype=np.bool_)
    before = {0: 0}
    running, seen = 0, 0
    for i in np.flatnonzero(possible).tolist():
        if not hashed[i]:  # a row of zeros adds nothing to a block
            continue
        start = before.get((running - hashed[i]) & MASK)
        if large[i] and start is not None and seen - start >= 2:
            out[i] = True
            continue
        running = (running + hashed[i]) & MASK
        seen += 1
        before[running] = seen
    return out
