"""Read a folder of evidence that a simulated election was exported to.

Nothing is guessed and no row is set aside.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import FormatError, InputError, Problem
from sim.records.evidence import (
    SOURCES,
    Announced,
    BoxCheck,
    Evidence,
    Frame,
    Incidents,
    QuickCount,
    Sheets,
)

FORMAT = 1


class Columns:
    """One CSV file of the folder, its cells as text until asked for as numbers."""

    def __init__(self, path: Path, place: dict[str, int] | None) -> None:
        try:
            self.table = pl.read_csv(path, infer_schema=False)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InputError(Problem(f"cannot be read: {error}", file=str(path))) from error
        self.path, self.place = path, place

    def text(self, name: str) -> list[str]:
        """Return a column as text."""
        if name not in self.table.columns:
            raise InputError(Problem(f"no column {name!r}", file=str(self.path)))
        return [cell or "" for cell in self.table[name].to_list()]

    def known(self, name: str) -> bool:
        """Return whether a column has any cell that is not empty."""
        return name in self.table.columns and self.table[name].null_count() < self.table.height

    def number(self, name: str, empty: float) -> NDArray[np.float64]:
        """Return a column of numbers with `empty` for empty cells."""
        try:
            return np.array(
                [float(cell) if cell else empty for cell in self.text(name)], dtype=np.float64
            )
        except ValueError as error:
            raise InputError(Problem(f"column {name!r}: {error}", file=str(self.path))) from error

    def whole(self, name: str, empty: int) -> NDArray[np.int64]:
        """Return a column of whole numbers."""
        return self.number(name, empty).astype(np.int64)

    def votes(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return (K, n) votes."""
        return np.stack([self.whole(name, 0) for name in names])

    def rows(self) -> NDArray[np.int32]:
        """Return frame rows of the column table_id."""
        codes = self.text("table_id")
        if self.place is None:
            return np.array([int(code.lstrip("T")) - 1 for code in codes], dtype=np.int32)
        strangers = [code for code in codes if code not in self.place]
        if strangers:
            raise InputError(
                Problem(f"table {strangers[0]!r} is not in frame.csv", file=str(self.path))
            )
        return np.array([self.place[code] for code in codes], dtype=np.int32)


def is_evidence(path: Path) -> bool:
    """Return whether the path is such a folder."""
    return path.is_dir() and (path / "evidence.toml").is_file()


def read_evidence(folder: Path) -> Evidence:
    """Return the evidence of the folder.

    Raises:
        InputError: a file is broken. FormatError: written by another version.
    """
    head = tomllib.loads((folder / "evidence.toml").read_text(encoding="utf-8"))
    if head.get("format") != FORMAT:
        raise FormatError(
            Problem(
                f"format {head.get('format')!r}; this version reads {FORMAT}",
                file=str(folder / "evidence.toml"),
            )
        )
    names = tuple(head["candidates"])
    frame, place = read_frame(folder / "frame.csv")

    def part(name: str) -> Columns | None:
        return Columns(folder / name, place) if (folder / name).is_file() else None

    sheets, sample, boxes = part("sheets.csv"), part("sample.csv"), part("boxes.csv")
    rows = {name: names.index(head[name]) for name in ("incumbent", "challenger") if name in head}
    return Evidence(
        candidates=names,
        frame=frame,
        sheets=None if sheets is None else read_sheets(sheets, names),
        quick_count=None if sample is None else read_sample(sample, names, head),
        announced=read_claim(folder / "announced.toml", names, part("rows.csv")),
        incidents=read_incidents(part("incidents.csv"), head),
        boxes=None
        if boxes is None
        else BoxCheck(boxes.rows(), boxes.whole("mismatch", 0).astype(np.bool_)),
        as_of_hours=float(head.get("as_of_hours", float("inf"))),
        **rows,
    )


def read_frame(path: Path) -> tuple[Frame | None, dict[str, int] | None]:
    """Return (frame, row of each table), or None where there is no frame."""
    if not path.is_file():
        return None, None
    c = Columns(path, None)
    codes = tuple(c.text("table_id"))
    frame = Frame(
        c.whole("registered", 0),
        c.whole("centre", 0).astype(np.int32),
        c.whole("region", 0).astype(np.int32),
        c.whole("stratum", 0).astype(np.int32) if c.known("stratum") else None,
        c.number("past_share", np.nan) if c.known("past_share") else None,
        c.number("past_turnout", np.nan) if c.known("past_turnout") else None,
        codes,
    )
    return frame, {code: row for row, code in enumerate(codes)}


def read_sheets(c: Columns, names: Sequence[str]) -> Sheets:
    """Return sheets or announced rows."""
    hours = c.number("hours_after_closing", np.inf) if c.known("hours_after_closing") else None
    registered = c.whole("registered", 0) if c.known("registered") else None
    return Sheets(c.rows(), c.votes(names), c.whole("invalid", -1), hours, registered)


def read_sample(c: Columns, names: Sequence[str], head: dict[str, Any]) -> QuickCount:
    """Return the drawn sample."""
    weight = (
        np.array(head["stratum_weight"], dtype=np.float64) if "stratum_weight" in head else None
    )
    return QuickCount(
        table=c.rows(),
        stratum=c.whole("stratum", 0).astype(np.int32),
        reported=c.whole("reported", 0).astype(np.bool_),
        votes=c.votes(names),
        invalid=c.whole("invalid", 0),
        hours=c.number("hours_after_closing", np.inf),
        stratum_tables=np.array(head["stratum_tables"], dtype=np.int64),
        stratum_weight=weight,
        registered=c.whole("registered", 0) if c.known("registered") else None,
    )


def read_claim(path: Path, names: Sequence[str], rows: Columns | None) -> Announced | None:
    """Return the announcement, or None where there is none."""
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    totals = np.array([data["totals"][name] for name in names], dtype=np.int64)
    parts = {key: data.get(key) for key in ("invalid", "share_counted", "registered", "tables")}
    return Announced(totals, rows=None if rows is None else read_sheets(rows, names), **parts)


def read_incidents(c: Columns | None, head: dict[str, Any]) -> Incidents | None:
    """Return incident reports, or None where there are none."""
    if c is None:
        return None
    categories = tuple(head["categories"])
    number = {name: k for k, name in enumerate(categories)}
    source = np.array([SOURCES.index(name) for name in c.text("source")], dtype=np.int8)
    category = np.array([number[name] for name in c.text("category")], dtype=np.int16)
    return Incidents(
        categories, category, c.rows(), c.number("minute", np.nan), source, head["observed_tables"]
    )
