"""The expected path of protest: against means of the count itself, and its two basis paths."""

from __future__ import annotations

import numpy as np
import pytest

from sim.models.strategy.after.streets import basis_paths, branching, evidence_share, immigrants
from sim.records.parameters.after.streets import Streets

MEDIANS = Streets()


def test_the_path_is_the_mean_of_the_count_at_every_day() -> None:
    p, rng, days = MEDIANS, np.random.default_rng(3), 20
    outrage = 0.2 + 0.5 * evidence_share(np.arange(days))
    last, sums = np.zeros(20_000), np.zeros(days)
    for d in range(days):
        last = rng.poisson(immigrants(d, 0.6, p) * outrage[d] + float(branching(1, p)) * last)
        sums[d] = last.mean()

    path = basis_paths(days, 1, 0.6, p)[1]
    assert 0.2 * path[0] + 0.5 * path[1] == pytest.approx(sums, rel=0.01)


def test_a_week_without_protest_before_the_announcement_counts() -> None:
    daily, weekly = (basis_paths(9, window, 0.0, MEDIANS)[0, 0] for window in (1, 7))

    assert weekly[7] == pytest.approx(daily[1:8].mean())
    assert weekly[0] == pytest.approx(daily[0] / 7)


def test_branching_never_explodes() -> None:
    assert branching(np.array([0.0, 1.0]), Streets(branching=0.98)).tolist() == [0.9, 0.73]
