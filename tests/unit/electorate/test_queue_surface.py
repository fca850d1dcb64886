from __future__ import annotations

import numpy as np

from sim.models.polling_day.queue_surface import (
    LOST,
    MEAN_WAIT,
    OVER_30,
    OVERRUN,
    P95_WAIT,
    failure_as_delay,
    polling_day,
    surface_for,
)
from sim.models.polling_day.voter_draws import TableDraws
from sim.records.parameters.vote.day import Day, Opening, Patience, Surface
from sim.rng import Streams

SMALL = Surface(tables=40, load_step=0.1, delay_step_minutes=30.0)
DAY = Day(surface=SMALL)
PATIENT = Day(surface=SMALL, patience=Patience(on=True))


def test_surface_never_falls_in_load_or_delay() -> None:
    nodes = surface_for(PATIENT, 720.0).nodes[..., [LOST, MEAN_WAIT, P95_WAIT, OVER_30, OVERRUN]]

    assert [(np.diff(nodes, axis=axis) >= 0).all() for axis in (0, 1)] == [True, True]


def test_lookup_returns_a_node_at_its_own_load_and_delay() -> None:
    surface = surface_for(PATIENT, 720.0)
    found = surface.at(
        np.array([0.2, 0.9, 5.0], np.float32), np.array([0.0, 60.0, 999.0], np.float32)
    )

    assert np.allclose(found.T, surface.nodes[[0, 7, -1], [0, 2, -1]], atol=1e-3)


def test_a_grid_of_one_step_has_two_nodes_to_interpolate_between() -> None:
    one = Surface(
        tables=20, load_step=0.2, load_high=0.25, delay_high_minutes=40, delay_step_minutes=120
    )
    found = polling_day(np.array([60, 900], np.int32), Day(surface=one), 720.0, Streams(1, 0))

    assert surface_for(Day(surface=one), 720.0).nodes.shape[:2] == (2, 2)
    assert found.mean_wait[0] <= found.mean_wait[1] < 60


def test_surface_is_built_once_whatever_opens_late() -> None:
    late = PATIENT.model_copy(update={"opening": Opening(late_share=0.8)})

    assert surface_for(late, 720.0) is surface_for(PATIENT, 720.0)


def test_slower_service_and_later_opening_at_some_tables_touch_only_these() -> None:
    intended = np.full(500, 450, np.int32)
    factor = np.ones(500, np.float32)
    factor[::5] = 1.5
    plain = polling_day(intended, PATIENT, 720.0, Streams(1, 0))
    slow = polling_day(
        intended, PATIENT, 720.0, Streams(1, 0), factor, (factor > 1) * np.float32(60)
    )
    same = factor == 1

    assert np.array_equal(plain.left[same], slow.left[same])
    assert [(slow.left >= plain.left).all(), (slow.mean_wait > plain.mean_wait)[~same].all()] == [
        True,
        True,
    ]


def test_nobody_leaves_when_patience_is_off() -> None:
    day = polling_day(np.full(300, 700, np.int32), DAY, 720.0, Streams(1, 0))

    assert (day.left.sum(), day.left.dtype, day.closing_minute.dtype) == (0, np.int32, np.float32)


def test_no_table_closes_before_the_legal_hour_and_idle_tables_close_on_it() -> None:
    day = polling_day(np.full(300, 50, np.int32), DAY, 720.0, Streams(1, 0))

    assert (day.closing_minute.min(), np.median(day.closing_minute)) == (720.0, 720.0)


def test_a_failure_before_the_first_voter_is_a_late_opening_and_after_the_last_is_nothing() -> None:
    drawn = TableDraws(
        np.zeros(3, np.float32),
        np.array([0, 720, 100], np.float32),
        np.array([40, 40, 0], np.float32),
    )

    assert failure_as_delay(drawn, DAY, 720.0).tolist() == [40.0, 0.0, 0.0]


def test_kernel_level_fills_the_same_record() -> None:
    exact = DAY.model_copy(update={"level": "kernel"})
    day = polling_day(np.full(50, 420, np.int32), exact, 720.0, Streams(1, 0))

    assert [
        len(day.left),
        day.left.dtype,
        day.mean_wait.dtype,
        bool((day.p95_wait >= day.mean_wait).all()),
    ] == [50, np.int32, np.float32, True]
