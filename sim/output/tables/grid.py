"""The one door through which a table is printed: readable at any width, and the same plain text on
a screen and in a pipe.

One line a row. No name is cut or broken: where a line would be wider than the screen, the columns
that matter least are left out, and the last line says which; where even the rest does not fit, the
cells of a row stand below its name. Without a screen and without COLUMNS,
nothing is left out.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_WIDTH = 20
PIPE_WIDTH = 120
GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column. name: of one line or several. rank: 0 always stays; of the others the highest is
    left out first. right: numbers, flush right.

    prose: sentences; where they do not fit beside the others they follow below the table, one
    paragraph a row.
    """

    name: str
    rank: int = 0
    right: bool = False
    prose: bool = False


Row = Sequence[str] | str


@dataclass(frozen=True)
class Grid:
    """A table: a row is one cell a column, or a text alone, which heads the rows below it.

    blocks: cut a table that is too wide into several, one below the other, each with the first
    `keys` columns, instead of leaving columns out.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    title: str = ""
    blocks: bool = False
    keys: int = 1


def screen_width() -> int | None:
    """Return how wide a line may be: COLUMNS, else the terminal's width, else None (a pipe: as wide
    as it takes).
    """
    stated = os.environ.get("COLUMNS", "")
    if stated.isascii() and stated.isdigit() and int(stated) > 0:
        return max(int(stated), LEAST_WIDTH)
    if sys.stdout.isatty():
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, LEAST_WIDTH)
    return None


def table_text(grid: Grid, width: int | None = None) -> str:
    """Return the table as text, lines at most `width` wide (default: as wide as the screen) where
    its names allow that.
    """
    width = screen_width() if width is None else width
    lines = [paragraph(grid.title, width)] if grid.title else []
    if grid.blocks:
        blocks = _in_blocks(grid, width)
        narrow = width is not None and max(map(len, blocks)) > width
        return "\n".join([*lines, *(_stacked(grid, width or 0) if narrow else blocks)])
    kept, below = _fitting(grid, width)
    if width is not None and _wide(grid, kept) > width:
        return "\n".join([*lines, *_stacked(grid, width)])
    lines += _lines(grid, kept)
    left_out = [grid.columns[k].name for k in _filled(grid) if k not in kept and k not in below]
    if left_out:
        lines.append(
            paragraph(
                f"left out at this width: {', '.join(left_out)}; a wider screen or --json has them",
                width,
            )
        )
    for k in below:
        lines += [
            paragraph(f"{row[0].strip()}: {row[k]}", width)
            for row in grid.rows
            if not isinstance(row, str) and row[k]
        ]
    return "\n".join(lines)


def paragraph(text: str, width: int | None = None, hang: int = 0) -> str:
    """Return a text with its lines wrapped between words at the width of the screen; words stay
    whole. hang: blanks before what a line goes on with.
    """
    width = screen_width() if width is None else width
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _wrapped(line, width, hang))


def prose(text: str) -> str:
    """Return sentences wrapped at the screen's width, in a pipe without COLUMNS at 120."""
    return paragraph(text, screen_width() or PIPE_WIDTH)


def _wrapped(line: str, width: int, hang: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip(" ")) + hang)
    return textwrap.wrap(
        line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
    ) or [""]


def entries_text(grid: Grid, width: int | None = None) -> str:
    """Return a list of things: a table where it fits, else an entry a row, its prose indented
    below its name.
    """
    width = screen_width() if width is None else width
    everything = range(len(grid.columns))
    if width is None or _wide(grid, everything) <= width:
        return table_text(grid, width)
    lines = []
    for row in grid.rows:
        pairs = list(zip(grid.columns, [row] if isinstance(row, str) else row, strict=False))
        facts = [_fact(column, cell) for column, cell in pairs if cell and not column.prose]
        said = [cell for column, cell in pairs if cell and column.prose]
        lines += [paragraph(", ".join(facts), width), *(paragraph(f"  {x}", width) for x in said)]
    return "\n".join(lines)


def _stacked(grid: Grid, width: int) -> list[str]:
    """Return a row as its name, its other cells indented below it: for screens that are narrower
    than the names and the numbers beside them.
    """
    lines: list[str] = []
    for row in grid.rows:
        if isinstance(row, str):
            lines.append(paragraph(row, width))
            continue
        pairs = [(column, cell) for column, cell in zip(grid.columns, row, strict=True) if cell]
        mark = ": " if grid.blocks else " "
        cells = [(" ".join(c.name.split()) + mark + cell.strip()).strip() for c, cell in pairs[1:]]
        lines.append(pairs[0][1].rstrip())
        said = cells if grid.blocks else [", ".join(cells)]
        lines += [paragraph(f"  {text}", width) for text in said]
    return lines


def _fact(column: Column, cell: str) -> str:
    """Return a cell as it reads outside its column: a bare number needs its name."""
    return f"{column.name.replace('_', ' ')} {cell}" if cell.isdigit() else cell


def _filled(grid: Grid) -> list[int]:
    """Return the columns that say anything, and those that always stay."""
    cells = [row for row in grid.rows if not isinstance(row, str)]
    return [
        k
        for k, column in enumerate(grid.columns)
        if column.rank == 0 or any(row[k] for row in cells)
    ]


def _widths(grid: Grid, kept: Sequence[int]) -> list[int]:
    cells = [row for row in grid.rows if not isinstance(row, str)]
    heads = [grid.columns[k].name.split("\n") for k in kept]
    return [
        max(len(text) for text in (*head, *(row[k] for row in cells)))
        for k, head in zip(kept, heads, strict=True)
    ]


def _wide(grid: Grid, kept: Sequence[int]) -> int:
    return sum(_widths(grid, kept)) + len(GAP) * (len(kept) - 1)


def _fitting(grid: Grid, width: int | None) -> tuple[list[int], list[int]]:
    """Return (columns that stay, columns of prose that go below the table)."""
    kept, below = _filled(grid), list[int]()
    while width is not None and _wide(grid, kept) > width:
        prose = [k for k in kept if grid.columns[k].prose]
        last = prose[-1] if prose else max(kept, key=lambda k: (grid.columns[k].rank, k))
        if not prose and grid.columns[last].rank == 0:
            break
        kept.remove(last)
        if prose:
            below.insert(0, last)
    return kept, below


def _in_blocks(grid: Grid, width: int | None) -> list[str]:
    """Return the lines of a table cut into blocks of as many columns as fit, each with the first
    `keys` columns.
    """
    keys, rest = list(range(grid.keys)), list(range(grid.keys, len(grid.columns)))
    lines: list[str] = []
    while rest or not lines:
        taken: list[int] = []
        while rest and (
            not taken or width is None or _wide(grid, [*keys, *taken, rest[0]]) <= width
        ):
            taken.append(rest.pop(0))
        lines += ([""] if lines else []) + _lines(grid, [*keys, *taken])
    return lines


def _lines(grid: Grid, kept: Sequence[int]) -> list[str]:
    widths = _widths(grid, kept)

    def line(cells: Sequence[str]) -> str:
        pairs = zip(kept, cells, widths, strict=True)
        return GAP.join(
            cell.rjust(w) if grid.columns[k].right else cell.ljust(w) for k, cell, w in pairs
        ).rstrip()

    names = [grid.columns[k].name.split("\n") for k in kept]
    deep = max(map(len, names))
    padded = [[""] * (deep - len(name)) + name for name in names]
    head = [line([name[row] for name in padded]) for row in range(deep)]
    rule = "-" * _wide(grid, [k for k in kept if not grid.columns[k].prose])
    body = [row if isinstance(row, str) else line([row[k] for k in kept]) for row in grid.rows]
    return [*head, rule, *body] if any(head) else body
