"""One polling table, voter by voter: the specification that the array kernel (models/queue.py) is
held to.

Every voter is a process. She comes, looks at the work before her, leaves when that is longer than
her patience, else joins one line for c machines; the table opens late and may fail; whoever is in
line at closing votes. All times come from a tape.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

import simpy

from sim.models.polling_day.voter_draws import Tape


@dataclass(frozen=True, slots=True)
class TableDay:
    """What the tape holds for one table: seconds after the legal opening; patience inf: never
    leaves; failure (start, end).
    """

    arrivals: Sequence[float]
    services: Sequence[float]
    patience: Sequence[float]
    opening: float = 0.0
    failure: tuple[float, float] = (0.0, 0.0)
    machines: int = 1


@dataclass(slots=True)
class TableLog:
    """What happened: the wait of each voter in order of arrival (None: she left), and the end of
    the last service.
    """

    waits: list[float | None]
    finish: float
    ends: dict[int, float] = field(default_factory=dict)
    line: list[int] = field(default_factory=list)


def table_of(tape: Tape, column: int, machines: int = 1) -> TableDay:
    """Return one column of a tape (models/tape.py) as the day of one table."""
    n = int(tape.voters[column])
    return TableDay(
        arrivals=tape.arrivals[:n, column].tolist(),
        services=tape.services[:n, column].tolist(),
        patience=[math.inf] * n if tape.patience is None else tape.patience[:n, column].tolist(),
        opening=float(tape.opening[column]),
        failure=(0.0, 0.0)
        if tape.failure is None
        else (float(tape.failure[0, column]), float(tape.failure[1, column])),
        machines=machines,
    )


def run_table(day: TableDay) -> TableLog:
    """Run one table from opening to the last voter in line."""
    env = simpy.Environment()
    machines = simpy.Resource(env, capacity=day.machines)
    log = TableLog([None] * len(day.arrivals), day.opening)
    for voter in range(len(day.arrivals)):
        env.process(_voter(env, machines, day, log, voter))
    env.run()
    return log


def _voter(
    env: simpy.Environment, machines: simpy.Resource, day: TableDay, log: TableLog, voter: int
) -> Generator[simpy.Event, Any, None]:
    yield env.timeout(day.arrivals[voter])
    if day.patience[voter] < math.inf and _wait_ahead(env.now, day, log) > day.patience[voter]:
        return
    log.line.append(voter)
    with machines.request() as turn:
        yield turn
        start = _ready(day, env.now)
        log.line.remove(voter)
        log.waits[voter] = start - day.arrivals[voter]
        log.ends[voter] = start + day.services[voter]
        log.finish = max(log.finish, log.ends[voter])
        yield env.timeout(log.ends[voter] - env.now)
        del log.ends[voter]


def _ready(day: TableDay, moment: float) -> float:
    """Return when a voter who has a machine at `moment` is served: after the opening, and not
    during the failure.
    """
    moment = max(moment, day.opening)
    return day.failure[1] if day.failure[0] <= moment < day.failure[1] else moment


def _wait_ahead(now: float, day: TableDay, log: TableLog) -> float:
    """Return the wait that a voter who comes now has before her, by playing the line forward."""
    free = list(log.ends.values()) + [now] * (day.machines - len(log.ends))
    heapq.heapify(free)
    for voter in log.line:
        heapq.heapreplace(free, _ready(day, max(free[0], now)) + day.services[voter])
    return _ready(day, max(free[0], now)) - now
