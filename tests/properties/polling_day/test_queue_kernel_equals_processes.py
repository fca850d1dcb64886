"""The array kernel against one SimPy process a voter, on the same tape: every wait and every end
equal bit for bit.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.polling_day.queue import serve
from sim.models.polling_day.voter_draws import Tape, dyadic
from sim.processes.day.voter_queue import run_table, table_of

MACHINES = (1, 2, 3, 5)


def draw(
    seed: int, tables: int, most: int, patient: bool, failing: bool, machines: int = 1
) -> Tape:
    rng = np.random.default_rng(seed)
    voters = np.sort(rng.integers(0, most + 1, tables))[::-1].astype(np.int32)
    day = 60.0 * most * rng.uniform(0.2, 2.0) / machines
    arrivals = dyadic(day * rng.random((most, tables)) ** rng.uniform(1, 2))
    arrivals[np.arange(most)[:, None] >= voters] = np.inf
    late = rng.random(tables) < 0.5
    start = rng.uniform(0, day, tables)
    return Tape(
        order=np.arange(tables),
        voters=voters,
        arrivals=np.sort(arrivals, axis=0),
        services=dyadic(rng.lognormal(4.0, 0.5, (most, tables))),
        patience=dyadic(rng.lognormal(6.0, 1.0, (most, tables))) if patient else None,
        opening=dyadic(np.where(late, rng.uniform(0, day / 3, tables), 0)),
        failure=np.stack((dyadic(start), dyadic(start + rng.uniform(1, day / 4, tables))))
        if failing
        else None,
    )


def by_processes(tape: Tape, table: int, machines: int) -> tuple[float, list[float]]:
    log = run_table(table_of(tape, table, machines))
    return log.finish, [-1.0 if wait is None else wait for wait in log.waits]


def differences(tape: Tape, machines: int) -> int:
    """Count the ends and waits in which kernel and processes differ in any bit."""
    served = serve(tape, machines, record_every=1)
    assert served.waits is not None
    found = 0
    for table, n in enumerate(tape.voters):
        finish, waits = by_processes(tape, table, machines)
        found += (finish != served.finish[table]) + int(
            (served.waits[:n, table] != np.array(waits)).sum()
        )
        found += waits.count(-1.0) != served.left[table]
    return found


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), machines=st.sampled_from(MACHINES), patient=st.booleans())
def test_kernel_equals_processes_bit_for_bit(seed: int, machines: int, patient: bool) -> None:
    assert (
        differences(
            draw(seed, tables=6, most=40, patient=patient, failing=False, machines=machines),
            machines,
        )
        == 0
    )


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), machines=st.sampled_from(MACHINES), patient=st.booleans())
def test_kernel_equals_processes_when_machines_fail(
    seed: int, machines: int, patient: bool
) -> None:
    assert (
        differences(
            draw(seed, tables=6, most=40, patient=patient, failing=True, machines=machines),
            machines,
        )
        == 0
    )


@pytest.mark.parametrize("machines", MACHINES)
def test_kernel_equals_processes_on_long_days(machines: int) -> None:
    tape = draw(7000 + machines, tables=8, most=400, patient=True, failing=False, machines=machines)

    served = serve(tape, machines, record_every=1)

    assert served.waits is not None
    assert (differences(tape, machines), (served.waits > 0).any(), (served.left > 0).any()) == (
        0,
        True,
        True,
    )


@settings(max_examples=50, deadline=None)
@given(
    arrivals=st.lists(st.integers(0, 20), min_size=1, max_size=12),
    opening=st.integers(0, 15),
    patience=st.integers(0, 10),
    machines=st.sampled_from(MACHINES),
)
def test_ties_of_arrivals_and_ends_change_nothing(
    arrivals: list[int], opening: int, patience: int, machines: int
) -> None:
    n = len(arrivals)
    column = np.sort(np.array(arrivals, np.float32))[:, None]
    tape = Tape(
        order=np.arange(1),
        voters=np.array([n], np.int32),
        arrivals=column,
        services=np.full((n, 1), 4.0, np.float32),
        patience=np.full((n, 1), patience, np.float32),
        opening=np.array([opening], np.float32),
        failure=None,
    )

    assert differences(tape, machines) == 0


@pytest.mark.slow
@pytest.mark.parametrize("machines", MACHINES)
def test_kernel_equals_processes_on_thousands_of_tapes(machines: int) -> None:
    differ = [
        differences(
            draw(
                seed,
                tables=6,
                most=60,
                patient=seed % 2 == 0,
                failing=seed % 4 == 3,
                machines=machines,
            ),
            machines,
        )
        for seed in range(1000 * machines, 1000 * machines + 400)
    ]

    assert sum(differ) == 0
