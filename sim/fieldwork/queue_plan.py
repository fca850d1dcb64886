"""A planner's question about one polling centre: how long will voters wait, and when will it close?

Every replicate is one day with the same number of voters; an interval is over days, never over
voters of a day.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.models.polling_day.erlang import (
    allen_cunneen,
    erlang_c,
    mean_wait,
    overload_overrun,
    queue_stop_voters,
    wait_tail,
)
from sim.models.polling_day.queue import LONG_WAIT_SECONDS, serve, wait_statistics
from sim.models.polling_day.voter_draws import Tape, draw_voters, sorted_arrivals
from sim.processes.day.voter_queue import run_table, table_of
from sim.records.parameters.vote.day import Day, Failures, Opening, Patience
from sim.records.results.drawn import Drawn
from sim.records.results.shown import Record, cells
from sim.records.results.summary import Progress, Watcher
from sim.rng import generator

PLAN = "plan"
MOST_CELLS = 20_000_000
MOST_VOTERS = 20_000
MOST_REPLAYED = 200_000
"""Voters that are played one by one in SimPy, over all replayed days: about twenty seconds."""
MOST_MACHINES = 100
STEPS = 10
"""Runs of all days that a question usually takes: one as asked, the others in search of enough
machines.
"""
FLAT = (1.0,)
LONG_WAIT_MINUTES = LONG_WAIT_SECONDS / 60.0
ALLOWED_CHANCE = 0.10


@dataclass(frozen=True, slots=True)
class Question:
    """One line before `machines` service points. `opens_minute` counts from midnight; `arrivals` is
    flat or morning. `replay`: how many of the days to run again in SimPy, one process a voter.

    The defaults are assumptions: a table of 717 registered voters at turnout .60, and 55 seconds at
    the bottleneck.
    """

    machines: int = 1
    voters: int = 430
    service_minutes: float = 0.92
    hours: float = 12.0
    cv: float = 0.5
    patience: bool = False
    arrivals: str = "flat"
    opens_minute: float = 360.0
    replicates: int = 400
    entropy: int = 0x5EED
    replay: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over days, its Monte Carlo error, and where nine days in ten lie."""

    mean: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Steady:
    """Closed forms for voters who come evenly and without end; None in a plan when the line would
    grow without limit.

    waiting_share: Erlang C. mean_wait, over_30_share: M/M/c. mean_wait_cv: Allen and Cunneen, with
    the cv of service.
    """

    waiting_share: float
    mean_wait: float
    mean_wait_cv: float
    over_30_share: float


@dataclass(frozen=True, slots=True, repr=False)
class QueuePlan(Drawn):
    """The answer. Minutes and shares; `closing_minute` counts from midnight.

    any_over_30: 1 on a day on which somebody waited over 30 minutes. enough_machines: the fewest
    with which that happens on at most one day in ten when all stay in line (None: not even 100).
    stop_machines: the rule of thumb's number, which looks at the work alone. replays_equal:
    replayed days of which every wait and the closing agree to the last bit.
    """

    question: Question
    load: float
    mean_wait: Estimate
    p95_wait: Estimate
    any_over_30: Estimate
    over_30_share: Estimate
    left_share: Estimate
    closing_minute: Estimate
    steady: Steady | None
    stop_voters: int
    stop_machines: int
    least_overrun_minutes: float
    enough_machines: int | None
    replays_equal: int

    def in_short(self) -> str:
        """Return the centre, the mean wait and the machines that suffice."""
        q, enough = self.question, self.enough_machines
        return (
            f"{q.voters:,} voters, {q.machines} machines: mean wait {self.mean_wait.mean:.1f} "
            f"minutes; {enough or 'over 100'} machines suffice"
        )

    def records(self) -> list[Record]:
        """Return one record an estimate."""
        return [
            {"quantity": field.name, **cells(value)}
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), Estimate)
        ]


def plan_queue(question: Question, watch: Watcher | None = None) -> QueuePlan:
    """Simulate `replicates` days of the centre and put the closed forms beside them; `watch` hears
    after each run of all days.

    Raises:
        InputError: every value that cannot be used, at once.
    """
    check(question)
    q, told = question, _Told(watch)
    tape = _tape(q)
    waits, left, finish = _days(tape, q.machines)
    told.step()
    mean, p95, over = wait_statistics(waits)
    any_over = np.asarray((waits > LONG_WAIT_SECONDS).any(axis=0), dtype=np.float64)
    open_minutes = 60.0 * q.hours
    closing = np.maximum(finish / 60.0, open_minutes)
    return QueuePlan(
        question=q,
        load=q.voters * q.service_minutes / (q.machines * open_minutes),
        mean_wait=_estimate(mean),
        p95_wait=_estimate(p95),
        any_over_30=_estimate(any_over),
        over_30_share=_estimate(over),
        left_share=_estimate(left / q.voters),
        closing_minute=_estimate(closing + q.opens_minute),
        steady=_steady(q),
        stop_voters=queue_stop_voters(q.machines, open_minutes, q.service_minutes),
        stop_machines=math.ceil(2.0 * q.voters * q.service_minutes / open_minutes),
        least_overrun_minutes=overload_overrun(
            q.voters, q.service_minutes, open_minutes, q.machines
        ),
        enough_machines=_enough(tape, math.ceil(q.voters * q.service_minutes / open_minutes), told),
        replays_equal=sum(
            _replays(tape, q.machines, column, waits, finish) for column in range(q.replay)
        ),
    )


def check(q: Question) -> None:
    """Raise InputError with every value of a question that cannot be used."""
    rules = [
        (
            1 <= q.machines <= MOST_MACHINES,
            "--machines",
            f"{q.machines}: write a whole number from 1 to {MOST_MACHINES}",
        ),
        (
            1 <= q.voters <= MOST_VOTERS,
            "--voters",
            f"{q.voters:,}: write how many people will come to this line, from 1 to "
            f"{MOST_VOTERS:,}; "
            "where a centre has several lines, ask about one of them, with its own machines",
        ),
        (
            1 / 60 <= q.service_minutes <= 60,
            "--minutes",
            f"{q.service_minutes:g}: write the mean service, from 1/60 to 60 minutes",
        ),
        (0.25 <= q.hours <= 24, "--hours", f"{q.hours:g}: write the hours open, from 0.25 to 24"),
        (0 <= q.cv <= 3, "--cv", f"{q.cv:g}: write sd over mean of the service time, from 0 to 3"),
        (q.arrivals in ("flat", "morning"), "--arrivals", f"{q.arrivals!r}: write flat or morning"),
        (0 <= q.opens_minute < 1440, "--opens", "write a time of day such as 06:00"),
        (q.replicates >= 2, "--replicates", f"{q.replicates}: write 2 or more"),
        (
            0 <= q.replay <= q.replicates,
            "--replay",
            f"{q.replay}: write a number from 0 to the number of replicates",
        ),
        (
            q.voters > MOST_VOTERS or q.voters * q.replicates <= MOST_CELLS,
            "--replicates",
            f"{q.voters:,} voters on {q.replicates:,} days need too much memory: at most "
            f"{MOST_CELLS // max(q.voters, 1):,} here",
        ),
        (
            q.voters > MOST_VOTERS or q.voters * q.replay <= MOST_REPLAYED,
            "--replay",
            f"{q.voters:,} voters on {q.replay:,} days, one by one, take too long: at most "
            f"{MOST_REPLAYED // max(q.voters, 1):,}",
        ),
    ]
    problems = [Problem(message, path=option) for good, option, message in rules if not good]
    if problems:
        raise InputError(problems)


def _tape(q: Question) -> Tape:
    day = Day(
        service_mean_seconds=60.0 * q.service_minutes,
        service_cv=q.cv,
        arrival_weights=FLAT if q.arrivals == "flat" else Day().arrival_weights,
        patience=Patience(on=q.patience),
        opening=Opening(late_share=0.0),
        failures=Failures(table_share=0.0),
    )
    generators = [
        generator(q.entropy, f"{PLAN}/{part}") for part in ("arrivals", "service", "patience")
    ]
    arrivals, services, patience = draw_voters(
        (q.voters, q.replicates), day, 60.0 * q.hours, generators
    )
    count = np.full(q.replicates, q.voters, np.int32)
    return Tape(
        order=np.arange(q.replicates),
        voters=count,
        arrivals=sorted_arrivals(arrivals, count),
        services=services,
        patience=patience,
        opening=np.zeros(q.replicates, np.float32),
        failure=None,
    )


def _days(
    tape: Tape, machines: int
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.float32]]:
    served = serve(tape, machines, record_every=1)
    assert served.waits is not None
    return served.waits, served.left, served.finish


def _replays(
    tape: Tape, machines: int, column: int, waits: NDArray[np.float32], finish: NDArray[np.float32]
) -> bool:
    log = run_table(table_of(tape, column, machines))
    voter_by_voter = [-1.0 if wait is None else wait for wait in log.waits]
    return log.finish == finish[column] and bool((waits[:, column] == voter_by_voter).all())


class _Told:
    """Tells a watcher how many runs of all days are done; how many there will be is a guess."""

    def __init__(self, watch: Watcher | None) -> None:
        self.watch, self.done, self.clock = watch, 0, time.perf_counter()

    def step(self) -> None:
        self.done += 1
        if self.watch is not None:
            rate, total = (
                self.done / max(time.perf_counter() - self.clock, 1e-9),
                max(STEPS, self.done + 2),
            )
            self.watch(Progress(self.done, total, 0, rate, (total - self.done) / rate, "", None))


def _enough(tape: Tape, guess: int, told: _Told) -> int | None:
    """Return the fewest machines with which somebody waits over 30 minutes on at most one day in
    ten, everybody staying in line.

    More machines never lengthen a wait, so that the answer is bracketed from a guess by steps that
    double, then halved.
    """

    def serves(machines: int) -> bool:
        told.step()
        return _chance(tape, machines) <= ALLOWED_CHANCE

    here = min(max(guess, 1), MOST_MACHINES)
    low, high, step = 0, MOST_MACHINES + 1, 1
    if serves(here):
        high = here
        while low < here - step and serves(here - step):
            high, step = here - step, 2 * step
        low = max(low, here - step)
    else:
        low = here
        while here + step < high and not serves(here + step):
            low, step = here + step, 2 * step
        high = min(high, here + step)
        if high > MOST_MACHINES and not (low < MOST_MACHINES and serves(MOST_MACHINES)):
            return None
        high = min(high, MOST_MACHINES)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if serves(middle) else (middle, high)
    return high


def _chance(tape: Tape, machines: int) -> float:
    """Return the share of days with a wait over 30 minutes when everybody stays in line."""
    waits, _, _ = _days(replace(tape, patience=None), machines)
    return float((waits > LONG_WAIT_SECONDS).any(axis=0).mean())


def _estimate(days: NDArray[np.floating[Any]]) -> Estimate:
    values = days.astype(np.float64)
    low, high = np.quantile(values, (0.05, 0.95))
    return Estimate(
        float(values.mean()),
        float(values.std(ddof=1) / math.sqrt(len(values))),
        float(low),
        float(high),
    )


def _steady(q: Question) -> Steady | None:
    rate = q.voters / (60.0 * q.hours)
    if rate * q.service_minutes >= q.machines:
        return None
    return Steady(
        waiting_share=erlang_c(q.machines, rate * q.service_minutes),
        mean_wait=mean_wait(q.machines, rate, q.service_minutes),
        mean_wait_cv=allen_cunneen(q.machines, rate, q.service_minutes, 1.0, q.cv),
        over_30_share=wait_tail(q.machines, rate, q.service_minutes, LONG_WAIT_MINUTES),
    )


def sentence(plan: QueuePlan) -> str:
    """Return the answer in plain words."""
    q, days = plan.question, round(100 * plan.any_over_30.mean)
    line = f"{q.voters:,} voters and {_count(q.machines)} of {q.service_minutes:g} minutes each: "
    line += (
        f"on {days} % of days somebody waits over 30 minutes, and "
        f"{100 * plan.over_30_share.mean:.1f} % of voters do"
    )
    if plan.left_share.mean > 0:
        line += f", while {100 * plan.left_share.mean:.1f} % leave the line without voting"
    stay = " if all stay in line" if q.patience else ""
    if plan.enough_machines is None:
        return (
            line + f"; not even {MOST_MACHINES} machines would keep waits under 30 minutes on nine "
            f"days in ten{stay}."
        )
    line += (
        f"; {_count(plan.enough_machines)} would keep every wait under 30 minutes on nine "
        f"days in ten{stay}."
    )
    if plan.stop_machines == plan.enough_machines:
        return line
    more = "more" if plan.stop_machines > plan.enough_machines else "fewer"
    return (
        f"{line} The queue stop rule gives {more}, {_count(plan.stop_machines)}: it keeps "
        "machines busy half of the hours open, "
        "however voters come and whatever they wait."
    )


def _count(machines: int) -> str:
    return "1 machine" if machines == 1 else f"{machines} machines"


def clock(minute: float) -> str:
    """Return a minute after midnight as HH:MM, with the days added beyond the first."""
    days, rest = divmod(round(minute), 1440)
    return f"{rest // 60:02d}:{rest % 60:02d}" + (f" +{days} d" if days else "")
