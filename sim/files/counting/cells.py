"""The cells of a plan's columns as numbers and text: nothing else of the file goes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.opening.columns import Columns
from sim.files.opening.header import Table
from sim.files.opening.numbers import (
    EMPTY,
    FRACTION,
    NEGATIVE,
    ROUNDED,
    STYLE,
    TEXT,
    UNREADABLE,
    NumberStyle,
    parse,
)
from sim.files.roles.plan import Plan
from sim.files.roles.words import fold

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LONGEST_CODE = 200
KINDS = {
    "unreadable": UNREADABLE,
    "not_a_number": TEXT,
    "rounded": ROUNDED,
    "negative": NEGATIVE,
    "fraction": FRACTION,
}
FALSE_WORDS = ("", "0", "0.0", "false", "f", "no", "n", "нет", "non")
TRUE_WORDS = ("1", "1.0", "true", "t", "yes", "y", "si", "sí", "да", "x", "oui")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """N rows.

    votes: (K, N), NaN where empty. odd: reason -> (N,) rows with such a cell. counts, kinds: (N,)
    or missing.
    """

    codes: pl.Series
    nameless: Flags
    votes: Floats
    odd: dict[str, Flags]
    counts: dict[str, Floats]
    kinds: dict[str, Floats]
    region: pl.Series | None
    centre: pl.Series | None


def read_cells(table: Table, columns: Columns, plan: Plan, style: NumberStyle = STYLE) -> Cells:
    """Return the cells of the plan's columns."""
    odd = {reason: np.zeros(table.frame.height, dtype=np.bool_) for reason in KINDS}

    def summed(chosen: tuple[int, ...], votes: bool) -> Floats:
        total = np.zeros(table.frame.height)
        empty = np.ones(table.frame.height, dtype=np.bool_)
        for k in chosen:
            one = columns.numbers.get(k) or parse(table.cells(k), style)
            if votes:
                for reason, kind in KINDS.items():
                    odd[reason] |= one.kind == kind
            total += np.nan_to_num(one.values)
            empty &= one.kind == EMPTY
        return np.where(empty, np.nan, total)

    votes = [summed(chosen, True) for _, chosen in plan.candidates]
    counts = {
        role: summed(c, role not in ("registered", "ballots_received"))
        for role, c in plan.counts.items()
    }
    kinds = {name: summed(chosen, True) for name, chosen in plan.invalid}
    codes, nameless = table_codes(table, plan)
    empty = np.zeros((0, table.frame.height))
    return Cells(
        codes,
        nameless,
        np.stack(votes) if votes else empty,
        odd,
        counts,
        kinds,
        joined_text(table, plan.region),
        joined_text(table, plan.centre),
    )


def joined_text(table: Table, columns: tuple[int, ...]) -> pl.Series | None:
    """Return the cells of these columns joined with hyphens, or None without any."""
    if not columns:
        return None
    parts = [table.cells(k) for k in columns]
    return (
        parts[0] if len(parts) == 1 else pl.select(pl.concat_str(parts, separator="-")).to_series()
    )


def table_codes(table: Table, plan: Plan) -> tuple[pl.Series, Flags]:
    """Return (code of each row's table, rows without one).

    Raises:
        InputError: a code is longer than any code is.
    """
    if plan.by_row or not plan.table:
        lines = pl.Series([f"line {line}" for line in table.lines.tolist()])
        return lines, np.zeros(len(lines), dtype=np.bool_)
    codes = joined_text(table, plan.table)
    assert codes is not None
    longest = int(codes.str.len_chars().max() or 0)  # type: ignore[arg-type]
    if longest > LONGEST_CODE * len(plan.table):
        at = int(codes.str.len_chars().arg_max() or 0)
        message = f"the code of a table has {longest:,} characters; {LONGEST_CODE} are the most"
        raise InputError(
            Problem(
                message, line=int(table.lines[at]), hint="name another column under [columns] table"
            )
        )
    last = table.cells(plan.table[-1]).str.strip_chars("-– ") == ""
    return codes, last.to_numpy()


def text_of(table: Table, column: int | None) -> list[str] | None:
    """Return a column's cells, or None without the column."""
    return None if column is None else table.cells(column).to_list()


def numbers_of(table: Table, column: int | None, style: NumberStyle = STYLE) -> Floats | None:
    """Return a column's numbers, NaN where there is none, or None without the column."""
    return None if column is None else parse(table.cells(column), style).values


def flags(marked: list[str], lines: NDArray[np.int64], column: str, file: str) -> Flags:
    """Return (n,) which rows a yes/no column marks.

    Raises:
        InputError: a cell is neither, or no row is marked.
    """
    words = [fold(m) for m in marked]
    hint = f"yes: {', '.join(TRUE_WORDS)}; no: empty, {', '.join(FALSE_WORDS[1:])}"
    odd = next(
        (row for row, word in enumerate(words) if word not in TRUE_WORDS + FALSE_WORDS), None
    )
    if odd is not None:
        said = f"column {column!r} flags no sample: line {lines[odd]} is neither yes nor no"
        raise InputError(Problem(said, file=file, hint=hint))
    drawn = np.array([word in TRUE_WORDS for word in words], dtype=np.bool_)
    if not drawn.any():
        raise InputError(
            Problem(f"column {column!r} flags no sample: no row is marked", file=file, hint=hint)
        )
    return drawn
