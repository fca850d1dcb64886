"""Which rows count, and why the others do not: each named under one reason, none dropped
silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.files.counting.cells import Cells, Flags, Floats
from sim.files.counting.reasons import FAULTS, NO_TABLE

REGISTER_SLACK = 5
"""Ballots may exceed the register by so many before a row is impossible: officials vote where they
serve (tally-ho, Apollo).
"""


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """What is known of rows before their numbers: (N,) flags by reason. early: asked first; table:
    these name a table.
    """

    early: dict[str, Flags] = field(default_factory=dict)
    table: dict[str, Flags] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowRules:
    """What a mapping says about rows. zeros_count: a row of zeros is a sheet. all_there: candidates
    must reach the valid votes.

    letter: what the candidates add up to where no valid votes are known: F, T, S, or "" for
    nothing.
    """

    zeros_count: bool = False
    all_there: bool = True
    letter: str = ""
    slack: int = REGISTER_SLACK


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """reason: (N,) index into `names`, -1 where the row counts as it stands. sheet: (N,) rows with
    votes that count.

    kept: rows that stand for a table, one each, in file order. twice: rows of another table under
    the same code.
    """

    reason: NDArray[np.int16]
    names: tuple[str, ...]
    sheet: Flags
    kept: NDArray[np.int64]
    twice: NDArray[np.int64]
    filled: int

    def lines_of(self, reason: str) -> NDArray[np.int64]:
        """Return the rows set aside for a reason."""
        named = [i for i, name in enumerate(self.names) if name == reason]
        return np.flatnonzero(np.isin(self.reason, named))

    def faults(self) -> int:
        """Return how many rows are faulty."""
        return sum(len(self.lines_of(reason)) for reason in FAULTS)

    def naming(self) -> int:
        """Return how many rows name a table."""
        return len(self.reason) - sum(len(self.lines_of(reason)) for reason in NO_TABLE)


def known(column: Floats | None, n: int) -> Floats:
    """Return a column, NaN throughout where there is none."""
    return np.full(n, np.nan) if column is None else column


def goals(cells: Cells, rules: RowRules) -> tuple[Floats, Floats, Floats]:
    """Return (votes for candidates, invalid votes with 0 where unknown, what the candidates must
    add up to or NaN).
    """
    n = cells.votes.shape[1]
    total: Floats = np.nansum(cells.votes, axis=0)
    invalid: Floats = (
        np.nansum(np.stack(list(cells.kinds.values())), axis=0) if cells.kinds else np.zeros(n)
    )
    valid = known(cells.counts.get("valid"), n)
    sheet = known(cells.counts.get("total"), n)
    goal = np.where(np.isnan(valid), sheet - invalid, valid)
    return total, invalid, goal


def number_faults(cells: Cells, rules: RowRules) -> list[tuple[str, Flags]]:
    """Return (reason, rows) of every check on numbers, in the order in which a row is named."""
    n = cells.votes.shape[1]
    total, invalid, goal = goals(cells, rules)
    empty = np.isnan(cells.votes)
    some, every = empty.any(axis=0), empty.all(axis=0)
    found, issued = (
        known(cells.counts.get("ballots_found"), n),
        known(cells.counts.get("ballots_issued"), n),
    )
    register, valid = known(cells.counts.get("registered"), n), known(cells.counts.get("valid"), n)
    cast = np.fmax(np.fmax(total + invalid, found), np.nan_to_num(valid) + invalid)
    with np.errstate(invalid="ignore"):
        above = (total > goal) | (total + invalid > found) | (valid + invalid > found)
        below = (total < goal) if rules.all_there else np.zeros(n, dtype=np.bool_)
        if rules.letter == "S":
            above |= total + invalid > issued
        unequal = (above | below) & ~every
        checked = np.isfinite(goal) & (total == goal) | np.isfinite(found) & (
            total + invalid == found
        )
        none = (
            ~every
            & (total == 0)
            & ~(np.nan_to_num(goal) > 0)
            & ~(np.nan_to_num(found) > 0)
            & (invalid == 0)
        )
        over = (register > 0) & (cast > register + rules.slack)
    ordered = [(reason, flagged) for reason, flagged in cells.odd.items()]
    ordered.append(("cells_empty", some & ~every & ~checked))
    if not rules.zeros_count:
        ordered.append(("no_votes", none & ~some))
    return [*ordered, ("does_not_add_up", unequal), ("more_than_register", over)]


def judge(cells: Cells, outside: Outside, rules: RowRules) -> Judged:
    """Return what becomes of each row."""
    n = cells.votes.shape[1]
    reason = np.full(n, -1, dtype=np.int16)
    names: list[str] = []
    listed = [
        *outside.early.items(),
        ("no_key", cells.nameless),
        *outside.table.items(),
        *number_faults(cells, rules),
    ]
    for name, flagged in listed:
        reason[(reason < 0) & flagged] = len(names)
        names.append(name)
    codes = cells.codes.to_physical() if cells.codes.dtype.is_integer() else cells.codes.hash(1)
    code = codes.to_numpy()
    blank: Flags = np.asarray(np.isnan(cells.votes).all(axis=0))
    names += ["cells_empty", "duplicate_same", "duplicate_conflict"]
    spare = np.flatnonzero((reason < 0) & blank & np.isin(code, code[(reason < 0) & ~blank]))
    reason[spare] = len(names) - 3
    same, conflict, twice = repeats(cells, code, np.flatnonzero(reason < 0))
    reason[same], reason[conflict] = len(names) - 2, len(names) - 1
    return arranged(reason, tuple(names), code, blank, twice, cells)


def repeats(
    cells: Cells, code: NDArray[np.uint64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (rows that repeat a table with equal numbers, rows of a table with different votes,
    rows of another table).

    One code with two registers names two tables.
    """
    none = np.zeros(0, dtype=np.int64)
    _, first, group, count = np.unique(
        code[rows], return_index=True, return_inverse=True, return_counts=True
    )
    many = np.flatnonzero(count[group] > 1)
    if not len(many):
        return none, none, none
    reference, here = rows[first[group[many]]], rows[many]
    register = known(cells.counts.get("registered"), cells.votes.shape[1])
    votes = np.nan_to_num(cells.votes, nan=-1.0)
    unequal = (votes[:, here] != votes[:, reference]).any(axis=0)
    both = (np.nan_to_num(register[here]) > 0) & (np.nan_to_num(register[reference]) > 0)
    other = both & (register[here] != register[reference])
    clashing = np.isin(group[many], np.unique(group[many][unequal & ~other])) & ~other
    later = ~clashing & ~other & (here != reference)
    return here[later], here[clashing], here[other]


def arranged(
    reason: NDArray[np.int16],
    names: tuple[str, ...],
    code: NDArray[np.uint64],
    blank: Flags,
    twice: NDArray[np.int64],
    cells: Cells,
) -> Judged:
    """Return the judged rows with one row for each table: the one that counts, or the first that
    names it.
    """
    counting = reason < 0
    nowhere = np.isin(reason, [i for i, name in enumerate(names) if name in NO_TABLE])
    named = np.flatnonzero(~counting & ~nowhere & ~np.isin(code, code[counting]))
    _, first = np.unique(code[named], return_index=True)
    kept = np.sort(np.concatenate([np.flatnonzero(counting), named[first]]))
    sheet = counting & ~blank
    filled = int((np.isnan(cells.votes).any(axis=0) & sheet).sum())
    return Judged(reason, names, sheet, kept, twice, filled)
