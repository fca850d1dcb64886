"""The columns of a table by what their cells are: whole numbers, other numbers, text, nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.files.opening.header import Table
from sim.files.opening.numbers import FRACTION, OK, STYLE, TEXT, Numbers, NumberStyle, parse
from sim.files.roles.words import is_total_word

MOSTLY = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """numbers: of every column that holds mostly numbers. whole, decimal, text, empty: numbers of
    columns.
    """

    numbers: dict[int, Numbers]
    whole: tuple[int, ...]
    decimal: tuple[int, ...]
    text: tuple[int, ...]
    empty: tuple[int, ...]

    def matrix(self, chosen: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return ((n, c) numbers with 0 where there is none, (n, c) which cells are sound whole
        numbers).
        """
        values = np.column_stack([np.nan_to_num(self.numbers[k].values) for k in chosen])
        sound = np.column_stack([self.numbers[k].kind == OK for k in chosen])
        return np.where(sound, values, 0).astype(np.int64), sound


def kinds(table: Table, style: NumberStyle = STYLE) -> Columns:
    """Return what each column holds.

    A column is numeric where four in five of its filled cells are numbers.
    """
    numbers: dict[int, Numbers] = {}
    whole, decimal, text, empty = [], [], [], []
    for k in range(table.frame.width):
        cells = table.cells(k)
        if bool((cells == "").all()):
            empty.append(k)
            continue
        one = parse(cells, style)
        share, _ = one.shares()
        fractions = float((one.kind == FRACTION).sum()) / max(int((cells != "").sum()), 1)
        if share >= MOSTLY:
            numbers[k] = one
            whole.append(k)
        elif share + fractions >= MOSTLY or int(cells.str.ends_with("%").sum()) > MOSTLY * len(
            cells
        ):
            numbers[k] = one
            decimal.append(k)
        else:
            text.append(k)
    return Columns(numbers, tuple(whole), tuple(decimal), tuple(text), tuple(empty))


def header_rows(table: Table) -> NDArray[np.bool_]:
    """Return (n,) rows that repeat the header."""
    named = [k for k, name in enumerate(table.names) if name]
    if not named or not table.frame.height:
        return np.zeros(table.frame.height, dtype=np.bool_)
    last = named[-1]
    maybe = (table.cells(last) == table.names[last]).to_numpy() | (
        table.cells(named[0]) == table.names[named[0]]
    ).to_numpy()
    out = np.zeros(table.frame.height, dtype=np.bool_)
    for i in np.flatnonzero(maybe):
        row = [cell.strip() for cell in table.frame.row(int(i))]
        out[i] = sum(row[k] == table.names[k] for k in named) >= 0.5 * len(named)
    return out


def total_words(table: Table, columns: Columns, chosen: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return (n,) rows in which one of these columns names a total."""
    out = np.zeros(table.frame.height, dtype=np.bool_)
    for k in chosen:
        cells = table.cells(k)
        if k in columns.numbers:
            cells = cells.set(pl.Series(columns.numbers[k].kind != TEXT), "")
        different = [
            c for c in cells.unique().to_list() if c and not c[0].isdigit() and is_total_word(c)
        ]
        if different:
            out |= cells.is_in(different).to_numpy()
    return out
