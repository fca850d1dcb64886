from __future__ import annotations

import math

import numpy as np
import pytest

from sim.models.chain.call_centre import answered, peak_load, reported_at
from sim.models.polling_day.service_centre import served_at
from sim.records.parameters.vote.calls import Calls
from sim.rng import Streams


def test_two_centres_scan_first_come_first_served() -> None:
    done = served_at(
        np.array([5.0, 0, 1, 0, math.inf]), np.array([0, 0, 0, 1, 1]), servers=1, service=2.0
    )

    assert done.tolist() == [7.0, 2.0, 4.0, 2.0, math.inf]


def test_a_second_operator_takes_every_other_sheet() -> None:
    done = served_at(np.zeros(5), np.zeros(5, np.int64), servers=2, service=2.0)

    assert done.tolist() == [2.0, 2.0, 4.0, 4.0, 6.0]


def test_arrivals_before_zero_are_an_error() -> None:
    with pytest.raises(ValueError, match="arrivals from 0 on"):
        served_at(np.array([-1.0]), np.array([0]), servers=1, service=2.0)


def test_no_sheets_are_no_work() -> None:
    assert served_at(np.zeros(0), np.zeros(0, np.int64), servers=1, service=2.0).tolist() == []


def test_a_caller_hangs_up_and_gets_through_on_the_second_call() -> None:
    p = Calls(operators=1, hang_up_minutes=20.0, retry_minutes=30.0, retries=1)
    through = answered(np.array([0.0, 1.0, 60.0]), np.array([45.0, 10.0, 5.0]), p)

    assert through.tolist() == [0.0, 51.0, 61.0]


def test_a_caller_gives_up_after_her_last_call() -> None:
    p = Calls(operators=1, hang_up_minutes=20.0, retry_minutes=30.0, retries=1)

    assert answered(np.array([0.0, 1.0]), np.array([200.0, 10.0]), p).tolist() == [0.0, math.inf]


def test_a_quiet_centre_keeps_the_stamps_and_a_busy_one_delays_them() -> None:
    stamps = np.linspace(0, 300, 600)
    quiet, busy = Calls(operators=40), Calls(operators=10)

    assert (peak_load(stamps, quiet) < 0.9 < peak_load(stamps, busy)) is True
    assert np.array_equal(reported_at(stamps, quiet, Streams(1, 0)), stamps)
    assert (reported_at(stamps, busy, Streams(1, 0)) >= stamps).all()


def test_more_operators_never_answer_later_when_nobody_hangs_up() -> None:
    stamps = np.sort(np.random.default_rng(3).uniform(0, 60, 200))
    waits = [
        reported_at(stamps, Calls(operators=c, hang_up_minutes=600.0), Streams(1, 0)).sum()
        for c in (10, 15, 20)
    ]

    assert waits == sorted(waits, reverse=True)
