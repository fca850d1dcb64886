"""Rank correlation of many inputs with one output, and how large the largest would be by chance
alone.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def average_ranks(values: Floats) -> Floats:
    """Return the ranks (0-based) of (n,) values, ties sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: Floats = last - (counts + 1) / 2
    return middle[inverse]


def standard_ranks(columns: Floats) -> Floats:
    """Return (n, d) ranks by column with mean 0 and length 1; a constant column is 0."""
    ranks = np.stack([average_ranks(column) for column in columns.T], axis=1)
    ranks -= ranks.mean(axis=0)
    length = np.sqrt((ranks**2).sum(axis=0))
    return ranks / np.where(length > 0, length, 1.0)


def rank_correlations(inputs: Floats, output: Floats) -> Floats:
    """Return (d,) Spearman's rank correlations (1904) of (n, d) inputs with (n,) outputs; 0 where
    one of them is constant.
    """
    found: Floats = standard_ranks(inputs).T @ standard_ranks(output[:, None])[:, 0]
    return found


def chance_threshold(
    inputs: Floats, output: Floats, rng: Generator, alpha: float = 0.05, draws: int = 1000
) -> float:
    """Return what the largest of the d absolute correlations exceeds with chance alpha when no
    input matters.

    Outputs are permuted (Westfall and Young 1993, max-T), so the threshold holds over all inputs
    together.
    """
    x, y = standard_ranks(inputs), standard_ranks(output[:, None])[:, 0]
    shuffled = np.stack([rng.permutation(y) for _ in range(draws)], axis=1)
    return float(np.quantile(np.abs(x.T @ shuffled).max(axis=0), 1 - alpha))
