from __future__ import annotations

import numpy as np
import pytest

from sim.models.polling_day.queue import kernel_day, serve, wait_statistics
from sim.models.polling_day.voter_draws import Tape, draw_blocks, draw_tables, join_tapes
from sim.records.parameters.vote.day import Day, Patience
from sim.rng import Streams

PATIENT = Day(patience=Patience(on=True))


def one_table(
    arrivals: list[float],
    services: list[float],
    opening: float = 0.0,
    patience: list[float] | None = None,
) -> Tape:
    column = [
        np.array(times, np.float32)[:, None] for times in (arrivals, services, patience or [])
    ]
    return Tape(
        order=np.arange(1),
        voters=np.array([len(arrivals)], np.int32),
        arrivals=column[0],
        services=column[1],
        patience=column[2] if patience else None,
        opening=np.array([opening], np.float32),
        failure=None,
    )


def voters(tables: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 120, tables).astype(np.int32)


def test_five_voters_wait_as_lindley_says() -> None:
    served = serve(one_table([0, 1, 2, 10, 11], [3, 3, 3, 3, 3]), record_every=1)

    assert served.waits is not None
    assert (served.waits[:, 0].tolist(), served.finish.tolist()) == ([0, 2, 4, 0, 2], [16])


def test_two_machines_share_one_line() -> None:
    served = serve(one_table([0, 1, 2, 3], [5, 5, 5, 5]), machines=2, record_every=1)

    assert served.waits is not None
    assert served.waits[:, 0].tolist() == [0, 0, 3, 3]


def test_a_late_opening_holds_everybody_and_an_impatient_voter_leaves() -> None:
    served = serve(
        one_table([0, 1, 2], [4, 4, 4], opening=10, patience=[20, 12, 20]), record_every=1
    )

    assert served.waits is not None
    assert (served.waits[:, 0].tolist(), served.left.tolist(), served.finish.tolist()) == (
        [10, -1, 12],
        [1],
        [18],
    )


def test_overload_closes_after_all_the_work() -> None:
    served = serve(one_table([0.0] * 100, [60.0] * 100))

    assert served.finish.tolist() == [6000.0]


def test_a_day_beyond_the_exact_range_is_computed_in_double_precision() -> None:
    served = serve(one_table([0.0] * 1000, [200.0078125] * 1000))

    assert (served.finish.dtype == np.float64, served.finish[0]) == (True, 200007.8125)


def test_wait_statistics_leave_out_voters_who_left() -> None:
    mean, p95, over = wait_statistics(np.array([[600.0], [-1.0], [3600.0], [-1.0]], np.float32))

    assert [mean[0], p95[0], over[0]] == [35.0, 60.0, 0.5]


@pytest.mark.parametrize("machines", [1, 2])
def test_whole_country_and_blocks_give_the_same_numbers(machines: int) -> None:
    blocks = list(draw_blocks(voters(5000), PATIENT, 60.0, Streams(7, 0)))
    whole = join_tapes(blocks)
    together, apart = np.zeros((2, 5000)), np.zeros((2, 5000))
    served = serve(whole, machines)
    together[:, whole.order] = served.finish, served.left
    for tape in blocks:
        served = serve(tape, machines)
        apart[:, tape.order] = served.finish, served.left

    assert (len(blocks), np.array_equal(together, apart), together[1].sum() > 0) == (2, True, True)


def test_more_voters_at_one_table_move_no_other_table() -> None:
    few = voters(200)
    more = few.copy()
    more[17] += 300
    days = [
        kernel_day(draw_blocks(v, PATIENT, 60.0, Streams(7, 0)), 200, 1, 60.0) for v in (few, more)
    ]
    others = np.arange(200) != 17

    assert np.array_equal(days[0].mean_wait[others], days[1].mean_wait[others])


def test_every_voter_votes_or_leaves_and_nobody_leaves_without_impatience() -> None:
    counts = voters(300)
    tape = next(draw_blocks(counts, PATIENT, 60.0, Streams(3, 1)))
    served = serve(tape, record_every=1)
    plain = kernel_day(draw_blocks(counts, Day(), 60.0, Streams(3, 1)), 300, 1, 60.0)

    assert served.waits is not None
    assert np.array_equal((served.waits >= 0).sum(axis=0) + served.left, tape.voters)
    assert plain.left.sum() == 0


def test_waits_never_fall_when_service_is_slower() -> None:
    waits = []
    for factor in (1.0, 1.2, 1.5):
        tape = next(draw_blocks(voters(300), Day(), 60.0, Streams(3, 1), service_factor=factor))
        served = serve(tape, record_every=1)
        assert served.waits is not None
        waits.append(served.waits)

    assert [(waits[1] >= waits[0]).all(), (waits[2] >= waits[1]).all()] == [True, True]


def test_a_table_that_nobody_visits_closes_on_time() -> None:
    day = kernel_day(draw_blocks(np.zeros(3, np.int32), PATIENT, 720.0, Streams(1, 0)), 3, 1, 720.0)

    assert (day.closing_minute.tolist(), day.mean_wait.tolist()) == ([720.0] * 3, [0.0] * 3)


def test_failing_tables_grow_with_their_probability() -> None:
    def failing(share: float) -> np.ndarray:
        day = Day.model_validate({"failures": {"table_share": share}})
        return draw_tables(1000, day, Streams(5, 0), 720.0).failure_length

    few, many = failing(0.05), failing(0.15)

    assert (
        np.array_equal(few[few > 0], many[few > 0]),
        (many > 0).sum() > (few > 0).sum() > 30,
    ) == (True, True)
