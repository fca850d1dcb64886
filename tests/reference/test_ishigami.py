"""The Ishigami function: Sobol indices in closed form (Ishigami and Homma 1990; Saltelli et al.
2008, example 4.2).
"""

from __future__ import annotations

import math

import numpy as np

from sim.models.numbers.ranks import chance_threshold, rank_correlations
from sim.output.tables.indices import NOTHING, index_words
from sim.rng import generator
from sim.studies.sensitivity import base_designs, sobol_indices

A, B = 7.0, 0.1


def ishigami(u: np.ndarray) -> np.ndarray:
    x = math.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def exact() -> tuple[list[float], list[float]]:
    total = A**2 / 8 + B * math.pi**4 / 5 + B**2 * math.pi**8 / 18 + 0.5
    first = [0.5 * (1 + B * math.pi**4 / 5) ** 2 / total, A**2 / 8 / total, 0.0]
    both = B**2 * math.pi**8 * (1 / 18 - 1 / 50) / total
    return first, [first[0] + both, first[1], both]


def estimated(rows: int) -> tuple[np.ndarray, np.ndarray]:
    a, b = base_designs(3, rows, seed=1)
    mixed = [np.where(np.arange(3) == k, b, a) for k in range(3)]
    return sobol_indices(
        ishigami(a)[None], ishigami(b)[None], np.array([ishigami(u)[None] for u in mixed])
    )


def test_indices_are_those_of_the_closed_form() -> None:
    first, total = estimated(1024)

    assert np.round(first[0, :, 0] - exact()[0], 1).tolist() == [0, 0, 0]
    assert np.round(total[0, :, 0] - exact()[1], 1).tolist() == [0, 0, 0]


def test_every_interval_holds_the_exact_index() -> None:
    for found, truth in zip(estimated(1024), exact(), strict=True):
        assert all(
            low <= value <= high for (_, low, high), value in zip(found[0], truth, strict=True)
        )


def test_an_index_whose_interval_holds_zero_says_so() -> None:
    first, _ = estimated(256)

    assert index_words(tuple(first[0, 2])) == NOTHING
    assert index_words(tuple(first[0, 1])) != NOTHING


def test_one_input_and_one_outcome_have_an_index_of_one() -> None:
    a, b = (u[:, :1] for u in base_designs(1, 64, seed=1))
    first, total = sobol_indices(a.T, b.T, b.T[None])

    assert (first.shape, total.shape) == ((1, 1, 3), (1, 1, 3))
    assert [round(float(index[0, 0, 0]), 1) for index in (first, total)] == [1.0, 1.0]


def test_rank_correlation_of_noise_passes_its_threshold_at_the_stated_rate() -> None:
    passed = 0
    for trial in range(200):
        rng = generator(5, "ranks", trial)
        x, y = rng.random((64, 30)), rng.random(64)
        passed += np.abs(rank_correlations(x, y)).max() > chance_threshold(x, y, rng, draws=200)

    assert passed <= 0.05 * 200 + 3.1 * math.sqrt(200 * 0.05 * 0.95)


def test_rank_correlation_is_spearmans() -> None:
    from scipy.stats import spearmanr

    rng = generator(6, "ranks")
    x, y = np.round(rng.random((40, 2)), 1), rng.random(40)

    expected = [float(spearmanr(column, y).statistic) for column in x.T]
    assert np.allclose(rank_correlations(x, y), expected, rtol=0, atol=1e-12)
