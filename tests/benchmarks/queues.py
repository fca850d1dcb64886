"""Queues of a national day: the array kernel against one SimPy process a voter, on the same tape
and in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from sim.models.polling_day.queue import serve
from sim.models.polling_day.queue_surface import _build, polling_day, surface_day, surface_for
from sim.models.polling_day.service_centre import served_at
from sim.models.polling_day.voter_draws import Tape, draw_blocks, draw_tables, join_tapes
from sim.processes.day.voter_queue import run_table, table_of
from sim.records.parameters.vote.day import Day, Failures, Patience
from sim.rng import Streams

TABLES = 30_026
SAMPLE = 40
SERVICE_OPEN_MINUTES = 720.0
REPEATS = 9
PLAIN = Day(failures=Failures(table_share=0.0))
PATIENT = Day(failures=Failures(table_share=0.0), patience=Patience(on=True))

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Return (name, measured, target, context) of every measurement; minimum of several runs, one
    process.
    """
    intended = voters()
    streams = Streams(1, 0)
    draws = timed(
        lambda: sum(
            len(t.order) for t in draw_blocks(intended, PLAIN, SERVICE_OPEN_MINUTES, streams)
        ),
        3,
    )
    plain, patient = (
        join_tapes(list(draw_blocks(intended, d, SERVICE_OPEN_MINUTES, streams)))
        for d in (PLAIN, PATIENT)
    )
    simpy, simpy_patient = national_by_processes(plain), national_by_processes(patient)
    finish = timed(lambda: serve(plain))
    waits = timed(lambda: serve(patient, record_every=1), 5)
    leaving = timed(lambda: serve(patient), 5)
    blocks = timed(
        lambda: [
            serve(tape) for tape in draw_blocks(intended, PLAIN, SERVICE_OPEN_MINUTES, streams)
        ],
        3,
    )
    scaled = f"SimPy {simpy:.0f} s, scaled up from {SAMPLE} tables spread over all sizes"
    leave = f"the same SimPy, though with abandonment it takes {simpy_patient:.0f} s"
    size = (plain.arrivals.nbytes + plain.services.nbytes) / 1e6
    return [
        (
            "kernel, tape given, finish times",
            f"{simpy / finish:,.0f} x",
            ">= 3,000 x",
            f"{ms(finish)}; {scaled}",
        ),
        (
            "kernel with waits and abandonment",
            f"{simpy / waits:,.0f} x",
            ">= 2,000 x",
            f"{ms(waits)}, waits kept; {leave}",
        ),
        ("kernel with abandonment, waits not kept", f"{simpy / leaving:,.0f} x", "", ms(leaving)),
        (
            "kernel with draws, block by block",
            f"{simpy / blocks:,.0f} x",
            ">= 100 x",
            f"{ms(blocks)}; draws alone {ms(draws)}",
        ),
        (
            "tape of the country",
            f"{size:.0f} MB",
            "<= 2 x 98 MB",
            "a block of 4,096 tables holds 1/7 of it, same numbers",
        ),
        *surface_rows(intended, streams),
    ]


def surface_rows(intended: np.ndarray, streams: Streams) -> list[Row]:
    """Return the cost of the interpolation surface: building it, a national look-up, and that with
    its random numbers.
    """
    _build.cache_clear()
    start = time.perf_counter()
    surface_for(PATIENT, SERVICE_OPEN_MINUTES)
    build = time.perf_counter() - start
    drawn, z = (
        draw_tables(TABLES, PATIENT, streams, SERVICE_OPEN_MINUTES),
        streams("benchmark").standard_normal(TABLES, dtype=np.float32),
    )
    look_up = timed(lambda: surface_day(intended, PATIENT, SERVICE_OPEN_MINUTES, drawn, z, z))
    whole = timed(lambda: polling_day(intended, PATIENT, SERVICE_OPEN_MINUTES, streams))
    return [
        (
            "copies through 128 scan centres",
            ms(scanning()),
            "",
            "sorted and served first come first served, 65 % of copies come",
        ),
        ("surface, built once a process", f"{build:.2f} s", "", "37 x 17 nodes of 200 tables"),
        (
            "surface, all tables, numbers given",
            ms(look_up),
            "< 1.5 ms",
            f"with its random numbers {ms(whole)}",
        ),
    ]


def scanning() -> float:
    """Return seconds for all copies of a night through their scan centres."""
    rng = np.random.default_rng(1)
    arrival = 800 + rng.lognormal(4.8, 0.6, TABLES)
    arrival[rng.random(TABLES) < 0.35] = np.inf
    zone = np.sort(rng.integers(0, 128, TABLES)).astype(np.int16)
    return timed(lambda: served_at(arrival.astype(np.float32), zone, 1, 2.0), 30)


def voters() -> np.ndarray:
    """Return voters who come to each table: a register from a few dozen to a thousand, turnout .60
    (12.8 million in all).
    """
    rng = np.random.default_rng(20240702)
    size = np.interp(
        rng.random(TABLES), (0, 0.05, 0.25, 0.5, 0.75, 1), (40, 197, 586, 786, 891, 1042)
    )
    return rng.binomial(
        size.astype(np.int64), 0.6 + 0.05 * rng.standard_normal(TABLES).clip(-3, 3)
    ).astype(np.int32)


def national_by_processes(tape: Tape) -> float:
    """Return seconds for one process a voter at all tables, timed on every 750th table by size."""
    sample = np.linspace(TABLES / SAMPLE / 2, TABLES - TABLES / SAMPLE / 2, SAMPLE).astype(int)
    days = [table_of(tape, int(column)) for column in sample]
    start = time.perf_counter()
    for day in days:
        run_table(day)
    return (time.perf_counter() - start) * TABLES / SAMPLE


def timed(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the shortest of several runs in seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def ms(seconds: float) -> str:
    """Return milliseconds as text."""
    return f"{seconds * 1e3:,.1f} ms"
