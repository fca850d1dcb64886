"""The checks of an evidence folder's cells: the same limits and words as for a user's file, each
mistake with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.disk.sealed import checksum, unseal
from sim.errors import DamageError, InputError, Problem
from sim.files.csv_rows import Rows, inside, read_rows
from sim.text import csv_cell

CHECKSUMS = "checksums.json"
MAX_BYTES, MAX_ROWS, MAX_CODE = 256 * 2**20, 2_000_000, 200
MOST_VOTES, MOST_GROUPS, MOST_HOURS = 10**9, 10**6, 10**5
REGISTER_SLACK = 5
"""Ballots may exceed the register by so many: officials vote where they serve. The same as in a
user's file.
"""

_WHOLE = re.compile(r"-?\d{1,18}")
_ROW_NUMBER = re.compile(r"T(\d{1,9})")


class Part:
    """One CSV file of the folder.

    place: row of each table in the frame, None where there is no frame.
    """

    def __init__(self, folder: Path, name: str, place: Mapping[str, int] | None) -> None:
        """Read the cells.

        Raises:
            InputError: too large, not inside the folder, or no table.
        """
        file = inside(folder, name)
        if file.stat().st_size > MAX_BYTES:
            raise InputError(
                Problem(
                    f"more than {MAX_BYTES:,} bytes",
                    file=name,
                    hint="an exported folder is smaller",
                )
            )
        try:
            self.rows: Rows = read_rows(file, empty_is_fine=True)
        except OSError as error:
            raise InputError(
                Problem(f"cannot be read: {error.strerror or error}", file=name)
            ) from None
        if len(self.rows.cells) > MAX_ROWS:
            raise InputError(Problem(f"more than {MAX_ROWS:,} rows", file=name))
        self.place = place

    def known(self, name: str) -> bool:
        """Return whether a column has any cell that is not empty."""
        column = self.rows.column(name, required=False)
        return column is not None and any(cells[column] for _, cells in self.rows.cells)

    def text(self, name: str, allowed: Sequence[str] | None = None) -> list[str]:
        """Return a column of text: not empty, not long, and one of the words that are allowed."""
        column = self._column(name)
        for line, cells in self.rows.cells:
            if not cells[column]:
                self.rows.wrong(line, column, f"{name} is empty")
            elif len(cells[column]) > MAX_CODE:
                self.rows.wrong(
                    line,
                    column,
                    f"{name} has {len(cells[column]):,} characters; {MAX_CODE} are the most",
                )
            elif allowed is not None and cells[column] not in allowed:
                self.rows.wrong(
                    line,
                    column,
                    f"{name} {cells[column]!r} is unknown",
                    f"known: {', '.join(allowed)}"[:300],
                )
        return [cells[column] for _, cells in self.rows.cells]

    def whole(self, name: str, low: int, high: int, empty: int | None = None) -> NDArray[np.int64]:
        """Return a column of whole numbers from low to high, `empty` (if not None) where a cell is
        empty.
        """
        column = self._column(csv_cell(name))
        found = np.zeros(len(self.rows.cells), dtype=np.int64)
        for row, (line, cells) in enumerate(self.rows.cells):
            cell = cells[column]
            if not cell and empty is not None:
                found[row] = empty
            elif _WHOLE.fullmatch(cell) and cell.isascii() and low <= int(cell) <= high:
                found[row] = int(cell)
            else:
                self.rows.wrong(
                    line,
                    column,
                    f"{name} must be a whole number from {low:,} to {high:,}, found {cell[:40]!r}",
                )
        return found

    def number(
        self, name: str, low: float, high: float, empty: float | None = None
    ) -> NDArray[np.float64]:
        """Return a column of finite numbers from low to high, `empty` (if not None) where a cell is
        empty.
        """
        column = self._column(name)
        found = np.zeros(len(self.rows.cells))
        for row, (line, cells) in enumerate(self.rows.cells):
            if not cells[column] and empty is not None:
                found[row] = empty
                continue
            value = _number(cells[column])
            if value is None or not low <= value <= high:
                message = (
                    f"{name} must be a number from {low:g} to {high:g}, found "
                    f"{cells[column][:40]!r}"
                )
                self.rows.wrong(line, column, message)
            else:
                found[row] = value
        return found

    def votes(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return (K, n) votes."""
        return np.stack([self.whole(name, 0, MOST_VOTES) for name in names])

    def tables(self, *, once: bool = True) -> NDArray[np.int32]:
        """Return frame rows of the column table_id; once: a table has one row in this file."""
        codes, column = self.text("table_id"), self._column("table_id")
        found = np.zeros(len(codes), dtype=np.int32)
        seen: dict[int, int] = {}
        for row, (code, (line, _)) in enumerate(zip(codes, self.rows.cells, strict=True)):
            at = self._row_of(code)
            if at is None:
                self.rows.wrong(line, column, f"table {code[:40]!r} is not in frame.csv")
                continue
            if once and at in seen:
                self.rows.wrong(
                    line, column, f"table {code[:40]!r} stands in line {seen[at]} already"
                )
            seen.setdefault(at, line)
            found[row] = at
        return found

    def within_register(
        self, votes: NDArray[np.int64], invalid: NDArray[np.int64], registered: NDArray[np.int64]
    ) -> None:
        """Note every row whose ballots exceed its register (0: not known)."""
        ballots = votes.sum(axis=0) + np.maximum(invalid, 0)
        for row in np.flatnonzero((registered > 0) & (ballots > registered + REGISTER_SLACK)):
            said = (
                f"{ballots[row]:,} ballots exceed the register of {registered[row]:,} by more "
                f"than {REGISTER_SLACK}"
            )
            self.rows.wrong(self.rows.cells[row][0], 0, said)

    def done(self) -> None:
        """Raise every mistake of the file."""
        self.rows.check()

    def _column(self, name: object) -> int:
        column = self.rows.column(str(name), required=True)
        if column is None:
            self.rows.check()
        return column or 0

    def _row_of(self, code: str) -> int | None:
        if self.place is not None:
            return self.place.get(code)
        number = _ROW_NUMBER.fullmatch(code)
        return int(number[1]) - 1 if number and 0 < int(number[1]) <= MAX_ROWS else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) and "_" not in text else None


def check_sums(folder: Path, belongs: Callable[[str], bool]) -> None:
    """Refuse a folder whose files are not those that were exported. A folder without checksums was
    put together by hand.

    Raises:
        DamageError: a file was changed, added or removed since.
    """
    if not (folder / CHECKSUMS).exists():
        return
    stated = unseal(inside(folder, CHECKSUMS)).get("files")
    if not isinstance(stated, dict):
        raise DamageError(f"{folder / CHECKSUMS} is damaged or was edited")
    there = {
        entry.name for entry in folder.iterdir() if belongs(entry.name) and entry.name != CHECKSUMS
    }
    for name in sorted(there | set(stated)):
        if name not in there:
            raise DamageError(f"{folder / name} is missing: it was part of what was exported")
        if stated.get(name) != checksum(inside(folder, name).read_bytes()):
            raise DamageError(
                f"{folder / name} is not what was exported: its checksum is another. Export "
                f"again, or remove {CHECKSUMS} "
                "if you changed the evidence on purpose"
            )
