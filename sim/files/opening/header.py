"""Fourth stage: the header. Below it columns are of one kind; its cells are words, mostly
different.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.files.opening.grid import Grid
from sim.files.refusal import RefusalError

LOOK, SAMPLE = 60, 400
NUMBER = r"^[+-]?\d[\d.,\s\u00a0\u2009\u202f'’]*(?:[eE][+]?\d+)?%?$"
DIFFERENT = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Cells below a header. frame: columns "0", "1" ...; names: as written, "" where none; lines:
    (n,) of the file.

    preamble: lines above the header; header: its lines; comments: lines left out; longer: rows with
    more cells than names. short: (m,) lines of the file with fewer cells than the header.
    """

    names: tuple[str, ...]
    frame: pl.DataFrame
    lines: NDArray[np.int64]
    delimiter: str = ","
    preamble: int = 0
    header: int = 1
    comments: int = 0
    longer: NDArray[np.int64] | None = None
    short: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def shown(self, column: int) -> str:
        """Return a column's name, or its number where it has none."""
        return self.names[column] or f"column {column + 1}"

    def cells(self, column: int) -> pl.Series:
        """Return a column's cells, spaces around them gone."""
        return self.frame[str(column)].str.strip_chars()


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """What a mapping says of the header.

    skip: lines above it; first: its first cell; lines: how many it has.
    """

    skip: int | None = None
    first: str | None = None
    lines: int = 1


def is_number(column: pl.Series) -> NDArray[np.bool_]:
    """Return which cells look like numbers."""
    return column.str.strip_chars().str.contains(NUMBER).fill_null(False).to_numpy()


def words_over_numbers(grid: Grid) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return (words above numbers, numbers) in each of the first rows, and how many columns hold
    mostly numbers.
    """
    top = grid.frame.head(LOOK)
    some = grid.frame.gather_every(max(grid.frame.height // SAMPLE, 1))
    over = np.zeros(top.height, dtype=np.int64)
    numeric = np.zeros(top.height, dtype=np.int64)
    columns = 0
    for name in grid.frame.columns:
        filled = some[name].str.strip_chars() != ""
        numbers = is_number(some[name])
        here = is_number(top[name])
        numeric += here
        if numbers.sum() > 0.5 * max(int(filled.sum()), 1) and numbers.sum() >= 2:
            columns += 1
            over += (top[name].str.strip_chars() != "").to_numpy() & ~here
    return over, numeric, columns


def find_header(grid: Grid, name: str) -> tuple[int, int]:
    """Return (first row of the header, its lines).

    Raises:
        RefusalError: no row looks like a header, or two do.
    """
    over, _, columns = words_over_numbers(grid)
    if not grid.frame.height:
        raise RefusalError(
            "header", "there are no rows", "give a table: a header line and rows below it", name
        )
    best = int(np.argmax(over)) if columns else 0
    cells = [c.strip() for c in grid.row(best) if c.strip()]
    different = len(set(cells)) / max(len(cells), 1)
    if not columns and grid.frame.height == 1:
        raise RefusalError(
            "header", "there are no rows below the header", "give the table with its rows", name
        )
    if columns and (over[best] < min(2, columns) or different < DIFFERENT):
        line = int(grid.lines[0])
        fix = (
            "write the columns' names above the first row, or name columns by number in a "
            "mapping file"
        )
        raise RefusalError(
            "no_header",
            f"no header: line {line} holds numbers like the lines below it",
            fix,
            name,
            line,
        )
    lines = (
        2
        if columns
        and best + 2 < grid.frame.height
        and over[best + 1] >= 1
        and is_second(grid, best)
        else 1
    )
    return best, lines


def is_second(grid: Grid, best: int) -> bool:
    """Return whether the row below the header continues it: words where the header has empty cells,
    and no numbers.
    """
    upper, lower = grid.row(best), grid.row(best + 1)
    numbers = is_number(pl.Series(lower)).any()
    fills = sum(bool(b.strip()) and not a.strip() for a, b in zip(upper, lower, strict=True))
    return not numbers and fills >= 1 and upper != lower


def with_header(grid: Grid, name: str, choice: HeaderChoice | None = None) -> Table:
    """Return the table below its header.

    Raises:
        RefusalError: the header cannot be told, has two lines that no mapping names, or nothing
        stands below it.
    """
    mapped = choice is not None and (
        choice.skip is not None or choice.first is not None or choice.lines > 1
    )
    if mapped and choice is not None:
        at, lines = chosen_row(grid, choice, name), choice.lines
    else:
        at, lines = find_header(grid, name)
        if lines > 1:
            line = int(grid.lines[at])
            fix = (
                f"save this mapping and run again with --mapping: [file] skip = {line - 1}, "
                "header_lines = 2"
            )
            said = f"the header has two lines ({line} and {line + 1}): names stand in both"
            raise RefusalError("header", said, fix, name, line, note=f"skip={line - 1}")
    return below(grid, at, lines, name)


def below(grid: Grid, at: int, lines: int, name: str) -> Table:
    """Return the rows below the header that stands at row `at`."""
    head = [grid.row(i) for i in range(at, at + lines)]
    names = [
        " / ".join(dict.fromkeys(part for part in (row[k].strip() for row in head) if part))
        for k in range(len(head[0]))
    ]
    last = max((k for k, one in enumerate(names) if one), default=0)
    frame = grid.frame.slice(at + lines)
    widths = grid.widths[at + lines :]
    if not frame.height:
        raise RefusalError(
            "header", "there are no rows below the header", "give the table with its rows", name
        )
    stated = int(grid.widths[at : at + lines].max())
    while (
        frame.width > max(last + 1, stated)
        and (frame[str(frame.width - 1)].str.strip_chars() == "").all()
    ):
        frame = frame.drop(str(frame.width - 1))
    longer = (
        np.flatnonzero(widths > stated) if frame.width > stated else np.zeros(0, dtype=np.int64)
    )
    named = tuple(clean_name(one) for one in names[: frame.width])
    short = grid.lines[at + lines :][widths < min(stated, frame.width)]
    return Table(
        named,
        frame,
        grid.lines[at + lines :],
        grid.delimiter,
        int(grid.lines[at]) - 1,
        lines,
        grid.comments,
        longer,
        short,
    )


def clean_name(text: str) -> str:
    """Return a column's name on one line."""
    return " ".join(text.replace('""', '"').split())


def chosen_row(grid: Grid, choice: HeaderChoice, name: str) -> int:
    """Return the row at which the header opens, as the mapping says."""
    if choice.skip is not None:
        at = int(np.searchsorted(grid.lines, choice.skip + 1))
        if at + choice.lines > grid.frame.height:
            raise RefusalError(
                "header",
                f"the file ends before line {choice.skip + 1}",
                "write a smaller [file] skip",
                name,
            )
        return at
    first = grid.frame["0"].str.strip_chars().to_list()
    wanted = (choice.first or "").strip()
    if choice.first is None:
        return find_header(grid, name)[0]
    for i, cell in enumerate(first[: 10 * LOOK]):
        if cell.strip("'\"") == wanted:
            return i
    near = Counter(first[:LOOK]).most_common(5)
    shown = ", ".join(repr(cell) for cell, _ in near if cell)
    raise RefusalError(
        "header", f"no line opens with {wanted!r}", f"first cells there: {shown}", name
    )
