"""The street day by day and the rate that adds up, against a walk that looks at one day at a
time.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.strategy.after.cumulated import added, cumulated, edges, reached
from sim.models.strategy.after.daily_count import daily_counts, trailing_mean


def test_each_day_is_its_own_uniform_number_at_its_own_mean() -> None:
    assert daily_counts([2.0, 0.0, 0.0], 0.5, [0.5, 0.5, 0.9]) == [2, 1, 1]
    assert daily_counts([0.0], 0.5, [0.5], before=4) == [2]


def test_mean_events_over_all_days_are_immigrants_over_one_minus_branching() -> None:
    rng = np.random.default_rng(15)
    immigrants = [60.0 * np.exp(-d / 8.0) for d in range(200)]
    sizes = [sum(daily_counts(immigrants, 0.6, rng.random(200).tolist())) for _ in range(300)]
    expected = sum(immigrants) / 0.4
    error = float(np.std(sizes)) / np.sqrt(300)

    assert abs(np.mean(sizes) - expected) < 4 * error + 0.02 * expected**0.5


def test_news_changes_later_days_alone() -> None:
    u = np.random.default_rng(16).random(30).tolist()
    before, after = [30.0] * 30, [30.0] * 10 + [60.0] * 20
    a, b = daily_counts(before, 0.5, u), daily_counts(after, 0.5, u)

    assert a[:10] == b[:10]
    assert all(x <= y for x, y in zip(a[10:], b[10:], strict=True))
    assert a != b


def test_the_week_behind_a_day_counts_that_day_and_the_six_before() -> None:
    assert trailing_mean([7, 0, 0, 0, 0, 0, 0, 0, 14], 7).tolist() == [1, 1, 1, 1, 1, 1, 1, 0, 2]


def test_pieces_end_on_whole_days_after_the_beginning() -> None:
    assert edges(2.5, 0.25, 5).tolist() == [2.5, 3.25, 4.25, 5.25]
    assert edges(9.0, 0.25, 5).tolist() == [9.0, 9.25]


@given(st.lists(st.floats(0.0, 0.5), min_size=3, max_size=40), st.floats(0.01, 5.0))
def test_the_quick_inversion_agrees_with_a_walk_by_the_day(
    rates: list[float], needed: float
) -> None:
    ends = edges(0.4, 0.0, len(rates))
    sums = cumulated(ends, np.array(rates))
    total, slow = 0.0, None
    for rate, start, stop in zip(rates, ends[:-1], ends[1:], strict=True):
        if slow is None and rate > 0 and total + rate * (stop - start) >= needed:
            slow = start + (needed - total) / rate
        total += rate * (stop - start)
    quick = reached(ends, sums, needed)

    assert (quick is None) == (slow is None) or abs(total - needed) < 1e-12
    assert quick is None or slow is None or quick == pytest.approx(slow)


def test_what_was_added_and_what_is_left_make_the_whole() -> None:
    ends = edges(0.0, 0.0, 4)
    sums = cumulated(ends, np.array([0.1, 0.2, 0.3, 0.4]))

    assert added(ends, sums, 1.5) == pytest.approx(0.2)
    assert reached(ends, sums, 0.6) == pytest.approx(3.0)
    assert reached(ends, sums, 1.01) is None
