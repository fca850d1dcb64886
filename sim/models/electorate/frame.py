"""A register of polling tables synthesised from a state table (docs/model/election_day.md, section
1).

The frame is a fixed thing of a case: it depends on the state table and on `[frame]`, never on the
replicate.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.models.electorate.past_support import synthetic_past
from sim.models.electorate.table_sizes import table_registers
from sim.models.numbers.apportion import (
    adams_divisor,
    in_proportion,
    largest_remainder,
    one_by_one,
    tables_under,
)
from sim.records.parameters.vote.electorate import FrameParameters
from sim.records.vote.register import Register
from sim.records.vote.states import StateTable
from sim.rng import generator

PARISH_STREAM = "frame/parish"
TABLE_STREAM = "frame/table"
CLIPPING_PASSES = 30
CEILINGS = 60
"""Steps in which the largest centres are cut down to what the tables can hold."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@lru_cache(maxsize=8)
def synthesise(table: StateTable, p: FrameParameters, name: str = "synthetic") -> Register:
    """Return the register of a case, made once a process for the same state table and parameters.

    Raises:
        InputError: a state has fewer tables than centres, or a register that its centres cannot
        hold.
    """
    sizes = [centre_sizes(table, s, p) for s in range(len(table))]
    tables, divisors = tables_by_centre(table, sizes)
    state = np.repeat(np.arange(len(table)), [len(r) for r in sizes])
    registered, count = np.concatenate(sizes), np.concatenate(tables)
    parish = parishes(table, state, p)
    order = np.lexsort((np.arange(len(state)), parish))
    state, registered, count, parish = state[order], registered[order], count[order], parish[order]
    caps = np.ceil(divisors[state] * (1 - 1e-9)).astype(np.int64)
    z = generator(p.seed, TABLE_STREAM).standard_normal(int(count.sum()))
    rows = table_registers(registered, count, caps, p.table_sd, z)
    past = synthetic_past(table, state, parish, registered, p)
    abroad = np.asarray(table.abroad)[state]
    return assemble(
        name,
        table.names,
        state,
        parish,
        zones_of(parish, abroad, p.zones),
        past,
        abroad,
        count,
        rows,
    )


def assemble(
    name: str,
    states: tuple[str, ...],
    state: Ints,
    parish: Ints,
    zone: Ints,
    past: NDArray[np.float64],
    abroad: NDArray[np.bool_],
    tables: Ints,
    rows: Ints,
) -> Register:
    """Return a Register of C centres in canonical order (state, parish, zone, past, abroad, tables:
    (C,); rows: (M,)).
    """
    centre = np.repeat(np.arange(len(tables), dtype=np.int32), tables)
    register = Register(
        name,
        "",
        states,
        int(zone.max()) + 1,
        registered=rows.astype(np.int32),
        centre=centre,
        centre_state=state.astype(np.int16),
        centre_parish=parish.astype(np.int32),
        centre_zone=zone.astype(np.int16),
        centre_registered=np.bincount(centre, rows, len(tables)).astype(np.int64),
        centre_past=np.asarray(past, dtype=np.float64),
        centre_abroad=np.asarray(abroad, dtype=np.bool_),
    )
    return replace(register, digest=frame_digest(register))


def frame_digest(register: Register) -> str:
    """Return 32 hexadecimal digits that stand for a register's content (not for its name)."""
    digest = blake2b("\x1f".join(register.states).encode(), digest_size=16)
    for field in fields(register):
        column = getattr(register, field.name)
        if isinstance(column, np.ndarray):
            column.setflags(write=False)
            digest.update(field.name.encode())
            digest.update(column.tobytes())
    return digest.hexdigest()


def centre_sizes(table: StateTable, s: int, p: FrameParameters) -> Ints:
    """Return registers of a state's centres, (C_s,), at fixed quantiles of the size curve; equal
    parts abroad.
    """
    voters, centres = table.registered[s], table.centres[s]
    if table.abroad[s]:
        return in_proportion(np.ones(centres), voters)
    if not p.centre_min_voters * centres <= voters <= p.centre_max_voters * centres:
        raise InputError(
            f"{table.names[s]}: {centres} centres of {p.centre_min_voters:g} to "
            f"{p.centre_max_voters:g} voters "
            f"cannot hold {voters} registered voters"
        )
    x = p.size_sd * np.interp((np.arange(centres) + 0.5) / centres, p.size_curve_q, p.size_curve_z)
    sizes = clipped(np.exp(x), voters, p.centre_min_voters, p.centre_max_voters)
    if table.tables_published[s] and table.tables[s] >= centres:
        sizes = fitting(sizes, voters, table.tables[s], p, table.names[s])
    return largest_remainder(sizes, voters)


def clipped(sizes: Floats, voters: int, low: float, high: float) -> Floats:
    """Return sizes within the bounds that sum to `voters`, nearly in the given proportions."""
    for _ in range(CLIPPING_PASSES):
        sizes = np.clip(sizes * (voters / sizes.sum()), low, high)
    held: Floats = sizes * (voters / sizes.sum())
    return held


def fitting(sizes: Floats, voters: int, tables: int, p: FrameParameters, state: str) -> Floats:
    """Return sizes of a state's centres whose tables hold at most `table_max_voters` each: the
    largest centres are cut down step by step until so many tables suffice.

    Raises:
        InputError: the tables cannot hold the voters.
    """
    most = p.table_max_voters
    if voters > most * tables:
        said = f"{state}: {tables} tables of at most {most:g} voters cannot hold {voters} voters"
        hint = "raise frame.table_max_voters, or correct tables in states.csv"
        raise InputError(Problem(said, path="frame.table_max_voters", hint=hint))
    mean, held = voters / sizes.size, sizes
    for high in np.geomspace(sizes.max(), mean, CEILINGS):
        if tables_under(np.ceil(held), most).sum() <= tables:
            break
        held = clipped(sizes, voters, p.centre_min_voters, high)
    return held


def tables_by_centre(
    table: StateTable, sizes: list[Ints]
) -> tuple[list[Ints], NDArray[np.float64]]:
    """Return tables of each centre by state, and the divisor of each state (S,).

    A state with a published number has its own divisor; the others share one, and what is then
    missing goes, one table at a time, to the state among them that has most tables.
    """
    divisors = np.zeros(len(table))
    tables: list[Ints] = [np.empty(0, dtype=np.int64)] * len(table)
    own = [[s] for s in range(len(table)) if table.tables_published[s]]
    rest = [s for s in range(len(table)) if not table.tables_published[s]]
    for group in [*own, *([rest] if rest else [])]:
        wanted = sum(table.tables[s] for s in group)
        together = np.concatenate([sizes[s] for s in group])
        if wanted < len(together):
            raise InputError(
                f"{', '.join(table.names[s] for s in group)}: {wanted} tables for {len(together)} "
                "centres"
            )
        divisor = adams_divisor(together, wanted)
        for s in group:
            divisors[s], tables[s] = divisor, tables_under(sizes[s], divisor)
        largest = max(group, key=lambda s: int(tables[s].sum()))
        missing = wanted - sum(int(tables[s].sum()) for s in group)
        tables[largest] = one_by_one(sizes[largest], tables[largest], missing)
    return tables, divisors


def parishes(table: StateTable, state: Ints, p: FrameParameters) -> Ints:
    """Return each centre's parish, (C,): uniform over the round(C_s / parish_centres) parishes of
    its state, one abroad.
    """
    u = generator(p.seed, PARISH_STREAM).random(len(state))
    in_state = [
        1 if a else max(1, round(c / p.parish_centres))
        for c, a in zip(table.centres, table.abroad, strict=True)
    ]
    first = np.concatenate([[0], np.cumsum(in_state)])
    return np.asarray(first[state] + np.floor(u * np.asarray(in_state)[state]).astype(np.int64))


def zones_of(parish: Ints, abroad: NDArray[np.bool_], zones: int) -> Ints:
    """Return scan zones, (C,): contiguous blocks of the parishes in the country; voters abroad go
    with the last zone.
    """
    parishes_home = int(parish[~abroad].max()) + 1 if not abroad.all() else int(parish.max()) + 1
    used = min(zones, parishes_home)
    return np.minimum(parish * used // parishes_home, used - 1)
