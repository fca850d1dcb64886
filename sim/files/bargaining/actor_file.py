"""A user's table of actors: who they are, what they can bring to bear, what they want, how much
they care.

One actor a line, as CSV: `actor, capability, position, salience`, more pairs for more dimensions.
The field's files are read too: a title row, then `Actor, Description, Power, Pstn1, Sal1, ...`; and
`Name x c s`. Comma, semicolon or tab; UTF-8. All mistakes of a file are reported at once, each with
line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.actor_columns import HINT, Columns, find_columns, header_of, title_counts
from sim.files.bargaining.delimited import TextLine, number_in, problem_at, read_lines

Scale = tuple[float, float]
TITLED_SCALE: Scale = (0.0, 100.0)
MOST_ACTORS = 250
MOST_DIMENSIONS = 20
LEAST_CAPABILITY = 1e-9
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ActorFile:
    """names (n,), capability (n,), position and salience n x D as written, saliences on 0..1.

    `scales`: (low, high) of each dimension; `given`: whether they were chosen or taken from the
    least and greatest position. `reading`: what was read from which column, for the user to see.
    """

    names: tuple[str, ...]
    dimensions: tuple[str, ...]
    capability: tuple[float, ...]
    position: tuple[tuple[float, ...], ...]
    salience: tuple[tuple[float, ...], ...]
    scales: tuple[Scale, ...]
    given: bool
    reading: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: TextLine
    name: str
    capability: float
    position: tuple[float, ...]
    salience: tuple[float, ...]


def read_actors(path: Path, scales: tuple[Scale, ...] = ()) -> ActorFile:
    """Return the actors of a file. `scales`: one for all dimensions, or one for each.

    Without, a dimension runs from its least to its greatest position (in a file with a title row
    from 0 to 100).

    Raises:
        InputError: every mistake found, in file order.
    """
    lines = read_lines(path, HINT)
    at = header_of(lines)
    header, below = lines[at], lines[at + 1 :]
    columns = find_columns(path, header, below)
    problems = list(_counted(path, lines, columns)) if at else []
    rows = [_row(path, line, columns, problems) for line in below]
    problems += _doubles(path, rows, columns)
    if not problems and len(rows) < 2:
        problems.append(Problem("at least two actors are needed", str(path)))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    chosen = scales or ((TITLED_SCALE,) if at else ())
    return _checked(path, header, columns, rows, chosen)


def _counted(path: Path, lines: list[TextLine], columns: Columns) -> Iterator[Problem]:
    """Yield where the counts of a title row and the table below it differ."""
    found = (len(lines) - 2, len(columns.position))
    counts = title_counts(lines[0])
    if len(counts) == 2:
        for i, what in enumerate(("actors", "dimensions")):
            if counts[i] != found[i]:
                message = f"the title row counts {counts[i]} {what}, the table has {found[i]}"
                yield problem_at(path, lines[0], 2 + i, message)


def _row(path: Path, line: TextLine, columns: Columns, problems: list[Problem]) -> _Row:
    def number(index: int) -> float:
        value = number_in(path, line, index, problems)
        return 0.0 if value is None else value

    name, capability = line.cell(columns.name), number_in(path, line, columns.capability, problems)
    position = tuple(number(i) for i in columns.position)
    salience = tuple(number(i) for i in columns.salience)
    if not name:
        problems.append(problem_at(path, line, columns.name, "an actor has no name"))
    if len(name) > LONGEST_NAME:
        message = f"a name of {len(name)} characters; at most {LONGEST_NAME}"
        problems.append(problem_at(path, line, columns.name, message))
    if capability is not None and capability < LEAST_CAPABILITY:
        message = f"capability {capability:g} must be above 0"
        if capability > 0:
            message = f"capability {capability:g} is too small: at least {LEAST_CAPABILITY:g}"
        problems.append(problem_at(path, line, columns.capability, message))
    for index, value in zip(columns.salience, salience, strict=True):
        if not 0 <= value <= 100:
            message = f"salience {value:g} is outside 0 to 1 (or 0 to 100)"
            problems.append(problem_at(path, line, index, message))
    return _Row(line, name, capability or 0.0, position, salience)


def _doubles(path: Path, rows: list[_Row], columns: Columns) -> Iterator[Problem]:
    """Yield every actor that is listed twice, whatever its case, and an excess of actors."""
    seen: dict[str, int] = {}
    for row in rows:
        name = row.name.casefold()
        if name and name in seen:
            message = f"actor {row.name!r} is listed already in line {seen[name]}"
            yield problem_at(path, row.line, columns.name, message)
        seen.setdefault(name, row.line.number)
    if len(rows) > MOST_ACTORS:
        yield Problem(f"{len(rows)} actors; at most {MOST_ACTORS}", str(path))
    if len(columns.position) > MOST_DIMENSIONS:
        found = len(columns.position)
        yield Problem(f"{found} dimensions; at most {MOST_DIMENSIONS}", str(path))


def _checked(
    path: Path, header: TextLine, columns: Columns, rows: list[_Row], chosen: tuple[Scale, ...]
) -> ActorFile:
    """Return the file's table with saliences on 0..1, after the checks that need all rows."""
    d = len(columns.position)
    if len(chosen) > 1 and len(chosen) != d:
        message = f"{len(chosen)} scales for {d} dimension{'s' * (d > 1)}"
        hint = "write --scale once for all, or once for each dimension, in their order"
        raise InputError(Problem(message, str(path), path="--scale", hint=hint))
    unit = 100.0 if any(s > 1.0 for row in rows for s in row.salience) else 1.0
    ranges = [(min(x), max(x)) for x in zip(*(row.position for row in rows), strict=True)]
    scales = list(chosen) * d if len(chosen) == 1 else list(chosen) or ranges
    problems = [p for row in rows for p in _off(path, row, columns, scales, unit)]
    if problems:
        raise InputError(problems)
    return ActorFile(
        tuple(row.name for row in rows),
        tuple(header.cell(i) or f"column {i + 1}" for i in columns.position),
        tuple(row.capability for row in rows),
        tuple(row.position for row in rows),
        tuple(tuple(s / unit for s in row.salience) for row in rows),
        tuple((low, high if high > low else low + 1.0) for low, high in scales),
        bool(chosen),
        _reading(header, columns, unit),
    )


def _off(
    path: Path, row: _Row, columns: Columns, scales: list[Scale], unit: float
) -> Iterator[Problem]:
    for index, x, (low, high) in zip(columns.position, row.position, scales, strict=True):
        if not low <= x <= high:
            message = f"position {x:g} is outside the scale {low:g}:{high:g}"
            yield problem_at(path, row.line, index, message, "see --scale")
    total = sum(row.salience)
    if total > unit * (1 + 1e-9):
        message = f"saliences sum to {total:g}, more than {unit:g}"
        hint = "divide each actor's saliences by their sum"
        yield problem_at(path, row.line, columns.salience[0], message, hint)


def _reading(header: TextLine, columns: Columns, unit: float) -> str:
    def named(i: int) -> str:
        return f"column {i + 1} ({header.cell(i)})" if header.cell(i) else f"column {i + 1}"

    pairs = [
        f"position {named(x)} with salience {named(s)}"
        for x, s in zip(columns.position, columns.salience, strict=True)
    ]
    how = "by place" if columns.by_place else "by name"
    parts = [f"actor {named(columns.name)}", f"capability {named(columns.capability)}", *pairs]
    return f"read {how}: {', '.join(parts)}; saliences on 0 to {unit:g}"
