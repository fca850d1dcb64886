"""A user's own frame: the list of polling tables, with every mistake at its line and column.

The order of lines does not matter: tables are sorted by state (order of the state table), parish,
centre and table, whole numbers as numbers and other names as text, and all random numbers follow
that order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem
from sim.files.csv_rows import (
    LONGEST_NUMBER,
    Numbers,
    Rows,
    decimals,
    read_rows,
    texts,
    unique,
    whole_numbers,
)
from sim.models.electorate.frame import assemble, frame_digest, zones_of
from sim.models.electorate.past_support import synthetic_past
from sim.records.parameters.vote.electorate import FrameColumns, FrameParameters
from sim.records.vote.register import Register
from sim.records.vote.states import StateTable

TOTALS_TOLERANCE_SHARE = 0.001
SHARE_MARGIN = 0.005  # a centre's past share of 0 or 1 stands for few votes, not for certainty
REQUIRED = ("table_id", "centre_id", "state", "parish", "registered")

Ints = NDArray[np.int64]
Key = tuple[int, int, str]


def sort_key(text: str) -> Key:
    """Return the key of canonical order: whole numbers first and as numbers, then text."""
    whole = len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit()
    return (0, int(text), text) if whole else (1, 0, text)


def read_frame(path: Path, states: StateTable, p: FrameParameters) -> Register:
    """Return the register of a user's frame file in canonical order.

    Raises:
        InputError: every problem of the file: missing columns, empty or repeated ids, numbers that
        are none, unknown states, a
            centre in two places, totals that differ from the state table by more than 0.1 % (unless
            totals = "own").
    """
    rows = read_rows(path)
    at = {
        name: column
        for name in REQUIRED
        if (column := rows.column(getattr(p.columns, name), True)) is not None
    }
    rows.check()
    ids = {name: texts(rows, at[name]) for name in REQUIRED if name != "registered"}
    registered = np.array(whole_numbers(rows, at["registered"]), dtype=np.int64)
    unique(rows, at["table_id"], ids["table_id"])
    state = np.array(
        [_state_number(rows, line, at["state"], cells, states) for line, cells in rows.cells]
    )
    extra = _extras(rows, p.columns)
    _one_place_each(rows, at["centre_id"], ids, extra.zone)
    rows.check()
    if p.totals == "states":
        _compare_totals(rows, states, state, registered, ids["centre_id"])
        rows.check()
    return _register(path.stem, states, p, Tables(state, registered, ids, extra))


@dataclass(frozen=True, slots=True)
class Extras:
    """Optional columns of a frame file, by line; None where the file has no such column."""

    past_share: Numbers | None
    past_turnout: Numbers | None
    lat: Numbers | None
    lon: Numbers | None
    zone: list[str] | None


@dataclass(frozen=True, slots=True)
class Tables:
    """A frame file by line: state numbers, registered voters, ids by name of column, optional
    columns.
    """

    state: Ints
    registered: Ints
    ids: dict[str, list[str]]
    extra: Extras


def _extras(rows: Rows, names: FrameColumns) -> Extras:
    def numbers(name: str, low: float, high: float) -> Numbers | None:
        return decimals(rows, rows.column(name, False), low, high)

    zone = rows.column(names.scan_zone, False)
    return Extras(
        numbers(names.past_share, 0, 1),
        numbers(names.past_turnout, 0, 1),
        numbers(names.lat, -90, 90),
        numbers(names.lon, -180, 180),
        None if zone is None else texts(rows, zone),
    )


def _state_number(rows: Rows, line: int, column: int, cells: list[str], states: StateTable) -> int:
    name = cells[column]
    if name in states.names:
        return states.names.index(name)
    near = get_close_matches(name, states.names, 1)
    hint = f"is it {near[0]!r}?" if near else f"states: {', '.join(states.names)}"
    rows.wrong(line, column, f"no state {name!r} in the state table", hint)
    return 0


def _one_place_each(
    rows: Rows, column: int, ids: dict[str, list[str]], zone: list[str] | None
) -> None:
    """Note centres that lie in two states, parishes or scan zones."""
    seen: dict[str, tuple[str, ...]] = {}
    for index, (line, _) in enumerate(rows.cells):
        centre = ids["centre_id"][index]
        place = (
            ids["state"][index],
            ids["parish"][index],
            *(() if zone is None else (zone[index],)),
        )
        if seen.setdefault(centre, place) != place:
            rows.wrong(
                line,
                column,
                f"centre {centre!r} lies in {' / '.join(seen[centre])} and in {' / '.join(place)}",
            )


def _compare_totals(
    rows: Rows, states: StateTable, state: Ints, registered: Ints, centre: list[str]
) -> None:
    """Note states whose registered voters, tables or centres differ from the state table by more
    than 0.1 %.
    """
    size = len(states)
    centres = np.array(
        [
            len({c for c, s in zip(centre, state, strict=True) if s == number})
            for number in range(size)
        ]
    )
    found = {
        "registered": (np.bincount(state, registered, size), states.registered),
        "tables": (np.bincount(state, minlength=size), states.tables),
        "centres": (centres, states.centres),
    }
    for what, (own, stated) in found.items():
        for name, here, there in zip(states.names, own, stated, strict=True):
            if abs(here - there) > TOTALS_TOLERANCE_SHARE * there:
                hint = 'correct one of them, or write totals = "own" in [frame]'
                rows.problems.append(
                    Problem(
                        f"{name}: {what} {here:.0f}, the state table has {there}",
                        rows.file,
                        hint=hint,
                    )
                )


def _canonical(tables: Tables) -> list[int]:
    """Return line numbers (0-based) in canonical order."""
    ids = tables.ids

    def key(row: int) -> tuple[int, Key, Key, Key]:
        parish, centre, table = (
            sort_key(ids[name][row]) for name in ("parish", "centre_id", "table_id")
        )
        return (int(tables.state[row]), parish, centre, table)

    return sorted(range(len(tables.state)), key=key)


def _numbered(labels: Iterable[object]) -> Ints:
    """Return 0, 1, 2, ... for labels in order of first appearance."""
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(label, len(seen)) for label in labels], dtype=np.int64)


def _register(name: str, states: StateTable, p: FrameParameters, tables: Tables) -> Register:
    order = _canonical(tables)
    rows, ids = tables.registered[order], tables.ids
    centre = _numbered(ids["centre_id"][row] for row in order)
    first = np.flatnonzero(np.r_[True, centre[1:] != centre[:-1]])
    lines = [order[row] for row in first]
    state = tables.state[lines]
    parish = _numbered((ids["state"][line], ids["parish"][line]) for line in lines)
    centre_registered = np.bincount(centre, rows).astype(np.int64)
    past = synthetic_past(states, state, parish, centre_registered, p)
    known = _by_centre(tables.extra.past_share, order, centre, rows)
    if known is not None:
        share = np.clip(known, SHARE_MARGIN, 1 - SHARE_MARGIN)
        past = np.where(np.isnan(known), past, np.log(share / (1 - share)))
    abroad = np.asarray(states.abroad)[state]
    zone = (
        zones_of(parish, abroad, p.zones)
        if tables.extra.zone is None
        else _zones(tables.extra.zone, lines)
    )
    register = assemble(
        name, states.names, state, parish, zone, past, abroad, np.bincount(centre), rows
    )
    register = replace(
        register,
        table_ids=tuple(ids["table_id"][line] for line in order),
        centre_ids=tuple(ids["centre_id"][line] for line in lines),
        centre_past_turnout=_by_centre(tables.extra.past_turnout, order, centre, rows),
        centre_lat=_by_centre(tables.extra.lat, order, centre, rows),
        centre_lon=_by_centre(tables.extra.lon, order, centre, rows),
    )
    return replace(register, digest=frame_digest(register))


def _by_centre(
    column: Numbers | None, order: list[int], centre: Ints, rows: Ints
) -> Numbers | None:
    """Return the register-weighted mean over each centre's tables with a number, (C,), NaN where
    there is none.
    """
    if column is None:
        return None
    values = column[order]
    weight = np.where(np.isnan(values), 0, rows)
    total = np.bincount(centre, weight)
    summed = np.bincount(centre, weight * np.nan_to_num(values))
    mean: Numbers = np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0)
    return mean


def _zones(labels: list[str], lines: list[int]) -> Ints:
    """Return zone numbers, (C,), in sorted order of the labels."""
    number = {label: index for index, label in enumerate(sorted(set(labels), key=sort_key))}
    return np.array([number[labels[line]] for line in lines], dtype=np.int64)
