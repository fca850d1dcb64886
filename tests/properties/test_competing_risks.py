"""The inversion of cumulative hazards against a slow walk over half-days, and its two
invariances.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.electorate.polls import arrival_days
from sim.models.strategy.competing_risks import (
    edges_from,
    faded,
    first_to_fire,
    integrate,
    memory_of,
    nearness,
    thinned,
    used_up,
    window,
)

days = st.floats(-30, 30)
units = st.floats(0.01, 3)


def rates_on(edges: np.ndarray) -> np.ndarray:
    return np.stack((0.05 * np.exp(0.02 * edges[:-1]), 0.03 + 0.02 * np.cos(edges[:-1])))


def slow_first(
    edges: np.ndarray, rates: np.ndarray, exponentials: tuple[float, float]
) -> tuple[float, int] | None:
    left = list(exponentials)
    for i, width in enumerate(np.diff(edges)):
        hits = [
            (edges[i] + left[k] / rates[k, i], k)
            for k in range(2)
            if left[k] <= rates[k, i] * width
        ]
        if hits:
            return min(hits)
        left = [left[k] - rates[k, i] * width for k in range(2)]
    return None


@given(days, units, units)
def test_the_first_cause_is_what_a_walk_over_half_days_finds(
    start: float, a: float, b: float
) -> None:
    edges = edges_from(start, 60.0)
    quick, slow = (
        first_to_fire(integrate(edges, rates_on(edges)), np.array([a, b])),
        slow_first(edges, rates_on(edges), (a, b)),
    )

    assert (quick is None) == (slow is None)
    if quick is not None and slow is not None:
        assert quick[0] == pytest.approx(slow[0], abs=1e-9)


@given(days, st.floats(0.1, 20), units)
def test_stopping_on_the_way_does_not_move_the_day_on_which_a_cause_fires(
    start: float, wait: float, a: float
) -> None:
    edges, later = edges_from(start, 60.0), edges_from(start + wait, 60.0 - wait)
    whole = integrate(edges, np.full((1, len(edges) - 1), 0.05))
    rest = integrate(later, np.full((1, len(later) - 1), 0.05))
    left = np.array([a]) - used_up(whole, start + wait)
    direct = first_to_fire(whole, np.array([a]))

    if direct is not None and direct[0] > start + wait:
        resumed = first_to_fire(rest, left)
        assert resumed is not None
        assert resumed[0] == pytest.approx(direct[0], abs=1e-9)


@given(days, st.floats(-5, 70))
def test_what_is_used_up_by_a_day_lies_on_the_line_between_the_edges(
    start: float, wait: float
) -> None:
    edges = edges_from(start, 60.0)
    integral = integrate(edges, rates_on(edges))
    slow = [np.interp(start + wait, edges, row) for row in integral.cumulative]

    assert used_up(integral, start + wait) == pytest.approx(slow, abs=1e-12)


@given(days, st.floats(0.1, 60))
def test_the_poll_is_an_edge_and_no_longer_near_once_it_is_held(start: float, ahead: float) -> None:
    poll = start + ahead
    edges, moving = window(start, 96.0, poll, 20.0, (0.0,), 30.0)

    assert np.all(np.diff(edges) >= 0)
    assert ((moving[0] > 0) == (edges[:-1] < poll)).all()
    assert poll in edges or poll % 0.5 == 0


@given(days, st.floats(0.6, 100))
def test_edges_are_half_days_between_start_and_end(start: float, length: float) -> None:
    edges = edges_from(start, length)

    assert (edges[0], edges[-1]) == (start, start + length)
    assert np.all(np.diff(edges) >= 0)
    assert np.diff(edges).max() <= 0.5 + 1e-9


def test_breaches_before_the_start_weigh_1_15_and_fade_by_half_in_sixty_days() -> None:
    memory = memory_of([-184.0, -125.0, -61.0], -26.0, 60.0)

    assert memory == pytest.approx(1.15, abs=0.005)
    assert faded(np.array([34.0]), memory, -26.0, 60.0)[0] == pytest.approx(memory / 2)


def test_nearness_grows_to_the_poll_and_is_nothing_after_it() -> None:
    assert nearness(np.array([-30.0, -1e-9, 0.0, 9.0]), 0.0, 30.0) == pytest.approx(
        [np.exp(-1), 1, 0, 0]
    )


def test_thinned_rounds_never_succeed_more_often_than_always() -> None:
    assert (thinned(0.1, 1.1), thinned(5.0, 1.1)) == pytest.approx((1 / 11, 1.0))


def test_polls_arrive_at_cumulated_gaps_before_the_ban() -> None:
    assert arrival_days([1.0, 0.5, 1.0, 9.0], 7.0, -26.0, -6.0) == [-19.0, -15.5, -8.5]
