"""Rows of a chart, and where each stands: wide, with the name beside it; narrow, with it above."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sim.output.report.page.tokens import LIGHT
from sim.text import literal

WIDE, NARROW = 840, 350
BESIDE, ABOVE, ACROSS = 28, 48, 100
"""Letters of a name in one line: beside a row, above a narrow one, or of a wide heading."""
LINE = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A row. estimate None makes it a heading.

    low, high: ends of the interval; low_wide, high_wide: of the sand bar. dots: draw so many dots
    at 1, 2, ... instead. mark: "filled", "hollow" or "bar". notes: short texts at the right, as
    many as there are columns. aside: follows the name. other, other_low, other_high: a second
    figure in the same row, its mark other_mark ("hollow" or "diamond"), joined to the first in
    grey.
    """

    label: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    low_wide: float | None = None
    high_wide: float | None = None
    dots: int | None = None
    mark: str = "filled"
    colour: str = LIGHT["ink"]
    text: str = LIGHT["ink"]
    notes: tuple[str, ...] = ()
    aside: str = ""
    other: float | None = None
    other_low: float | None = None
    other_high: float | None = None
    other_mark: str = "hollow"

    @property
    def heading(self) -> bool:
        """Return whether the row is a heading."""
        return self.estimate is None and self.dots is None


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows as plain data for a chart. y: where a row's marks stand, in pixels from the top; names:
    one entry a line of a name; height: of the whole drawing.
    """

    rows: list[dict[str, Any]]
    names: list[dict[str, Any]]
    height: float


def placed(rows: Sequence[Row], width: int) -> Placed:
    """Return the rows with their places. A long name is broken at words and the row grows."""
    narrow, y = width == NARROW, 46.0
    marks: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        y += 10 if row.heading and place else 0
        cells = asdict(row) | {"joined": " · ".join(literal(note) for note in row.notes if note)}
        beside = not narrow and not row.heading
        most = BESIDE if beside else ABOVE if narrow else ACROSS
        lines = wrapped(row, most)
        full = narrow and not _fit(lines[-1], cells["joined"])
        for i, words in enumerate(lines):
            at = y + (i + 0.5) * LINE + (4 if beside else 0)
            names.append(cells | {"words": words, "y": at, "heading": row.heading})
        tall = LINE * (len(lines) + full)
        if row.heading:
            y += tall + 4
            continue
        cells["y_notes"] = y + tall - LINE / 2
        cells["y"] = y + tall + 9 if narrow else y + tall / 2 + 4
        marks.append(cells | {"y_low": cells["y"] - 12, "y_high": cells["y"] + 12})
        y += tall + (24 if narrow else 8)
    return Placed(marks, names, y + 8)


def wrapped(row: Row, most: int) -> list[str]:
    """Return a row's name in lines; its aside stays in one piece."""
    lines = textwrap.wrap(literal(row.label), most) or [""]
    if not row.aside:
        return lines
    if len(lines[-1]) + 1 + len(row.aside) <= most:
        return [*lines[:-1], f"{lines[-1]} {row.aside}"]
    return [*lines, row.aside]


def _fit(name: str, notes: str) -> bool:
    """Return whether a name and its notes fit in one narrow line (7.2 and 6.6 pixels a letter)."""
    return 7.2 * len(name) + 6.6 * len(notes) < NARROW - 12
