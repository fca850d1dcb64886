"""Queues of a whole country in a millisecond: the kernel's means over a grid of load and opening
delay, interpolated.

load = voters x mean service / (time open x machines); delay = minutes from legal to actual opening.
At each node 200 tables are run by the kernel on one public tape (its own entropy, never a
replicate's); between nodes the means are bilinear, and running maxima make them monotone in load
and in delay. Beyond the grid the last value holds.

A failure of length g that starts when the share 1 - F of the voters is still to come counts as g (1
- F) minutes more delay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.fast.normals import normals
from sim.models.numbers.quantile import binomial_quantile
from sim.models.polling_day.queue import LONG_WAIT_SECONDS, DayAtTables, Served, kernel_day, serve
from sim.models.polling_day.voter_draws import (
    Floats,
    TableDraws,
    Tape,
    draw_blocks,
    draw_tables,
    draw_voters,
    dyadic,
    slots_for,
    sorted_arrivals,
)
from sim.records.parameters.vote.day import Day, Patience
from sim.rng import Streams, generator

CLOSING = "queue/closing"
THINNING = "queue/thinning"
TAPE_ENTROPY = 0x5C4EDA7E
TAPE_STREAM = "surface/tape"

LOAD_LOW = 0.20
RECORD_EVERY = 4
LOADS_AT_ONCE = 3
NEVER_LATE = 8.0
LOST, MEAN_WAIT, P95_WAIT, OVER_30, OVERRUN, LATE_FROM, OVERRUN_IF_LATE = range(7)
WIDTH = 8


@dataclass(frozen=True, slots=True, eq=False)
class QueueSurface:
    """Grid means. nodes: (loads, delays, 8) float32, quantities along the last axis; minutes and
    shares.

    LOST share of voters, MEAN_WAIT, P95_WAIT, OVER_30 share, OVERRUN mean; LATE_FROM: normal
    quantile above which a table closes late; OVERRUN_IF_LATE: scale of a late table's overrun.
    """

    load_step: float
    delay_step: float
    nodes: Floats

    def at(
        self,
        load: NDArray[np.float32],
        delay: NDArray[np.float32],
        wanted: tuple[int, ...] = tuple(range(WIDTH)),
    ) -> Floats:
        """Return (8, M) quantities interpolated at (M,) loads and delays (minutes); those not
        wanted are 0.
        """
        loads, delays = self.nodes.shape[:2]
        i, x = _cell(load, LOAD_LOW, self.load_step, loads)
        j, y = _cell(delay, 0.0, self.delay_step, delays)
        corner = (i * delays + j).astype(np.intp)
        found = np.zeros((WIDTH, len(corner)), np.float32)
        for quantity in (
            wanted
        ):  # one after the other: the grid of one quantity fits the processor's nearest cache
            grid = self.nodes[..., quantity].ravel()
            a, b, c, d = (grid[step:].take(corner) for step in (0, 1, delays, delays + 1))
            found[quantity] = _between(_between(a, b, y), _between(c, d, y), x)
        return found


def _cell(value: Floats, low: float, step: float, nodes: int) -> tuple[NDArray[np.int32], Floats]:
    place = (value - np.float32(low)) * np.float32(1.0 / step)
    np.clip(place, 0.0, nodes - 1.0, out=place)
    index = np.minimum(place.astype(np.int32), nodes - 2)
    return index, place - index.astype(np.float32)


def _between(below: Floats, above: Floats, weight: Floats) -> Floats:
    above -= below
    above *= weight
    above += below
    return above


def surface_for(day: Day, minutes_open: float) -> QueueSurface:
    """Return the surface of these parameters, built once a process.

    What acts only through load and delay (opening, failures) is left out of the key, and the rest
    is rounded to steps finer than the surface's own error (the load carries the exact mean
    service), so that studies which vary these seldom rebuild.
    """
    law, leaves = Patience(), day.patience
    if leaves.on:
        law = Patience(
            on=True,
            median_minutes=_near(leaves.median_minutes, 5.0),
            sigma=_near(leaves.sigma, 0.05, 0.0),
        )
    plain = Day(
        service_mean_seconds=_near(day.service_mean_seconds, 1.0),
        service_cv=_near(day.service_cv, 0.05, 0.0),
        machines=day.machines,
        arrival_weights=day.arrival_weights,
        patience=law,
        surface=day.surface,
    )
    return _build(plain, minutes_open)


def _near(value: float, step: float, least: float | None = None) -> float:
    return max(step if least is None else least, round(round(value / step) * step, 6))


@lru_cache(maxsize=64)
def _build(day: Day, minutes_open: float) -> QueueSurface:
    grid = day.surface
    loads = _nodes(LOAD_LOW, grid.load_high, grid.load_step)
    delays = _nodes(0.0, grid.delay_high_minutes, grid.delay_step_minutes)
    capacity = 60.0 * minutes_open * day.machines / day.service_mean_seconds
    voters = np.maximum(np.rint(loads * capacity), 1).astype(np.int32)
    nodes = np.zeros((len(loads), len(delays), WIDTH), np.float32)
    generators = [
        generator(TAPE_ENTROPY, f"{TAPE_STREAM}/{part}")
        for part in ("arrivals", "service", "patience")
    ]
    drawn = draw_voters((slots_for(voters), grid.tables), day, minutes_open, generators)
    for last in range(len(loads), 0, -LOADS_AT_ONCE):
        rows = np.arange(max(last - LOADS_AT_ONCE, 0), last)[::-1]
        tape = _tape_of_loads(drawn, voters[rows], dyadic(60.0 * delays))
        served = serve(tape, day.machines, RECORD_EVERY)
        for i, row in enumerate(rows):
            nodes[row] = _means(
                served,
                slice(i * grid.tables, (i + 1) * grid.tables),
                int(voters[row]),
                60.0 * minutes_open,
            )
    return QueueSurface(
        grid.load_step, grid.delay_step_minutes, _monotone(nodes, grid.closing_sigma)
    )


def _nodes(low: float, high: float, step: float) -> NDArray[np.float64]:
    """Return the nodes from low to high, (n,): two at least, for there must be something to
    interpolate between.
    """
    return np.arange(low, max(high, low + step) + step / 2, step)


def _tape_of_loads(
    drawn: tuple[Floats, Floats, Floats | None], voters: NDArray[np.int32], delays: Floats
) -> Tape:
    """Return the fixed tables at several loads side by side, most voters first, each at every
    delay.
    """
    arrivals, services, patience = (
        None if part is None else part[: int(voters[0])] for part in drawn
    )
    assert arrivals is not None
    assert services is not None
    tables = arrivals.shape[1]
    count = np.repeat(voters, tables)

    def side_by_side(part: Floats) -> Floats:
        return np.tile(part, (1, len(voters)))

    return Tape(
        order=np.arange(len(count)),
        voters=count,
        arrivals=sorted_arrivals(side_by_side(arrivals), count),
        services=side_by_side(services),
        patience=None if patience is None else side_by_side(patience),
        opening=np.repeat(delays[:, None], len(count), axis=1),
        failure=None,
    )


def _means(served: Served, columns: slice, voters: int, closing: float) -> Floats:
    """Return (delays, 8) means over the tables of one load; p95 is the mean of the tables' own
    percentiles.
    """
    assert served.waits is not None
    recorded = -(-voters // RECORD_EVERY)
    waits = np.ascontiguousarray(np.moveaxis(served.waits[:recorded, :, columns], 0, -1))
    absent = np.count_nonzero(waits < 0, axis=-1)
    voted = np.maximum(waits.shape[-1] - absent, 1)
    over = np.count_nonzero(waits > LONG_WAIT_SECONDS, axis=-1) / voted
    mean = (waits.sum(axis=-1) + absent) / voted / 60.0
    overrun = np.maximum(served.finish[:, columns] - closing, 0.0) / 60.0
    means = np.zeros((len(waits), WIDTH), np.float32)
    means[:, LOST] = served.left[:, columns].mean(axis=-1) / voters
    means[:, MEAN_WAIT] = mean.mean(axis=-1)
    means[:, P95_WAIT] = _percentile(waits, absent, voted) / 60.0
    means[:, OVER_30] = over.mean(axis=-1)
    means[:, OVERRUN] = overrun.mean(axis=-1)
    means[:, LATE_FROM] = (overrun > 0).mean(axis=-1)
    return means


def _percentile(
    waits: Floats, absent: NDArray[np.intp], voted: NDArray[np.intp]
) -> NDArray[np.float64]:
    waits.sort(axis=-1)
    at = absent + np.ceil(0.95 * voted).astype(np.intp) - 1
    picked = np.take_along_axis(waits, np.minimum(at, waits.shape[-1] - 1)[..., None], axis=-1)[
        ..., 0
    ]
    return np.asarray(np.maximum(picked, 0.0).mean(axis=-1), dtype=np.float64)


def _monotone(nodes: Floats, sigma: float) -> Floats:
    """Make every mean non-decreasing in load and delay, then turn the share of late tables into a
    threshold and a scale.

    A table with closing number z closes late when z > cut, with P(z > cut) the share of late
    tables; its overrun is scale x exp(sigma z - sigma^2/2), with scale = mean overrun / Phi(sigma -
    cut), so that the mean overrun is kept.
    """
    from scipy.special import ndtr, ndtri

    nodes = np.maximum.accumulate(np.maximum.accumulate(nodes, axis=0), axis=1)
    late = nodes[..., LATE_FROM].astype(np.float64)
    cut = np.clip(-ndtri(late), -NEVER_LATE, NEVER_LATE)
    nodes[..., LATE_FROM] = cut
    scale = np.where(late > 0, nodes[..., OVERRUN] / np.maximum(ndtr(sigma - cut), 1e-12), 0.0)
    nodes[..., OVERRUN_IF_LATE] = np.maximum.accumulate(
        np.maximum.accumulate(scale, axis=0), axis=1
    )
    return nodes


def polling_day(
    intended: NDArray[np.int32],
    day: Day,
    minutes_open: float,
    streams: Streams,
    service_factor: Floats | float = 1.0,
    added_delay_minutes: Floats | float = 0.0,
) -> DayAtTables:
    """Return what happened to voters at all tables, at the level that the parameters name.

    Args:
        intended: (M,) int32, voters who come, canonical order. minutes_open: calendar's closing
        minus opening minute. service_factor, added_delay_minutes: (M,) float32 or one number; what
        a manipulation does to service and opening.
    """
    if day.level == "kernel":
        blocks = draw_blocks(
            intended, day, minutes_open, streams, service_factor, added_delay_minutes
        )
        return kernel_day(blocks, len(intended), day.machines, minutes_open)
    drawn = draw_tables(len(intended), day, streams, minutes_open)
    closing_z = normals(streams(CLOSING), len(intended))
    thinning_z = normals(streams(THINNING), len(intended)) if day.patience.on else None
    return surface_day(
        intended,
        day,
        minutes_open,
        drawn,
        closing_z,
        thinning_z,
        service_factor,
        added_delay_minutes,
    )


def surface_day(
    intended: NDArray[np.int32],
    day: Day,
    minutes_open: float,
    drawn: TableDraws,
    closing_z: Floats,
    thinning_z: Floats | None,
    service_factor: Floats | float = 1.0,
    added_delay_minutes: Floats | float = 0.0,
) -> DayAtTables:
    """Return the interpolated polling day for given random numbers, each (M,) float32; thinning_z:
    where voters may leave.
    """
    seconds = np.float32(day.service_mean_seconds / (60.0 * minutes_open * day.machines))
    load = intended.astype(np.float32)
    load *= seconds * np.asarray(service_factor, dtype=np.float32)
    delay = drawn.delay + np.asarray(added_delay_minutes, dtype=np.float32)
    wanted = (MEAN_WAIT, P95_WAIT, OVER_30, LATE_FROM, OVERRUN_IF_LATE) + (
        () if thinning_z is None else (LOST,)
    )
    found = surface_for(day, minutes_open).at(
        load, delay + failure_as_delay(drawn, day, minutes_open), wanted
    )
    left = np.zeros(len(intended), np.int32)
    if thinning_z is not None:
        left = binomial_quantile(intended, found[LOST], thinning_z)
    return DayAtTables(
        left=left,
        closing_minute=_closing(found, closing_z, day.surface.closing_sigma, minutes_open),
        mean_wait=found[MEAN_WAIT],
        p95_wait=found[P95_WAIT],
        over_30_share=found[OVER_30],
        delay=delay,
    )


def _closing(found: Floats, z: Floats, sigma: float, minutes_open: float) -> Floats:
    overrun: Floats = np.exp(np.float32(sigma) * z - np.float32(sigma * sigma / 2.0))
    overrun *= found[OVERRUN_IF_LATE]
    overrun *= z > found[LATE_FROM]
    overrun += np.float32(minutes_open)
    return overrun


def failure_as_delay(drawn: TableDraws, day: Day, minutes_open: float) -> Floats:
    """Return (M,) minutes of opening delay that stand for each table's failure: length x share of
    voters still to come.
    """
    minutes = np.zeros_like(drawn.failure_length)
    failed = np.flatnonzero(drawn.failure_length > 0)
    gone = np.concatenate(([0.0], np.cumsum(day.arrival_weights)))
    edges = np.linspace(0.0, minutes_open, len(gone))
    minutes[failed] = drawn.failure_length[failed] * (
        1.0 - np.interp(drawn.failure_start[failed], edges, gone / gone[-1])
    )
    return minutes
