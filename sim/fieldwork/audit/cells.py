"""Columns of the files of an audit: found by name whatever the case and spaces, whole numbers,
every problem with its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.fieldwork.audit.tally import fold, nearest
from sim.files.csv_rows import Rows, read_rows

Counts = NDArray[np.int64]
MOST = 999_999_999


def read_table(path: Path) -> Rows:
    """Return the rows of a CSV file whose column names differ.

    Raises:
        InputError: no such file, no table, or two columns of the same name.
    """
    if not path.is_file():
        raise InputError(Problem(f"no file {str(path)!r}", hint="give the path of a CSV file"))
    rows = read_rows(path)
    folded = [fold(h) for h in rows.header]
    for at, name in enumerate(folded):
        if name and name in folded[:at]:
            rows.wrong(
                1,
                at,
                f"two columns are named {rows.header[at]!r}",
                "each column needs a name of its own",
            )
    rows.check()
    return rows


def column(rows: Rows, name: str, required: bool = False) -> int | None:
    """Return the place of a column; a required one that is missing is a problem that names the
    nearest there is.
    """
    folded = [fold(h) for h in rows.header]
    if fold(name) in folded:
        return folded.index(fold(name))
    if required:
        hint = f"columns: {', '.join(rows.header)}"
        rows.wrong(1, -1, f"no column {name!r}{nearest(name, rows.header)}", hint)
    return None


def after(rows: Rows, prefix: str) -> list[str]:
    """Return NAME of each column "prefix NAME", as it is written, in their order."""
    return [
        " ".join(h.split()[len(prefix.split()) :])
        for h in rows.header
        if fold(h).startswith(fold(prefix) + " ")
    ]


def check_columns(rows: Rows, plain: Sequence[str], prefix: str, names: Sequence[str]) -> None:
    """Note every column that would not be read: a misspelt `not found` or `times` would hide what
    speaks against the winner.

    plain: names of columns; besides them are read "reported NAME" and "`prefix` NAME" of a reported
    candidate.
    """
    known = {fold(name) for name in plain} | {fold(f"reported {name}") for name in names}
    candidates = {fold(name) for name in names}
    listed = f"known: {', '.join(plain)}, reported NAME, {prefix} NAME"
    for at, head in enumerate(rows.header):
        first, _, name = fold(head).partition(" ")
        if first == prefix and name not in candidates:
            words = f"`{head}` is no reported candidate{nearest(name, names)}"
            rows.wrong(1, at, words, f"reported: {', '.join(names)}")
        elif not first and not any(cells[at] for _, cells in rows.cells):
            continue  # a comma too many at the end of every line
        elif first != prefix and fold(head) not in known:
            words = f"column {head!r} is not known{nearest(head, plain)}"
            rows.wrong(1, at, words, f"rename it, or take it out: it would not be read; {listed}")


def labels(rows: Rows, name: str) -> list[str]:
    """Return a required column of names; empty ones and two alike are problems."""
    at = column(rows, name, required=True)
    if at is None:
        return ["" for _ in rows.cells]
    seen: dict[str, int] = {}
    for line, cells in rows.cells:
        key = fold(cells[at])
        if not key:
            rows.wrong(line, at, f"{name} is empty: it cannot be told from another")
        elif key in seen:
            rows.wrong(
                line, at, f"{name} {cells[at]!r} cannot be told from that of line {seen[key]}"
            )
        seen.setdefault(key, line)
    return [cells[at] for _, cells in rows.cells]


def whole(
    rows: Rows, name: str, empty: int | None = None, most: int = MOST, required: bool = True
) -> Counts:
    """Return a column of whole numbers from 0 to `most`; `empty` stands for an empty cell, and for
    a column that is neither there nor required.
    """
    at = column(rows, name, required=required)
    out = np.full(len(rows.cells), empty or 0, dtype=np.int64)
    if at is None:
        return out
    for index, (line, cells) in enumerate(rows.cells):
        text = cells[at]
        if not text and empty is not None:
            continue
        if text.isascii() and text.isdigit() and len(text) <= 18 and int(text) <= most:
            out[index] = int(text)
        else:
            rows.wrong(
                line, at, f"{name} must be a whole number from 0 to {most:,}, found {text!r}"
            )
    return out
