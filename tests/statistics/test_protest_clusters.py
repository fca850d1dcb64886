import math

import numpy as np
import pytest

from sim.models.strategy.hazards import defection_rates, first_day, trailing_protest
from sim.models.strategy.mobilisation import (
    SLOTS,
    cluster_times,
    daily_counts,
    expected_immigrants,
    offspring_mean,
    poisson_inverse,
)
from sim.records.parameters.after.aftermath import Hazards, Protest
from sim.rng import generator


def test_the_mean_number_of_protest_events_is_675() -> None:
    """R15: outrage 1, frailty 1, no mobilisation, no repression. Var N = mean * immigrants' Poisson
    / (1-n)^3.
    """
    p = Protest()
    rng = generator(1, "test/protest")
    mean, n = expected_immigrants(1.0, 1.0, False, p), offspring_mean(0, p)
    sizes = []
    for _ in range(150):
        u = rng.random((2, SLOTS))
        sizes.append(
            cluster_times(
                poisson_inverse(mean, rng.random()), n, p.decay_days, p.kernel_days, u
            ).size
        )
    standard_error = math.sqrt(mean / (1 - n) ** 3 / 150)

    assert mean / (1 - n) == pytest.approx(675)
    assert abs(np.mean(sizes) - 675) < 4 * standard_error


def test_clusters_agree_with_a_slow_breadth_first_walk() -> None:
    u = generator(2, "test/protest").random((2, 400))
    quick = cluster_times(30, 0.6, 3.0, 1.0, u)
    times = [-3.0 * math.log1p(-u[0, i]) for i in range(30)]
    parent = 0
    while parent < len(times) and len(times) < 400:
        for _ in range(poisson_inverse(0.6, u[1, parent])):
            times.append(times[parent] - math.log1p(-u[0, len(times)]))
        parent += 1

    assert quick == pytest.approx(np.array(times))


def test_inverse_of_the_poisson_distribution_counts_in_the_right_places() -> None:
    assert [poisson_inverse(2.0, u) for u in (0.0, 0.13, 0.14, 0.5, 0.99)] == [0, 0, 1, 2, 6]
    assert poisson_inverse(0.0, 0.9) == 0


def test_events_are_counted_by_house_day() -> None:
    assert daily_counts(np.array([0.0, 0.04, 0.06, 1.2, 9.0]), 0.95, 4).tolist() == [2, 1, 1, 0]


def test_a_hazard_fires_when_its_daily_sum_reaches_the_draw() -> None:
    rates = np.array([0.1, 0.2, 0.4])

    assert first_day(2.5, rates, 0.025) == pytest.approx(2.75)
    assert first_day(2.5, rates, 0.15) == pytest.approx(3.5)
    assert first_day(2.5, rates, 0.45) == pytest.approx(4.5)
    assert first_day(2.5, rates, 0.65) is None


def test_the_quick_inversion_agrees_with_a_daily_walk() -> None:
    rng = generator(3, "test/hazard")
    rates = rng.random(50) * 0.05
    for e in rng.exponential(size=40):
        total, day, length = 0.0, 0, 0.5
        while day < 50 and total + rates[day] * length < e:
            total, day, length = total + rates[day] * length, day + 1, 1.0
        opened = 10.5 if day == 0 else 10 + day
        slow = None if day == 50 else opened + (e - total) / rates[day]
        quick = first_day(10.5, rates, float(e))
        assert quick == (None if slow is None else pytest.approx(slow))


def test_trailing_protest_is_a_capped_week() -> None:
    counts = np.array([700, 0, 0, 0, 0, 0, 0, 0, 7000])

    assert trailing_protest(counts, Hazards()).tolist() == [1, 1, 1, 1, 1, 1, 1, 0, 2]


def test_defection_rises_with_protest_and_evidence_and_falls_with_loyalty() -> None:
    rates = defection_rates(np.array([0.0, 1.0]), 0.5, 0.75, Hazards())

    assert rates == pytest.approx([0.00025 * math.exp(0.9), 0.00025 * math.exp(2.1)])
