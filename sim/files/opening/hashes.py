"""Rows told apart: a 64-bit number for each cell, so that a set of columns is compared by adding
numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


def cell_hashes(frame: pl.DataFrame, columns: Sequence[int]) -> dict[int, Hashes]:
    """Return for each column (n,) numbers that are equal where the cells are equal, and different
    across columns.
    """
    return {k: frame[str(k)].str.strip_chars().hash(7919 * (k + 1)).to_numpy() for k in columns}


def joined(hashes: dict[int, Hashes], columns: Sequence[int]) -> Hashes:
    """Return (n,) numbers that are equal where all these columns are equal."""
    out = np.zeros(len(next(iter(hashes.values()))), dtype=np.uint64)
    for k in columns:
        out = out + hashes[k]  # wraps around, as it may
    return out


def different(
    hashes: dict[int, Hashes], columns: Sequence[int], rows: NDArray[np.bool_] | None = None
) -> int:
    """Return how many different rows these columns show."""
    if not columns:
        return 1
    values = joined(hashes, columns)
    return len(np.unique(values if rows is None else values[rows]))
