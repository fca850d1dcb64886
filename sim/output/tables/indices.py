"""Tables of sensitivity: Sobol indices and tornado; what is not distinguishable from zero is called
so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import number

if TYPE_CHECKING:
    from sim.studies.sensitivity import Index, Swing

NOTHING = "not distinguishable from zero"


def index_words(triple: tuple[float, float, float]) -> str:
    """Return an index with its 95 % interval, or that it is not distinguishable from zero."""
    estimate, low, high = triple
    return NOTHING if low <= 0 <= high else f"{estimate:.2f} ({low:.2f} to {high:.2f})"


def index_table(rows: Sequence[Index], title: str) -> Grid:
    """Return the table of rows with the fields of `sim.studies.sensitivity.Index`."""
    columns = (
        Column("outcome"),
        Column("input"),
        Column("total (95 %)"),
        Column("first order (95 %)", 1),
    )
    ordered = sorted(rows, key=lambda row: (row.outcome, -row.total[0]))
    cells = [(r.outcome, r.path, index_words(r.total), index_words(r.first)) for r in ordered]
    return Grid(columns, cells, title)


def swing_table(rows: Sequence[Swing], title: str) -> Grid:
    """Return the table of rows with the fields of `sim.studies.sensitivity.Swing`."""
    columns = (
        Column("outcome"),
        Column("input"),
        Column("from", 2, right=True),
        Column("to", 2, right=True),
        Column("outcome there", 3, right=True),
        Column("and there", 3, right=True),
        Column("difference (95 %)"),
        Column("unit", 1),
    )
    return Grid(columns, [_swing_cells(row, row.unit) for row in rows], title)


def _swing_cells(row: Swing, unit: str) -> list[str]:
    ends = [
        number(end, "") if isinstance(end, float) else str(end)
        for end in (row.low_end, row.high_end)
    ]
    there = [number(row.at_low, unit), number(row.at_high, unit)]
    return [row.outcome, row.path, *ends, *there, _swing(row, unit), unit]


def _swing(row: Swing, unit: str) -> str:
    if row.low <= 0 <= row.high:
        return NOTHING
    return f"{number(row.difference, unit)} ({number(row.low, unit)} to {number(row.high, unit)})"
