"""A user's table of actors: who they are, what they can bring to bear, what they want, how much
they care.

Three layouts, told apart by the header: `actor, capability, position, salience` (more pairs for
more dimensions), KTAB's (a title row, then Actor, Description, Power, Pstn1, Sal1, ...), and `Name
x c s`. Comma, semicolon or tab; UTF-8. All mistakes of a file are reported at once, each with line
and column.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem

NAMES = ("actor", "name")
POWERS = ("capability", "power", "c", "weight", "influence")
POSITIONS = ("position", "pstn", "x")
SALIENCES = ("salience", "sal", "s")
KTAB_SCALE = (0.0, 100.0)
HINT = "the header must name: actor, capability, then position and salience for each dimension"


@dataclass(frozen=True, slots=True)
class ActorFile:
    """names (n,), capability (n,), position and salience n x D as written; saliences are put on
    0..1; `scale` of positions.
    """

    names: tuple[str, ...]
    dimensions: tuple[str, ...]
    capability: tuple[float, ...]
    position: tuple[tuple[float, ...], ...]
    salience: tuple[tuple[float, ...], ...]
    scale: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields stand in a row."""

    name: int
    capability: int
    position: tuple[int, ...]
    salience: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text file: its number from 1, its text and its cells."""

    number: int
    text: str
    cells: list[str]


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a delimited text file that are not blank.

    Raises:
        InputError: the file cannot be read, is not UTF-8 or is empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(Problem("no such file", str(path))) from None
    except UnicodeDecodeError as error:
        raise InputError(
            Problem(f"not UTF-8 text: {error.reason} at byte {error.start}", str(path))
        ) from None
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from None
    rows = [
        (number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip(" \t,;")
    ]
    if not rows:
        raise InputError(Problem("the file is empty", str(path), hint=HINT))
    mark = max("\t,;", key=lambda c: sum(line.count(c) for _, line in rows))
    return [
        Line(number, line, [c.strip() for c in next(csv.reader([line], delimiter=mark))])
        for number, line in rows
    ]


def read_actors(path: Path, scale: tuple[float, float] | None = None) -> ActorFile:
    """Return the actors of a file. Without `scale`, positions run from the least to the greatest in
    the file (KTAB's: 0 to 100).

    Raises:
        InputError: every mistake found, in file order.
    """
    lines = read_lines(path)
    at, columns = _header(path, lines)
    problems: list[Problem] = []
    rows = [_row(path, line, columns, problems) for line in lines[at + 1 :]]
    problems += _doubles(path, lines[at + 1 :], columns)
    if not problems and len(rows) < 2:
        problems.append(Problem("at least two actors are needed", str(path)))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return _checked(path, lines[at:], columns, rows, scale or (KTAB_SCALE if at else None))


def column_of(line: Line, index: int) -> int:
    """Return the column from 1 at which a cell of a line begins."""
    start = 0
    for cell in line.cells[: index + 1]:
        found = line.text.find(cell, start) if cell else start
        place = found if found >= 0 else start
        start = place + len(cell) + (0 if cell else 1)
    return place + 1 if line.cells else 1


def _header(path: Path, lines: list[Line]) -> tuple[int, Columns]:
    """Return which of the first two lines is the header, and the columns that it names."""
    for at, line in enumerate(lines[:2]):
        words = [cell.lower() for cell in line.cells]
        name = [i for i, w in enumerate(words) if w in NAMES]
        power = [i for i, w in enumerate(words) if w in POWERS]
        x, s = _numbered(words, POSITIONS), _numbered(words, SALIENCES)
        if name and power and x and len(x) == len(s):
            return at, Columns(name[0], power[0], x, s)
    first = lines[0]
    raise InputError(
        Problem(
            "no header with actors, capability, and pairs of position and salience",
            str(path),
            first.number,
            1,
            first.text,
            hint=HINT,
        )
    )


def _numbered(words: list[str], stems: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(i for i, w in enumerate(words) if w.rstrip("0123456789").rstrip(" _-") in stems)


def _row(
    path: Path, line: Line, columns: Columns, problems: list[Problem]
) -> tuple[str, list[float]]:
    wanted = [columns.capability, *columns.position, *columns.salience]
    values = [_number(path, line, index, problems) for index in wanted]
    name = line.cells[columns.name] if columns.name < len(line.cells) else ""
    if not name:
        problems.append(_problem(path, line, columns.name, "an actor has no name"))
    if values[0] is not None and values[0] <= 0:
        problems.append(
            _problem(path, line, columns.capability, f"capability {values[0]:g} must be above 0")
        )
    first = 1 + len(columns.position)
    for index, value in zip(columns.salience, values[first:], strict=True):
        if value is not None and not 0 <= value <= 100:
            problems.append(
                _problem(path, line, index, f"salience {value:g} is outside 0 to 1 (or 0 to 100)")
            )
    return name, [0.0 if value is None else value for value in values]


def _number(path: Path, line: Line, index: int, problems: list[Problem]) -> float | None:
    text = line.cells[index] if index < len(line.cells) else ""
    try:
        value = float(text)
    except ValueError:
        problems.append(
            _problem(
                path,
                line,
                index,
                f"{text!r} is not a number" if text else "a number is missing here",
            )
        )
        return None
    if not math.isfinite(value):
        problems.append(_problem(path, line, index, f"{text} is not a finite number"))
        return None
    return value


def _doubles(path: Path, lines: list[Line], columns: Columns) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for line in lines:
        name = line.cells[columns.name] if columns.name < len(line.cells) else ""
        if name and name in seen:
            yield _problem(
                path, line, columns.name, f"actor {name!r} is listed already in line {seen[name]}"
            )
        seen.setdefault(name, line.number)


def _checked(
    path: Path,
    lines: list[Line],
    columns: Columns,
    rows: list[tuple[str, list[float]]],
    scale: tuple[float, float] | None,
) -> ActorFile:
    """Return the file's table with saliences on 0..1, after the checks that need all rows."""
    d = len(columns.position)
    positions = [tuple(values[1 : 1 + d]) for _, values in rows]
    saliences = [values[1 + d :] for _, values in rows]
    unit = 100.0 if any(s > 1.0 for row in saliences for s in row) else 1.0
    low, high = scale or (min(min(row) for row in positions), max(max(row) for row in positions))
    problems = []
    for line, x, s in zip(lines[1:], positions, saliences, strict=True):
        problems += [
            _problem(path, line, index, f"position {value:g} is outside the scale {low:g}:{high:g}")
            for index, value in zip(columns.position, x, strict=True)
            if not low <= value <= high
        ]
        if sum(s) > unit * (1 + 1e-9):
            hint = "divide each actor's saliences by their sum"
            problems.append(
                _problem(
                    path,
                    line,
                    columns.salience[0],
                    f"saliences sum to {sum(s):g}, more than {unit:g}",
                    hint,
                )
            )
    if problems:
        raise InputError(problems)
    return ActorFile(
        tuple(name for name, _ in rows),
        tuple(lines[0].cells[i] for i in columns.position),
        tuple(values[0] for _, values in rows),
        tuple(positions),
        tuple(tuple(value / unit for value in row) for row in saliences),
        (low, high if high > low else low + 1.0),
    )


def _problem(path: Path, line: Line, index: int, message: str, hint: str = "") -> Problem:
    column = column_of(line, index) if index < len(line.cells) else len(line.text) + 1
    return Problem(message, str(path), line.number, column, line.text.expandtabs(1), hint=hint)
