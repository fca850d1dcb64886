"""Read a folder of evidence that a simulated election was exported to. Nothing is guessed and no
row is set aside: a cell that cannot be is an error with its line and column.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.files.csv_rows import inside
from sim.files.evidence_checks import (
    CHECKSUMS,
    MOST_GROUPS,
    MOST_HOURS,
    MOST_VOTES,
    Part,
    check_sums,
)
from sim.files.evidence_head import Head, read_claim, read_head
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

HEAD, FRAME, SHEETS, SAMPLE, CLAIM, ROWS, INCIDENTS, BOXES = (
    "evidence.toml",
    "frame.csv",
    "sheets.csv",
    "sample.csv",
    "announced.toml",
    "rows.csv",
    "incidents.csv",
    "boxes.csv",
)
NAMES = (HEAD, FRAME, SHEETS, SAMPLE, CLAIM, ROWS, INCIDENTS, BOXES, CHECKSUMS)
Place = dict[str, int] | None
MOST_MINUTES = 60.0 * MOST_HOURS


def is_evidence(path: Path) -> bool:
    """Return whether the path is such a folder."""
    return path.is_dir() and (path / HEAD).is_file()


def read_evidence(folder: Path) -> Evidence:
    """Return the evidence of the folder.

    Raises:
        InputError: a file is broken, each mistake with its place. FormatError: written by another
        version. DamageError: a file is not what was exported.
    """
    head = read_head(inside(folder, HEAD))
    frame, place = read_frame(folder)
    registered = None if frame is None else frame.registered

    def part(name: str) -> Part | None:
        return Part(folder, name, place) if _there(folder, name) else None

    sheets, sample, boxes, rows = part(SHEETS), part(SAMPLE), part(BOXES), part(ROWS)
    claim = None
    if _there(folder, CLAIM):
        facts = read_claim(inside(folder, CLAIM), head.candidates)
        out = None if rows is None else read_sheets(rows, head.candidates, registered)
        claim = Announced(**facts, rows=out)
    evidence = Evidence(
        candidates=head.candidates,
        frame=frame,
        sheets=None if sheets is None else read_sheets(sheets, head.candidates, registered),
        quick_count=None if sample is None else read_sample(sample, head, registered),
        announced=claim,
        incidents=read_incidents(part(INCIDENTS), head),
        boxes=None if boxes is None else read_boxes(boxes),
        as_of_hours=head.as_of_hours,
        incumbent=head.incumbent,
        challenger=head.challenger,
    )
    check_sums(folder, NAMES.__contains__)
    return evidence


def _there(folder: Path, name: str) -> bool:
    """Return whether a part is there; a link that leads out of the folder is an error."""
    return (folder / name).is_symlink() or (folder / name).exists()


def read_frame(folder: Path) -> tuple[Frame | None, Place]:
    """Return (frame, row of each table), or None where there is no frame."""
    if not _there(folder, FRAME):
        return None, None
    part = Part(folder, FRAME, None)
    codes = tuple(part.text("table_id"))
    place: dict[str, int] = {}
    for row, (code, (line, _)) in enumerate(zip(codes, part.rows.cells, strict=True)):
        if code in place:
            part.rows.wrong(
                line,
                0,
                f"table {code[:40]!r} stands in line {part.rows.cells[place[code]][0]} already",
            )
        place.setdefault(code, row)
    frame = Frame(
        part.whole("registered", 0, MOST_VOTES),
        part.whole("centre", 0, MOST_GROUPS).astype(np.int32),
        part.whole("region", 0, MOST_GROUPS).astype(np.int32),
        part.whole("stratum", 0, MOST_GROUPS).astype(np.int32) if part.known("stratum") else None,
        part.number("past_share", 0, 1, np.nan) if part.known("past_share") else None,
        part.number("past_turnout", 0, 1, np.nan) if part.known("past_turnout") else None,
        codes,
    )
    part.done()
    return frame, place


def read_sheets(part: Part, names: Sequence[str], frame: NDArray[np.int64] | None) -> Sheets:
    """Return sheets or announced rows.

    frame: registers of the tables, where the sheets do not print them.
    """
    hours = (
        part.number("hours_after_closing", 0, MOST_HOURS, np.inf)
        if part.known("hours_after_closing")
        else None
    )
    registered = part.whole("registered", 0, MOST_VOTES, 0) if part.known("registered") else None
    table, votes, invalid = (
        part.tables(),
        part.votes(names),
        part.whole("invalid", 0, MOST_VOTES, -1),
    )
    _register(part, table, votes, invalid, frame if registered is None else None, registered)
    part.done()
    return Sheets(table, votes, invalid, hours, registered)


def _register(
    part: Part,
    table: NDArray[np.int32],
    votes: NDArray[np.int64],
    invalid: NDArray[np.int64],
    frame: NDArray[np.int64] | None,
    registered: NDArray[np.int64] | None,
) -> None:
    """Check ballots against the register that stands beside them, or else against the frame's."""
    if registered is not None:
        part.within_register(votes, invalid, registered)
    elif frame is not None:
        part.within_register(votes, invalid, frame[table])


def read_sample(part: Part, head: Head, frame: NDArray[np.int64] | None) -> QuickCount:
    """Return the drawn sample."""
    if head.stratum_tables is None:
        raise InputError("evidence.toml: stratum_tables is needed for sample.csv")
    table, votes = part.tables(), part.votes(head.candidates)
    stratum = part.whole("stratum", 0, len(head.stratum_tables) - 1).astype(np.int32)
    reported = part.whole("reported", 0, 1).astype(np.bool_)
    invalid = part.whole("invalid", 0, MOST_VOTES, 0)
    hours = part.number("hours_after_closing", 0, MOST_HOURS, np.inf)
    registered = part.whole("registered", 0, MOST_VOTES, 0) if part.known("registered") else None
    _register(part, table, votes, invalid, frame, None)
    part.done()
    return QuickCount(
        table,
        stratum,
        reported,
        votes,
        invalid,
        hours,
        head.stratum_tables,
        head.stratum_weight,
        registered,
    )


def read_boxes(part: Part) -> BoxCheck:
    """Return the checks of boxes."""
    found = BoxCheck(part.tables(), part.whole("mismatch", 0, 1).astype(np.bool_))
    part.done()
    return found


def read_incidents(part: Part | None, head: Head) -> Incidents | None:
    """Return incident reports, or None where there are none."""
    if part is None:
        return None
    if head.categories is None or head.observed_tables is None:
        raise InputError(
            "evidence.toml: categories and observed_tables are needed for incidents.csv"
        )
    category, source = part.text("category", head.categories), part.text("source", SOURCES)
    table, minute = (
        part.tables(once=False),
        part.number("minute", -MOST_MINUTES, MOST_MINUTES, np.nan),
    )
    part.done()
    number = {name: k for k, name in enumerate(head.categories)}
    return Incidents(
        head.categories,
        np.array([number[name] for name in category], dtype=np.int16),
        table,
        minute,
        np.array([SOURCES.index(name) for name in source], dtype=np.int8),
        head.observed_tables,
    )
