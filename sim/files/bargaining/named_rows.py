"""A table with a first column of names and columns of numbers: packages with utilities, players."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.delimited import TextLine, number_in, problem_at, read_lines

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class NamedRows:
    """`first`: the word above the names; `columns`: the others; `rows`: name and numbers of each
    line.

    `lines`: the header and the lines of the rows, for later problems.
    """

    first: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    lines: tuple[TextLine, ...]


def first_word(path: Path, hint: str) -> str:
    """Return the first cell of a file, in small letters; it says what kind of table it is."""
    return read_lines(path, hint)[0].cell(0).casefold()


def read_named_rows(path: Path, hint: str, most: int) -> NamedRows:
    """Return a table of at most `most` rows; every name is there once.

    Raises:
        InputError: every mistake found, in file order.
    """
    lines = read_lines(path, hint)
    header = lines[0].cells
    width = max((i + 1 for i, cell in enumerate(header) if cell), default=0)
    if len(lines) - 1 > most:
        raise InputError(Problem(f"{len(lines) - 1} rows; at most {most}", str(path)))
    problems: list[Problem] = []
    for i, cell in enumerate(header[:width]):
        if not cell:
            problems.append(problem_at(path, lines[0], i, "a column has no name", hint))
        elif cell.casefold() in (other.casefold() for other in header[:i]):
            problems.append(problem_at(path, lines[0], i, f"two columns are named {cell!r}"))
    rows = [(line.cell(0), _numbers(path, line, width, problems)) for line in lines[1:]]
    _check_names(path, lines[1:], problems)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return NamedRows(
        header[0].casefold() if header else "", tuple(header[1:width]), tuple(rows), tuple(lines)
    )


def _numbers(path: Path, line: TextLine, width: int, problems: list[Problem]) -> tuple[float, ...]:
    extra = next((i for i, cell in enumerate(line.cells) if cell and i >= width), None)
    if extra is not None:
        problems.append(problem_at(path, line, extra, "a cell without a column above it"))
    values = [number_in(path, line, i, problems) for i in range(1, width)]
    return tuple(0.0 if value is None else value for value in values)


def _check_names(path: Path, lines: list[TextLine], problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        name = line.cell(0)
        if not name or len(name) > LONGEST_NAME:
            message = "a row has no name" if not name else f"at most {LONGEST_NAME} characters"
            problems.append(problem_at(path, line, 0, message))
        elif name.casefold() in seen:
            message = f"{name!r} is listed already in line {seen[name.casefold()]}"
            problems.append(problem_at(path, line, 0, message))
        seen.setdefault(name.casefold(), line.number)
