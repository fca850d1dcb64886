"""Rows that add up other rows: found by arithmetic, whatever their code says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEEDED_BITS = 10.0
MASK = (1 << 64) - 1


def total_rows(numbers: NDArray[np.int64], possible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (n,) rows that are the sum of two or more rows just above (or just below), totals left
    out.

    Args:
        numbers: (n, c) columns that are not sums of each other. possible: rows that may be tables
        or totals.

    One column may be off: a faulty row of the block, or of the total, must not hide it. A row
    counts as a total where its numbers could not be a sum by chance: their bits, less twice the
    bits of the number of rows, are 10 or more, so that a file of honest rows shows one in a
    thousand.
    """
    columns = range(numbers.shape[1])
    out = blocks(numbers, possible, list(columns))
    if numbers.shape[1] > 2:
        for k in columns:
            out |= blocks(numbers, possible & ~out, [c for c in columns if c != k], out)
    return out


def blocks(
    numbers: NDArray[np.int64],
    possible: NDArray[np.bool_],
    columns: list[int],
    known: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return rows whose numbers in these columns add up a block of rows.

    known: totals found already, which end blocks.
    """
    part = numbers[:, columns]
    factors = np.array([mixed(k + 1) for k in columns], dtype=np.uint64)
    hashed = (part.astype(np.uint64) * factors).sum(axis=1, dtype=np.uint64)
    n = max(int(possible.sum()), 1)
    evidence = np.log2(1.0 + np.abs(part)).sum(axis=1) - 2 * np.log2(n)
    large: NDArray[np.bool_] = possible & (evidence >= NEEDED_BITS) & (part >= 0).all(axis=1)
    if not large.any():
        return large
    down = scan(hashed.tolist(), possible, large)
    if down.any() or (known is not None and known.any()):
        return down
    return scan(hashed[::-1].tolist(), possible[::-1], large[::-1])[::-1]


def like_totals(
    totals: NDArray[np.bool_], tables: NDArray[np.bool_], forms: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return rows that are named as the totals found are, and as no table is.

    Args:
        forms: (f, n) ways of naming a row (its code repeats its region's name; its code has no
        digit).
    """
    out = np.zeros(len(totals), dtype=np.bool_)
    found = int(totals.sum())
    for form in forms:
        others = form & tables & ~totals
        if (
            found
            and form[totals].all()
            and others.sum() <= max(found, 2)
            and others.sum() < 0.2 * tables.sum()
        ):
            out |= others
    return out


def mixed(k: int) -> int:
    """Return a fixed 64-bit number for a column, without a pattern (SplitMix64: Steele, Lea and
    Flood 2014).
    """
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
