"""Which rows of a tally file count, and why the others do not: each named, none dropped
silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.files.column_guess import TOTAL_ROW, fold
from sim.records.tally import ColumnMap, SetAside, Tally

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TOTALS, NO_CODE = "a row of totals", "no code of a polling table"
NO_TABLE = (TOTALS, NO_CODE)
"""Rows set aside for these reasons name no polling table; all others name one, which then counts as
a table without a sheet.
"""
SPREADSHEET_NUMBER = re.compile(r"\d[.,]\d+[eE]\+\d+$")
RARE, NAMED = 0.1, 5
REGISTER_SLACK = 5
"""Ballots may exceed the register by so many before a row is impossible: officials vote where they
serve (tally-ho, Apollo).
"""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Parsed cells, N rows.

    votes: (K, N), NaN where empty; bad: (N,) a vote cell is text; the rest (N,) or None.
    """

    codes: tuple[str, ...]
    votes: Floats
    bad: Flags
    registered: Floats | None
    ballots: Floats | None
    valid: Floats | None
    invalid: Floats | None
    region: tuple[str, ...] | None
    stratum: tuple[str, ...] | None
    sample: Flags | None
    hours: Floats | None
    centre: tuple[str, ...] | None = None
    past_share: Floats | None = None


def total_rows(cells: Cells) -> Flags:
    """Return (N,) rows that add up the others: named so, or equal to the sum of all others in every
    candidate.
    """
    named = np.array(
        [
            bool(TOTAL_ROW.match(fold(code.split("-")[0]) or fold(code.split("-")[-1])))
            for code in cells.codes
        ]
    )
    if cells.region is not None:
        named |= np.array(
            [bool(TOTAL_ROW.match(fold(r))) if r[:1].isalpha() else False for r in cells.region]
        )
    filled = np.nan_to_num(cells.votes)
    rest = filled.sum(axis=1, keepdims=True) - filled
    adds_up = (filled == rest).all(axis=0) & (filled.sum(axis=0) > 0) & (cells.votes.shape[1] > 2)
    return np.asarray(named | adds_up)


def faults(cells: Cells) -> list[tuple[str, Flags]]:
    """Return (reason, rows) of every check in the order in which a row is named; a row counts under
    the first.
    """
    votes = cells.votes
    empty = np.isnan(votes)
    n, none = votes.shape[1], np.zeros(votes.shape[1], dtype=np.bool_)
    total = np.nansum(votes, axis=0)
    valid = cells.valid if cells.valid is not None else np.full(n, np.nan)
    invalid = np.nan_to_num(cells.invalid) if cells.invalid is not None else np.zeros(n)
    ballots = cells.ballots if cells.ballots is not None else np.full(n, np.nan)
    cast = np.fmax(np.fmax(total + invalid, ballots), np.nan_to_num(valid) + invalid)
    register = np.nan_to_num(cells.registered) if cells.registered is not None else np.zeros(n)
    with np.errstate(invalid="ignore"):
        return [
            (TOTALS, total_rows(cells)),
            (NO_CODE, np.array([not code.strip("- ") for code in cells.codes], dtype=np.bool_)),
            ("a vote cell is not a number", cells.bad),
            ("a negative number of votes", (votes < 0).any(axis=0) | (invalid < 0) | (valid < 0)),
            (
                "votes that are not whole numbers",
                (votes != np.round(votes)).any(axis=0, where=~empty),
            ),
            (
                "some vote cells are empty and the others do not add up to the valid votes",
                empty.any(axis=0) & ~empty.all(axis=0) & ~(total == valid),
            ),
            ("candidates add up to more than the valid votes", total > valid),
            ("candidates add up to more than the ballots", total > ballots),
            (
                f"ballots exceed the register by more than {REGISTER_SLACK}",
                (register > 0) & (cast > register + REGISTER_SLACK)
                if cells.registered is not None
                else none,
            ),
        ]


def repeats(
    codes: NDArray[np.str_], votes: Floats, rows: NDArray[np.int64]
) -> list[tuple[str, NDArray[np.int64]]]:
    """Return rows of tables sent more than once: later equal ones, and all of those whose votes
    differ.
    """
    _, first, group, count = np.unique(
        codes[rows], return_index=True, return_inverse=True, return_counts=True
    )
    many = np.flatnonzero(count[group] > 1)
    if not len(many):
        return []
    reference = votes[:, rows[first[group[many]]]]
    unequal = (
        np.nan_to_num(votes[:, rows[many]], nan=-1.0) != np.nan_to_num(reference, nan=-1.0)
    ).any(axis=0)
    differing = np.isin(group[many], np.unique(group[many][unequal]))
    later = ~differing & (many != first[group[many]])
    return [
        ("the same table sent again with the same votes", rows[many[later]]),
        ("the same table sent twice with different votes", rows[many[differing]]),
    ]


def set_aside(cells: Cells) -> tuple[list[SetAside], NDArray[np.int64], NDArray[np.int64]]:
    """Return (rows set aside in file order, rows that count, rows that only say that a table
    exists: one a table).
    """
    left, out = np.ones(len(cells.codes), dtype=np.bool_), []
    for reason, flags in faults(cells):
        out += [SetAside(int(i) + 2, cells.codes[i], reason) for i in np.flatnonzero(flags & left)]
        left &= ~flags
    codes, blank = np.array(cells.codes), np.isnan(cells.votes).all(axis=0)
    spare = np.flatnonzero(left & blank & np.isin(codes, codes[left & ~blank]))
    out += [
        SetAside(
            int(i) + 2, cells.codes[i], "an empty row of a table whose votes stand in another row"
        )
        for i in spare
    ]
    left[spare] = False
    for reason, rows in repeats(codes, cells.votes, np.flatnonzero(left)):
        out += [SetAside(int(i) + 2, cells.codes[i], reason) for i in rows]
        left[rows] = False
    out.sort(key=lambda s: s.line)
    known = {cells.codes[i] for i in np.flatnonzero(left)}
    first = {
        s.table: s.line - 2
        for s in reversed(out)
        if s.reason not in NO_TABLE and s.table not in known
    }
    return out, np.flatnonzero(left), np.array(sorted(first.values()), dtype=np.int64)


def short_rows(cells: Cells, counting: NDArray[np.int64]) -> list[str]:
    """Return which counting rows lack votes, named; [] where that is common, as it is when the file
    leaves candidates out.
    """
    if cells.valid is None:
        return []
    votes, valid = cells.votes[:, counting], cells.valid[counting]
    less = ~np.isnan(votes).all(axis=0) & (np.nansum(votes, axis=0) < valid)
    if less.sum() > RARE * len(counting):
        return []
    return [f"{cells.codes[i]} (line {i + 2})" for i in counting[less]]


def checked_rows(
    cells: Cells, file: str, encoding: str, delimiter: str, columns: ColumnMap
) -> Tally:
    """Return the tally with impossible and repeated rows set aside; their tables stay, without a
    sheet.
    """
    aside, counting, named = set_aside(cells)
    rows = np.sort(np.concatenate([counting, named]))
    votes = np.where(np.isin(rows, named), np.nan, cells.votes[:, rows])
    reported = ~np.isnan(votes).all(axis=0)
    filled = int((np.isnan(votes) & reported).any(axis=0).sum())
    notes = []
    short = short_rows(cells, counting)
    if short:
        more = " ..." if len(short) > NAMED else ""
        notes.append(
            f"{len(short)} rows have fewer votes for candidates than valid votes and "
            "count as they stand: "
            f"{', '.join(short[:NAMED])}{more}"
        )
    if any(SPREADSHEET_NUMBER.match(code) for code in cells.codes):
        notes.append(
            "some codes look like 1.2E+11: a spreadsheet has rounded them, so different tables "
            "may bear one code"
        )
    if filled:
        notes.append(
            f"{filled} rows have empty vote cells whose others add up to the valid votes: the "
            "empty ones count as 0"
        )
    empty = int((~reported).sum()) - len(named)
    if empty:
        notes.append(
            f"{empty} rows name a table but hold no votes: they count as tables without a sheet"
        )
    if len(named):
        notes.append(
            f"{len(named)} tables have only rows that were set aside: they count as tables "
            "without a sheet"
        )

    def whole(column: Floats | None, unknown: int) -> NDArray[np.int64]:
        if column is None:
            return np.full(len(rows), unknown, dtype=np.int64)
        known: NDArray[np.int64] = np.nan_to_num(column[rows], nan=unknown).astype(np.int64)
        return known

    def pick(column: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if column is None else tuple(column[i] for i in rows)

    return Tally(
        file=file,
        encoding=encoding,
        delimiter=delimiter,
        rows=len(cells.codes),
        columns=columns,
        codes=tuple(cells.codes[i] for i in rows),
        votes=np.nan_to_num(votes).astype(np.int64),
        registered=whole(cells.registered, 0),
        invalid=whole(cells.invalid, -1),
        reported=np.asarray(reported),
        region=pick(cells.region),
        stratum=pick(cells.stratum),
        sample=None if cells.sample is None else cells.sample[rows],
        hours=None if cells.hours is None else np.nan_to_num(cells.hours[rows], nan=np.inf),
        centre=pick(cells.centre),
        past_share=None if cells.past_share is None else cells.past_share[rows],
        set_aside=tuple(aside),
        notes=tuple(notes),
    )
