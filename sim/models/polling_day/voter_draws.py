"""The tape of a polling day: every voter's arrival, service and patience, drawn before anything is
decided.

Times are seconds after the legal opening, rounded to 2^-7 s: then every sum and maximum below 2^17
s (36 h) is exact in float32, and a process-per-voter simulation fed with the same tape gives the
same numbers bit for bit.

Streams (M tables, blocks of 4,096 tables in canonical order, slot-major, so that more voters or a
block-wise run move no draw): `day/opening` (2, M), `day/failures` (3, M), `day/arrivals/<block>`,
`day/service/<block>`, `day/patience/<block>` (slots, 4096).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.fast.normals import normal_of, normal_words
from sim.fast.words import below, uniform_of, words
from sim.records.parameters.vote.day import Day
from sim.rng import Streams

OPENING = "day/opening"
FAILURES = "day/failures"
ARRIVALS = "day/arrivals"
SERVICE = "day/service"
PATIENCE = "day/patience"
VOTER_STREAMS = (ARRIVALS, SERVICE, PATIENCE)

BLOCK = 4096
SLOT_STEP = 64
GRAIN = 128.0
EXACT_SECONDS = 2.0**17

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """A day of M tables, columns sorted by number of voters, most first. Seconds, multiples of
    2^-7; float32.

    order: (M,) canonical index of each column. voters: (M,) int32, descending. arrivals: (slots,
    M), ascending in each column, inf beyond its voters. services: (slots, M). patience: (slots, M),
    or None: nobody leaves. opening: (..., M) first moment of service; leading axes are further days
    on the same tape (broadcast). failure: (2, M) start and end, or None; a table without failure
    has an end of 0.
    """

    order: NDArray[np.intp]
    voters: NDArray[np.int32]
    arrivals: NDArray[Any]
    services: NDArray[Any]
    patience: NDArray[Any] | None
    opening: NDArray[Any]
    failure: NDArray[Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class TableDraws:
    """Minutes of opening delay (M,), and start and length (M,) of the failure (both 0: none)."""

    delay: Floats
    failure_start: Floats
    failure_length: Floats


def dyadic(seconds: NDArray[Any]) -> Floats:
    """Return seconds rounded to 2^-7 as float32 (exact below 2^17 s)."""
    grains: NDArray[Any] = seconds * seconds.dtype.type(GRAIN)
    np.rint(grains, out=grains)
    grains *= 1.0 / GRAIN
    return np.asarray(grains, dtype=np.float32)


def lognormal_of_mean(mean: float, cv: float) -> tuple[float, float]:
    """Return (mu, sigma) of the lognormal with this mean and this ratio of sd to mean."""
    variance = math.log1p(cv * cv)
    return math.log(mean) - variance / 2.0, math.sqrt(variance)


def draw_tables(tables: int, day: Day, streams: Streams, minutes_open: float) -> TableDraws:
    """Return the opening delays and failures of all tables over `minutes_open` of open time; five
    numbers a table whatever the parameters are.
    """
    rng = streams(OPENING)
    opens, z = words(rng, tables), normal_words(rng, tables)
    rng = streams(FAILURES)
    fails, at = words(rng, 2, tables)
    length_z = normal_words(rng, tables)
    o, f = day.opening, day.failures
    late, failed = (
        np.flatnonzero(below(opens, o.late_share)),
        np.flatnonzero(below(fails, f.table_share)),
    )
    delay, start, length = np.zeros((3, tables), np.float32)
    delayed = np.float32(o.median_minutes) * np.exp(np.float32(o.sigma) * normal_of(z[late]))
    delay[late] = np.minimum(delayed, np.float32(o.cap_minutes))
    length[failed] = np.float32(f.median_minutes) * np.exp(
        np.float32(f.sigma) * normal_of(length_z[failed])
    )
    start[failed] = uniform_of(at[failed]) * np.float32(f.latest_start_share * minutes_open)
    return TableDraws(delay, start, length)


def arrival_seconds(
    uniforms: NDArray[Any], weights: tuple[float, ...], minutes_open: float
) -> Floats:
    """Return arrival times by the inverse cumulative profile: flat within each of the equal slices
    of the hours open.
    """
    cumulative = np.concatenate(([0.0], np.cumsum(weights)))
    edges = np.linspace(0.0, 60.0 * minutes_open, len(cumulative))
    return dyadic(np.interp(uniforms, cumulative / cumulative[-1], edges))


def slots_for(intended: NDArray[np.int32]) -> int:
    """Return the number of voter slots: the largest number of voters, rounded up to 64."""
    return -(-max(int(intended.max(initial=0)), 1) // SLOT_STEP) * SLOT_STEP


def draw_blocks(
    intended: NDArray[np.int32],
    day: Day,
    minutes_open: float,
    streams: Streams,
    service_factor: NDArray[Any] | float = 1.0,
    added_delay_minutes: NDArray[Any] | float = 0.0,
) -> Iterator[Tape]:
    """Yield the tape of each block of 4,096 tables; `order` holds canonical table numbers.

    Args:
        intended: (M,) voters who come to each table. minutes_open: length of the polling day.
        service_factor, added_delay_minutes: (M,) or one number; what slows a table's service or
        opening.
    """
    tables = len(intended)
    drawn = draw_tables(tables, day, streams, minutes_open)
    factor = np.broadcast_to(np.asarray(service_factor, dtype=np.float32), tables)
    one = np.ones(tables, np.float32)
    opening = dyadic(60.0 * (drawn.delay + np.asarray(added_delay_minutes, dtype=np.float32)))
    start = dyadic(60.0 * drawn.failure_start)
    end = np.where(
        drawn.failure_length > 0, start + dyadic(60.0 * drawn.failure_length), np.float32(0.0)
    )
    for block, first in enumerate(range(0, tables, BLOCK)):
        here = slice(first, min(first + BLOCK, tables))
        columns = np.argsort(-intended[here], kind="stable")
        order = first + columns
        voters = intended[order]
        shape = (slots_for(voters), BLOCK)
        uniforms, service_z, patience_z = _numbers(
            shape, [streams(f"{name}/{block}") for name in VOTER_STREAMS], day
        )
        yield Tape(
            order=order,
            voters=voters,
            arrivals=_block_arrivals(uniforms.take(columns, axis=1), voters, day, minutes_open),
            services=_on_stairs(service_z, columns, voters, service_law(day), factor[order]),
            patience=None
            if patience_z is None
            else _on_stairs(patience_z, columns, voters, patience_law(day), one[order]),
            opening=opening[order],
            failure=np.stack((start[order], end[order])) if end[here].any() else None,
        )


def _numbers(
    shape: tuple[int, int], generators: Sequence[Generator], day: Day
) -> tuple[Floats, Floats, Floats | None]:
    arrivals, service, patience = generators
    uniforms, z = (
        arrivals.random(shape, dtype=np.float32),
        service.standard_normal(shape, dtype=np.float32),
    )
    return (
        uniforms,
        z,
        patience.standard_normal(shape, dtype=np.float32) if day.patience.on else None,
    )


def service_law(day: Day) -> tuple[float, float]:
    """Return (mu, sigma) of log service seconds."""
    return lognormal_of_mean(day.service_mean_seconds, day.service_cv)


def patience_law(day: Day) -> tuple[float, float]:
    """Return (mu, sigma) of the log of the longest wait, in seconds, that a voter accepts."""
    return math.log(60.0 * day.patience.median_minutes), day.patience.sigma


def lognormal_seconds(
    z: Floats, law: tuple[float, float], factor: NDArray[Any] | float = 1.0
) -> Floats:
    """Return factor x exp(mu + sigma z) on the dyadic grid, below 2^17 s."""
    seconds = np.exp(np.float32(law[0]) + np.float32(law[1]) * z)
    seconds *= np.asarray(factor, dtype=np.float32)
    return dyadic(np.minimum(seconds, np.float32(EXACT_SECONDS), out=seconds))


def draw_voters(
    shape: tuple[int, int], day: Day, minutes_open: float, generators: Sequence[Generator]
) -> tuple[Floats, Floats, Floats | None]:
    """Return arrivals (not sorted), services and patience (None when it is off), each of `shape`
    (slots, tables).
    """
    uniforms, service_z, patience_z = _numbers(shape, generators, day)
    arrivals = arrival_seconds(uniforms, day.arrival_weights, minutes_open)
    patience = None if patience_z is None else lognormal_seconds(patience_z, patience_law(day))
    return arrivals, lognormal_seconds(service_z, service_law(day)), patience


def _on_stairs(
    z: Floats,
    columns: NDArray[np.intp],
    voters: NDArray[np.int32],
    law: tuple[float, float],
    factor: Floats,
) -> Floats:
    """Turn numbers into seconds where there are voters (the rest stays 0): the columns are sorted,
    so voters form stairs.
    """
    seconds = np.zeros((len(z), len(columns)), np.float32)
    for top in range(0, len(z), SLOT_STEP):
        width = int(np.count_nonzero(voters > top))
        rows = slice(top, top + SLOT_STEP)
        seconds[rows, :width] = lognormal_seconds(
            z[rows].take(columns[:width], axis=1), law, factor[:width]
        )
    return seconds


def _block_arrivals(
    uniforms: Floats, voters: NDArray[np.int32], day: Day, minutes_open: float
) -> Floats:
    """Sort first, then turn into seconds where there are voters: the profile is monotone, so the
    numbers are the same.
    """
    rows = _sorted_rows(uniforms, voters)
    used = np.isfinite(rows)
    rows[used] = arrival_seconds(rows[used], day.arrival_weights, minutes_open)
    return np.ascontiguousarray(rows.T)


def sorted_arrivals(arrivals: Floats, voters: NDArray[np.int32]) -> Floats:
    """Return (slots, M) arrivals ascending in each column, inf beyond the column's voters."""
    return np.ascontiguousarray(_sorted_rows(arrivals, voters).T)


def _sorted_rows(numbers: Floats, voters: NDArray[np.int32]) -> Floats:
    rows = np.ascontiguousarray(numbers.T)
    rows[np.arange(rows.shape[1]) >= voters[:, None]] = np.inf
    rows.sort(axis=1)
    return rows


def join_tapes(blocks: list[Tape]) -> Tape:
    """Return one tape of all blocks, columns sorted again by voters, so that the kernel runs over
    the whole country at once.
    """
    slots = max(len(tape.arrivals) for tape in blocks)
    voters = np.concatenate([tape.voters for tape in blocks])
    by_voters = np.argsort(-voters, kind="stable")

    def wide(rows: list[NDArray[Any]], fill: float) -> NDArray[Any]:
        padded = [
            np.pad(row, ((0, slots - len(row)), (0, 0)), constant_values=fill) for row in rows
        ]
        return np.ascontiguousarray(np.concatenate(padded, axis=1)[:, by_voters])

    failures = [
        np.zeros((2, len(t.voters)), np.float32) if t.failure is None else t.failure for t in blocks
    ]
    failure = np.concatenate(failures, axis=1)[:, by_voters]
    patiences = [tape.patience for tape in blocks if tape.patience is not None]
    return Tape(
        order=np.concatenate([tape.order for tape in blocks])[by_voters],
        voters=voters[by_voters],
        arrivals=wide([tape.arrivals for tape in blocks], np.inf),
        services=wide([tape.services for tape in blocks], 0.0),
        patience=wide(patiences, 0.0) if patiences else None,
        opening=np.concatenate([tape.opening for tape in blocks])[by_voters],
        failure=failure if failure[1].any() else None,
    )
