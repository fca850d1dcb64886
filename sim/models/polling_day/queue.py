"""The queue at polling tables: all tables at once, one step a voter (Kiefer and Wolfowitz 1955;
Lindley 1952 for one machine).

For the k-th voter of each table, with F_1 <= ... <= F_c the moments at which the c machines fall
free:

    start = max(F_1, arrival);  a start inside a failure waits for its end;  wait = start - arrival
    she leaves when wait > patience, else F_1 becomes start + service and F is sorted again

Nobody joins after closing, and all who are in line then vote. The readable specification is
processes/voter_queue.py, and a test holds this kernel equal to it bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.models.polling_day.voter_draws import EXACT_SECONDS, Tape

LONG_WAIT_SECONDS = 1800.0
ABSENT = -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """What happened at M tables, columns in the tape's order. Seconds.

    finish: (..., M) end of the last service (the opening where nobody was served). left: (..., M)
    int32, voters who left. voters who voted = voters - left. waits: (recorded slots, ..., M), -1
    for a slot without a voter who voted; None when not asked for.
    """

    finish: NDArray[Any]
    left: NDArray[np.int32]
    waits: NDArray[Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class DayAtTables:
    """The polling day of M tables in canonical order: what fills the record of truth. Minutes,
    float32.

    left: (M,) int32. closing_minute: after the legal opening. mean_wait, p95_wait: over those who
    voted (0 where nobody did). over_30_share: share of those who voted that waited over 30 minutes.
    delay: minutes from legal opening to opening.
    """

    left: NDArray[np.int32]
    closing_minute: NDArray[np.float32]
    mean_wait: NDArray[np.float32]
    p95_wait: NDArray[np.float32]
    over_30_share: NDArray[np.float32]
    delay: NDArray[np.float32]


def serve(tape: Tape, machines: int = 1, record_every: int = 0) -> Served:
    """Run the day of all tables of a tape.

    Args:
        machines: c, service points of each table; one line feeds all of them.
        record_every: keep the wait of every n-th voter; 0 keeps none.

    Runs in the tape's own precision; a float32 day that ends after 2^17 s is run again in float64,
    where it is exact.
    """
    if machines == 1 and tape.patience is None and tape.failure is None and not record_every:
        finish = _finish_only(tape)
        served = Served(finish, np.zeros(finish.shape, np.int32), None)
    else:
        served = _serve(tape, machines, record_every)
    if served.finish.dtype == np.float32 and served.finish.max(initial=0.0) >= EXACT_SECONDS:
        return serve(_in_double(tape), machines, record_every)
    return served


def _active(tape: Tape) -> list[int]:
    ascending = tape.voters[::-1]
    most = int(tape.voters[0]) if len(tape.voters) else 0
    return (len(ascending) - np.searchsorted(ascending, np.arange(most), side="right")).tolist()  # type: ignore[no-any-return]


def _finish_only(tape: Tape) -> NDArray[Any]:
    free = np.array(tape.opening)
    for arrival, service, active in zip(tape.arrivals, tape.services, _active(tape), strict=False):
        now = free[..., :active]
        np.maximum(now, arrival[:active], out=now)
        np.add(now, service[:active], out=now)
    return free


def _serve(tape: Tape, machines: int, record_every: int) -> Served:
    lanes = tape.opening.shape
    free = np.repeat(tape.opening[None], machines, axis=0)
    left = np.zeros(lanes, np.int32)
    end, wait, gone = (
        np.empty(lanes, free.dtype),
        np.empty(lanes, free.dtype),
        np.empty(lanes, np.bool_),
    )
    active = _active(tape)
    waits = _no_waits(len(active), record_every, lanes, free.dtype) if record_every else None
    for k, m in enumerate(active):
        line, e, w = free[..., :m], end[..., :m], wait[..., :m]
        arrival = tape.arrivals[k, :m]
        np.maximum(line[0], arrival, out=e)
        if tape.failure is not None:
            _wait_for_repair(e, tape.failure[:, :m])
        recorded = waits is not None and k % record_every == 0
        if waits is not None and recorded:
            w = waits[k // record_every, ..., :m]
        np.subtract(e, arrival, out=w)
        np.add(e, tape.services[k, :m], out=e)
        if tape.patience is not None:
            leaves = np.greater(w, tape.patience[k, :m], out=gone[..., :m])
            np.copyto(e, line[0], where=leaves)
            if recorded:
                np.copyto(w, ABSENT, where=leaves)
            left[..., :m] += leaves
        _insert(line, e, machines)
    return Served(free.max(axis=0), left, waits)


def _no_waits(voters: int, every: int, lanes: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    return np.full((-(-voters // every), *lanes), ABSENT, dtype=dtype)


def _wait_for_repair(start: NDArray[Any], failure: NDArray[Any]) -> None:
    np.copyto(start, failure[1], where=(start >= failure[0]) & (start < failure[1]))


def _insert(line: NDArray[Any], end: NDArray[Any], machines: int) -> None:
    """Replace the smallest of the c sorted moments by `end` and sort again, by c - 1 exchanges of
    neighbours.
    """
    for j in range(1, machines):
        np.minimum(end, line[j], out=line[j - 1])
        np.maximum(end, line[j], out=end)
    line[machines - 1] = end


def _in_double(tape: Tape) -> Tape:
    return replace(
        tape,
        arrivals=tape.arrivals.astype(np.float64),
        services=tape.services.astype(np.float64),
        patience=None if tape.patience is None else tape.patience.astype(np.float64),
        opening=tape.opening.astype(np.float64),
        failure=None if tape.failure is None else tape.failure.astype(np.float64),
    )


def wait_statistics(
    waits: NDArray[Any],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return mean wait and 95th percentile (minutes) and the share over 30 minutes of each column
    of (n, M) waits in seconds.
    """
    rows = np.ascontiguousarray(waits.T)
    rows.sort(axis=1)
    absent = (rows < 0).sum(axis=1)
    voted = rows.shape[1] - absent
    at = absent + np.maximum(np.ceil(0.95 * voted).astype(np.int64) - 1, 0)
    p95 = np.maximum(rows[np.arange(len(rows)), np.minimum(at, rows.shape[1] - 1)], 0.0)
    some = np.maximum(voted, 1)
    mean = (rows.sum(axis=1, dtype=np.float64) + absent) / some
    over = (rows > LONG_WAIT_SECONDS).sum(axis=1) / some
    return (
        (mean / 60.0).astype(np.float32),
        (p95 / 60.0).astype(np.float32),
        over.astype(np.float32),
    )


def kernel_day(
    blocks: Iterable[Tape], tables: int, machines: int, minutes_open: float
) -> DayAtTables:
    """Return the polling day of all tables, computed voter by voter, one block of tables after the
    other.
    """
    day = DayAtTables(np.zeros(tables, np.int32), *(np.zeros(tables, np.float32) for _ in range(5)))
    for tape in blocks:
        served = serve(tape, machines, record_every=1)
        assert served.waits is not None
        day.left[tape.order] = served.left
        day.closing_minute[tape.order] = np.maximum(served.finish / 60.0, minutes_open)
        day.delay[tape.order] = tape.opening / 60.0
        mean, p95, over = wait_statistics(served.waits) if len(served.waits) else (0.0, 0.0, 0.0)
        day.mean_wait[tape.order], day.p95_wait[tape.order], day.over_30_share[tape.order] = (
            mean,
            p95,
            over,
        )
    return day
