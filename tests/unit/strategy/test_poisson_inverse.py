import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from sim.models.numbers.poisson import poisson_inverse


def test_counts_of_a_small_mean_are_those_of_the_printed_table() -> None:
    assert [poisson_inverse(2.0, u) for u in (0.0, 0.13, 0.14, 0.5, 0.99)] == [0, 0, 1, 2, 6]
    assert poisson_inverse(0.0, 0.9) == 0


@given(st.floats(0.001, 49.9), st.floats(0.0001, 0.9999))
def test_below_fifty_it_is_the_exact_quantile(mean: float, u: float) -> None:
    exact = int(poisson.ppf(u, mean))

    assert abs(poisson_inverse(mean, u) - exact) <= (abs(poisson.cdf(exact, mean) - u) < 1e-9)


@pytest.mark.parametrize("mean", [50.0, 80.0, 300.0, 745.2, 1700.0])
def test_above_fifty_it_is_the_quantile_to_one_event(mean: float) -> None:
    u = np.linspace(0.001, 0.999, 400)
    off = [poisson_inverse(mean, float(x)) - int(poisson.ppf(x, mean)) for x in u]

    assert max(map(abs, off)) <= 1
    assert np.mean(np.abs(off)) < 0.02


@given(st.floats(0.0, 400.0), st.floats(0.0, 400.0), st.floats(0.0, 1.0))
def test_a_larger_mean_never_brings_fewer_events_on_one_side_of_fifty(
    a: float, b: float, u: float
) -> None:
    low, high = sorted((a, b))
    same_side = (low < 50.0) == (high < 50.0)

    assert poisson_inverse(low, u) <= poisson_inverse(high, u) or not same_side
