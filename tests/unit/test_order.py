"""The order statistic is that of a full sort, ties and infinities included."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.models.chain.order import kth_smallest, neighbours


@given(st.integers(1, 20_000), st.integers(1, 400), st.floats(0, 1), st.integers(0, 9))
def test_it_is_the_number_of_that_rank(n, different, place, seed):
    rng = np.random.default_rng(seed)
    numbers = np.where(rng.random(n) < 0.1, np.inf, rng.integers(0, different, n)).astype(
        np.float32
    )
    k = min(int(place * n), n - 1)
    assert kth_smallest(numbers, k) == np.sort(numbers)[k]


@given(st.integers(2, 20_000), st.integers(1, 400), st.floats(0, 1), st.integers(0, 9))
def test_the_number_after_it_comes_with_it(n, different, place, seed):
    rng = np.random.default_rng(seed)
    numbers = np.where(rng.random(n) < 0.1, np.inf, rng.integers(0, different, n)).astype(
        np.float32
    )
    k = min(int(place * n), n - 2)
    assert neighbours(numbers, k, k + 1) == tuple(np.sort(numbers)[k : k + 2])


def test_numbers_in_order_are_no_exception():
    numbers = np.arange(30_026, dtype=np.float32)
    assert [float(kth_smallest(numbers, k)) for k in (0, 15_000, 30_025)] == [
        0.0,
        15_000.0,
        30_025.0,
    ]
