"""A small delimited text file of a user: its lines and cells, and numbers with their place."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem

MOST_BYTES = 2_000_000
MOST_NUMBER = 1e12
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?", re.ASCII)
DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+", re.ASCII)
MARKUP = re.compile(r"\s*<[?!A-Za-z]")
NOT_TEXT = {
    b"PK": "a spreadsheet or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite": "a database",
}


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text file: its number from 1, its text and its cells."""

    number: int
    text: str
    cells: list[str]

    def cell(self, index: int) -> str:
        """Return the text of a cell, empty beyond the last."""
        return self.cells[index] if index < len(self.cells) else ""


def read_lines(path: Path, hint: str) -> list[TextLine]:
    """Return the lines of a file that are not blank; comma, semicolon or tab between cells.

    Raises:
        InputError: the file cannot be read, is no text table, is too large or is empty.
    """
    text = _text(path, hint)
    lines = [(k, line) for k, line in enumerate(text.split("\n"), 1) if line.strip(" \r\t,;")]
    if not lines:
        raise InputError(Problem("the file is empty", str(path), hint=hint))
    mark = max("\t,;", key=lambda c: sum(line.count(c) for _, line in lines[:2]))
    return [_line(path, number, line.rstrip("\r"), mark) for number, line in lines]


def _text(path: Path, hint: str) -> str:
    try:
        with path.open("rb") as handle:
            content = handle.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(Problem("no such file", str(path))) from None
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from None
    kind = next((kind for start, kind in NOT_TEXT.items() if content.startswith(start)), "")
    if kind:
        raise InputError(Problem(f"this is {kind}: save the table as CSV", str(path), hint=hint))
    if len(content) > MOST_BYTES:
        raise InputError(Problem(f"more than {MOST_BYTES:,} bytes", str(path), hint=hint))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text: {error.reason} at byte {error.start}"
        raise InputError(Problem(message, str(path), hint="save it as UTF-8")) from None
    if MARKUP.match(text):
        message = "this is XML or HTML, not a table: write the same numbers as CSV"
        raise InputError(Problem(message, str(path), hint=hint))
    return text


def _line(path: Path, number: int, text: str, mark: str) -> TextLine:
    try:
        cells = next(csv.reader([text], delimiter=mark))
    except csv.Error as error:
        raise InputError(Problem(f"cannot be cut into cells: {error}", str(path), number)) from None
    return TextLine(number, text, [cell.strip() for cell in cells])


def column_of(line: TextLine, index: int) -> int:
    """Return the column from 1 at which a cell of a line begins, or that after the line's end."""
    if index >= len(line.cells):
        return len(line.text) + 1
    start = 0
    for cell in line.cells[: index + 1]:
        found = line.text.find(cell, start) if cell else start
        place = found if found >= 0 else start
        start = place + len(cell) + (0 if cell else 1)
    return place + 1


def problem_at(path: Path, line: TextLine, index: int, message: str, hint: str = "") -> Problem:
    """Return a problem with a cell of a line."""
    text = line.text.expandtabs(1)
    shown = text if len(text) <= 200 else ""
    return Problem(message, str(path), line.number, column_of(line, index), shown, hint=hint)


def number_in(
    path: Path, line: TextLine, index: int, problems: list[Problem], limit: float = MOST_NUMBER
) -> float | None:
    """Return the number in a cell; what is none is added to `problems`, and None comes back."""
    text = line.cell(index)
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        problems.append(problem_at(path, line, index, f"{text} is not a finite number"))
    elif not NUMBER.fullmatch(text):
        message = f"{text[:40]!r} is not a number" if text else "a number is missing here"
        hint = "write a decimal point" if DECIMAL_COMMA.fullmatch(text) else ""
        problems.append(problem_at(path, line, index, message, hint))
    elif abs(float(text)) > limit:
        hint = f"numbers run up to {limit:g}: choose a larger unit"
        problems.append(problem_at(path, line, index, f"{text[:40]} is too large", hint))
    else:
        return float(text)
    return None


def is_number(text: str) -> bool:
    """Return whether a cell is written as a number."""
    return NUMBER.fullmatch(text) is not None
