"""Whole numbers from quotas: largest remainder, and the divisor method of Adams (Balinski and Young
1982).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def largest_remainder(quotas: Floats, total: int) -> Ints:
    """Return whole numbers that sum to `total`: each quota rounded down, then one more to the
    largest remainders.

    quotas: (n,) non-negative, their sum within n of `total`. Ties go to the earlier entry.
    """
    parts = np.floor(quotas).astype(np.int64)
    missing = int(total - parts.sum())
    order = np.argsort(parts - quotas, kind="stable")
    if missing >= 0:
        parts[order[:missing]] += 1
    else:
        parts[order[::-1][:-missing]] -= 1
    return parts


def in_proportion(weights: NDArray[np.float64] | Ints, total: int) -> Ints:
    """Return `total` shared out in proportion to `weights` by largest remainder, (n,) int64."""
    w = np.asarray(weights, dtype=np.float64)
    return largest_remainder(w * (total / w.sum()), total)


def tables_under(sizes: Ints | Floats, divisor: float) -> Ints:
    """Return max(1, ceil(size / divisor)): tables of each centre when a table has at most `divisor`
    voters.
    """
    return np.maximum(1, np.ceil(sizes / divisor)).astype(np.int64)


def adams_divisor(sizes: Ints, tables: int) -> float:
    """Return the smallest divisor under which the centres have at most `tables` tables.

    A rational R/m, found by bisection to one part in 1e12 and rounded up within it, so that a
    centre of exactly m divisors is not given table m + 1 by a rounding error.

    Raises:
        ValueError: fewer tables than centres.
    """
    if tables < len(sizes):
        raise ValueError(f"{tables} tables cannot serve {len(sizes)} centres")
    low, high = 0.5, float(sizes.max())
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if tables_under(sizes, middle).sum() <= tables else (middle, high)
    return high * (1 + 1e-12)


def one_by_one(sizes: Ints, tables: Ints, missing: int) -> Ints:
    """Return `tables` with `missing` more, each given to the centre that then has most voters to a
    table (first of equals).
    """
    more = tables.copy()
    for _ in range(missing):
        more[np.argmax(sizes / more)] += 1
    return more
