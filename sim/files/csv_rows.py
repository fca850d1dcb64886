"""A CSV file of a user as text cells with their lines: columns by name, numbers checked, every
problem with line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from sim.disk.inside import stays
from sim.errors import InputError, Problem

MOST_WHOLE = 2**24
MOST_PROBLEMS = 50
EMPTY = "leave the cell empty where it is not known"
LONGEST_NUMBER = 18  # digits; longer ones are text

Numbers = NDArray[np.float64]


def inside(folder: Path, relative: str) -> Path:
    """Return the path of a file named in a scenario or a seed; it may not lie outside the folder.

    Raises:
        InputError: an absolute path, a path that climbs out of the folder (by `..` or by a link),
        or no such file.
    """
    if "\0" in relative:
        raise InputError(Problem(f"{relative!r} is no name of a file"))
    path = folder / relative
    if (
        PurePosixPath(relative).is_absolute()
        or Path(relative).is_absolute()
        or not stays(folder, path)
    ):
        raise InputError(
            Problem(
                f"{relative!r} leaves its folder",
                hint=f"put the file into {folder.name} and name it from there",
            )
        )
    if not path.is_file():
        raise InputError(
            Problem(
                f"no file {relative!r} in {folder.name}",
                hint="check the name; it counts from that folder",
            )
        )
    return path.resolve()


@dataclass(slots=True)
class Rows:
    """A CSV file as text cells with their line numbers; collects problems instead of raising at the
    first.
    """

    file: str
    lines: list[str]
    header: list[str]
    cells: list[tuple[int, list[str]]]
    delimiter: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, column: int, message: str, hint: str = "") -> None:
        """Note a problem in cell `column` (0-based, -1: the whole line) of a line."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        before = text.split(self.delimiter)[: max(column, 0)]
        place = sum(len(cell) + 1 for cell in before) + 1
        self.problems.append(Problem(message, self.file, line, place, text[:200], hint=hint))

    def check(self) -> None:
        """Raise every problem noted so far in file order, at most 50 in full."""
        self.problems.sort(key=lambda problem: (problem.line, problem.column))
        if len(self.problems) > MOST_PROBLEMS:
            more = len(self.problems) - MOST_PROBLEMS
            self.problems = [
                *self.problems[:MOST_PROBLEMS],
                Problem(f"and {more} more problems", self.file),
            ]
        if self.problems:
            raise InputError(self.problems)

    def column(self, name: str, required: bool) -> int | None:
        """Return the number of a column; a missing required one is a problem that names the nearest
        column there is.
        """
        if name and name in self.header:
            return self.header.index(name)
        if required:
            near = get_close_matches(name, self.header, 1)
            hint = f"is it {near[0]!r}? " if near else ""
            self.wrong(1, -1, f"no column {name!r}", f"{hint}columns: {', '.join(self.header)}")
        return None


def read_rows(path: Path, *, empty_is_fine: bool = False) -> Rows:
    """Return the cells of a CSV file (UTF-8, comma or semicolon); lines of the wrong length and
    blank files are problems.

    empty_is_fine: a header without rows is a table, too.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            Problem(f"not UTF-8 at byte {error.start}", path.name, hint="save the file as UTF-8")
        ) from error
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", path.name)) from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows = Rows(
        path.name,
        lines,
        [cell.strip() for cell in next(_parsed(reader, path.name), [])],
        [],
        delimiter,
    )
    for cells in _parsed(reader, path.name):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(rows.header):
            rows.wrong(
                reader.line_num, -1, f"{len(cells)} cells, the header has {len(rows.header)}"
            )
        else:
            rows.cells.append((reader.line_num, [cell.strip() for cell in cells]))
    if not rows.cells and not rows.problems and not (empty_is_fine and rows.header):
        rows.problems.append(Problem("no rows", path.name))
    rows.check()
    return rows


def _parsed(reader: Iterator[list[str]], file: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            Problem(
                f"not a CSV file: {error}",
                file,
                hint="look for a quotation mark that is never closed",
            )
        ) from error


def texts(rows: Rows, column: int) -> list[str]:
    """Return a column of text; an empty cell is a problem."""
    for line, cells in rows.cells:
        if not cells[column]:
            rows.wrong(line, column, f"{rows.header[column]} is empty")
    return [cells[column] for _, cells in rows.cells]


def whole_numbers(rows: Rows, column: int, most: int = MOST_WHOLE) -> list[int]:
    """Return a column of whole numbers above 0; anything else is a problem (and stands as 1)."""
    found = []
    for line, cells in rows.cells:
        text = cells[column]
        good = (
            len(text) <= LONGEST_NUMBER
            and text.isascii()
            and text.isdigit()
            and 0 < int(text) <= most
        )
        if not good:
            rows.wrong(
                line,
                column,
                f"{rows.header[column]} must be a whole number from 1 to {most}, found {text!r}",
            )
        found.append(int(text) if good else 1)
    return found


def decimals(
    rows: Rows, column: int | None, low: float, high: float, unknown: str = EMPTY
) -> Numbers | None:
    """Return a column of numbers between low and high, NaN where the cell is empty; None without
    the column. unknown: advice for a number that is not known.
    """
    if column is None:
        return None
    found = np.full(len(rows.cells), np.nan)
    for index, (line, cells) in enumerate(rows.cells):
        if cells[column]:
            found[index] = _decimal(cells[column])
            if not low <= found[index] <= high:
                message = (
                    f"{rows.header[column]} must be a number from {low:g} to {high:g}, "
                    f"found {cells[column]!r}"
                )
                rows.wrong(line, column, message, unknown)
    return found


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def unique(rows: Rows, column: int, values: list[str]) -> None:
    seen: dict[str, int] = {}
    for (line, _), value in zip(rows.cells, values, strict=True):
        if value in seen:
            rows.wrong(
                line,
                column,
                f"{rows.header[column]} {value!r} stands in line {seen[value]} already",
            )
        seen.setdefault(value, line)
