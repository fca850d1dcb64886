"""Q and T against the exact binomial (scipy's ppf and pmf), with the printed limits of total
variation (TV).
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, norm

from sim.models.numbers.quantile import binomial_quantile
from sim.models.numbers.small_counts import BINS, STEPS, count_table, small_counts


def law_of_q(n, p):
    """Return P(Q = x) for x = 0..n from the z at which the count changes (200,000 quantiles)."""
    u = (np.arange(200_000) + 0.5) / 200_000
    counts = binomial_quantile(np.full(len(u), n), np.full(len(u), p), norm.ppf(u))
    return np.bincount(counts, minlength=n + 1) / len(u)


@pytest.mark.parametrize(
    ("n", "p", "limit"),
    [
        (434, 0.3, 0.0002),
        (434, 0.1, 0.0005),
        (434, 0.05, 0.0010),
        (100, 0.3, 0.0008),
        (100, 0.1, 0.0022),
        (100, 0.05, 0.0049),
        (30, 0.3, 0.0029),
        (30, 0.1, 0.0079),
        (30, 0.05, 0.0047),
    ],
)
def test_q_is_as_near_to_the_binomial_as_printed(n, p, limit):
    exact = binom.pmf(np.arange(n + 1), n, p)
    assert np.abs(law_of_q(n, p) - exact).sum() / 2 < limit + 0.0001


def law_of_t(mean):
    """Return P(T = x): the average over the 256 dithers and 1,024 bins, the outermost bins by their
    exact law.
    """
    table = count_table(428)
    steps = int(mean * STEPS * 256 + 0.5)
    law = np.zeros(200)
    for row, weight in zip(
        *np.unique((steps + np.arange(256)) >> 8, return_counts=True), strict=True
    ):
        threshold = table.threshold[row * BINS : (row + 1) * BINS]
        low, up = threshold[1:-1] >> 14, (threshold[1:-1] & 0x3FFF) / 2**14
        np.add.at(law, low, weight / 256 / BINS * (1 - up))
        np.add.at(law, low + 1, weight / 256 / BINS * up)
        cdf = table.cdf[row * 160 : (row + 1) * 160]
        edge = np.diff(np.minimum(cdf, 1 / BINS), prepend=0) + np.diff(
            np.maximum(cdf, 1 - 1 / BINS), prepend=1 - 1 / BINS
        )
        law[:160] += weight / 256 * edge
    return law


@pytest.mark.parametrize(
    ("n", "share", "limit"),
    [
        (434, 0.00115, 0.0003),
        (434, 0.008, 0.0003),
        (434, 0.03, 0.0003),
        (434, 0.05, 0.0003),
        (60, 0.00115, 0.0003),
        (200, 0.00115, 0.0007),
        (800, 0.00115, 0.0003),
        (60, 0.008, 0.0020),
        (200, 0.008, 0.0013),
        (800, 0.008, 0.0017),
        (60, 0.03, 0.0065),
        (200, 0.03, 0.0039),
        (800, 0.03, 0.0066),
        (800, 0.05, 0.0114),
    ],
)
def test_t_is_as_near_to_the_binomial_as_printed(n, share, limit):
    exact = binom.pmf(np.arange(200), n, share)
    assert np.abs(law_of_t(n * share) - exact).sum() / 2 < limit + 0.0001


@pytest.mark.parametrize("mean", [0.5, 1.0, 3.4, 9.0, 22.0])
def test_the_mean_of_t_is_its_lambda(mean):
    assert law_of_t(mean) @ np.arange(200) == pytest.approx(mean, abs=3e-4)


def test_draws_of_t_follow_its_law():
    ballots = np.full(400_000, 434, dtype=np.float32)
    words = np.random.Generator(np.random.PCG64DXSM(1)).integers(
        0, 2**32, (1, len(ballots)), dtype=np.uint32
    )
    counts = np.empty((1, len(ballots)), dtype=np.int32)
    small_counts(count_table(428), ballots, np.array([0.008]), words, counts)
    expected = len(ballots) * law_of_t(434 * 0.008)[:12]
    found = np.bincount(counts[0], minlength=12)[:12]
    assert (
        float(((found - expected) ** 2 / expected).sum()) < 45
    )  # chi-square, 11 degrees of freedom: P = 5e-6


def test_in_the_outermost_bins_the_count_is_the_exact_quantile():
    words = np.array(
        [[0, 1 << 12, (1 << 22) - 1, 0xFFC00000, 0xFFFFF000, 0xFFFFFFFF]], dtype=np.uint32
    )
    counts = np.empty(words.shape, dtype=np.int32)
    small_counts(
        count_table(428), np.full(6, 428, dtype=np.float32), np.array([0.03]), words, counts
    )
    row = (int(428 * 0.03 * 4096 + 0.5) + (words[0] & 255).astype(int)) >> 8
    u = ((words[0] >> 8) + 0.5) / 2**24
    assert counts[0].tolist() == binom.ppf(u, 428, row / 16 / 428).astype(int).tolist()


def test_the_table_is_built_for_small_tables_too():
    assert count_table(20).ballots == 128
