"""Closed forms of waiting lines against published and independently computed values."""

from __future__ import annotations

import numpy as np
import pytest

from sim.models.polling_day.erlang import (
    allen_cunneen,
    deterministic_wait,
    erlang_c,
    fluid_overrun,
    mean_wait,
    overload_overrun,
    queue_stop_voters,
    wait_tail,
)

CASES = [
    (1, 0.8, 0.8, 4.0),
    (2, 1.6, 0.711111, 1.777778),
    (3, 2.0, 0.444444, 0.444444),
    (5, 4.0, 0.554113, 0.554113),
    (10, 8.0, 0.409180, 0.204590),
    (20, 18.0, 0.550769, 0.275385),
]


@pytest.mark.parametrize(("servers", "offered", "waiting", "wait"), CASES)
def test_erlang_c_and_its_mean_wait(
    servers: int, offered: float, waiting: float, wait: float
) -> None:
    assert [round(erlang_c(servers, offered), 6), round(mean_wait(servers, offered, 1.0), 6)] == [
        waiting,
        wait,
    ]


def test_wait_tail_starts_at_erlang_c_and_falls_exponentially() -> None:
    assert [round(wait_tail(1, 0.8, 1.0, t), 6) for t in (0.0, 5.0)] == [0.8, 0.294304]


@pytest.mark.parametrize(
    ("service", "wait", "over_30"),
    [(1.0, 1.5, 0.0), (1.3, 4.4, 0.0), (1.45, 8.9, 0.047), (1.6, 29.7, 0.36)],
)
def test_flat_arrivals_at_one_table_tip_between_1_45_and_1_6_minutes(
    service: float, wait: float, over_30: float
) -> None:
    rate = 427 / 720

    assert mean_wait(1, rate, service) == pytest.approx(wait, abs=0.06)
    assert wait_tail(1, rate, service, 30.0) == pytest.approx(over_30, abs=0.005)


def test_deterministic_service_waits_half_as_long() -> None:
    assert [deterministic_wait(0.8), round(allen_cunneen(1, 0.8, 1.0, 1.0, 0.0), 12)] == [
        pytest.approx(2.0),
        2.0,
    ]


def test_a_line_without_steady_state_is_an_error() -> None:
    with pytest.raises(ValueError, match="no steady state"):
        erlang_c(2, 2.0)


def test_queue_stop_rule_allows_half_of_capacity() -> None:
    assert [queue_stop_voters(1, 720, 1.0), queue_stop_voters(3, 780, 4.5)] == [360, 260]


def test_overload_runs_over_by_the_work_that_is_left() -> None:
    assert [overload_overrun(800, 1.0, 720), overload_overrun(500, 1.0, 720)] == [80.0, 0.0]


def test_fluid_overrun_counts_a_late_opening_and_a_late_rush() -> None:
    flat, rush = (1.0,) * 12, (0.0,) * 11 + (1.0,)

    assert fluid_overrun([0.5, 1.2], [0.75, 0.0], flat, 720.0).round(6).tolist() == [180.0, 144.0]
    assert fluid_overrun(np.array([0.5]), [0.0], rush, 720.0).round(6).tolist() == [300.0]
