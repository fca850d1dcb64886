"""Tables of sensitivity: Sobol indices and tornado; what is not distinguishable from zero is called
so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from sim.output.tables import number

NOTHING = "not distinguishable from zero"


def index_words(triple: tuple[float, float, float]) -> str:
    """Return an index with its 95 % interval, or that it is not distinguishable from zero."""
    estimate, low, high = triple
    return NOTHING if low <= 0 <= high else f"{estimate:.2f} ({low:.2f} to {high:.2f})"


def index_table(rows: Sequence[Any], title: str) -> Table:
    """Return the table of rows with the fields of `sim.studies.sensitivity.Index`."""
    table = Table(
        "outcome",
        "input",
        "first order (95 %)",
        "total (95 %)",
        title=title,
        title_justify="left",
        pad_edge=False,
    )
    for row in sorted(rows, key=lambda row: (row.outcome, -row.total[0])):
        table.add_row(row.outcome, row.path, index_words(row.first), index_words(row.total))
    return table


def swing_table(rows: Sequence[Any], units: dict[str, str], title: str) -> Table:
    """Return the table of rows with the fields of `sim.studies.sensitivity.Swing`."""
    table = Table(
        "outcome",
        "input",
        "from",
        "to",
        "outcome there",
        "and there",
        "difference (95 %)",
        "unit",
        pad_edge=False,
    )
    table.title, table.title_justify = title, "left"
    for row in rows:
        unit = units[row.outcome]
        ends = [
            number(end, "") if isinstance(end, float) else str(end)
            for end in (row.low_end, row.high_end)
        ]
        table.add_row(
            row.outcome,
            row.path,
            *ends,
            number(row.at_low, unit),
            number(row.at_high, unit),
            _swing(row, unit),
            unit,
        )
    return table


def _swing(row: Any, unit: str) -> str:
    if row.low <= 0 <= row.high:
        return NOTHING
    return f"{number(row.difference, unit)} ({number(row.low, unit)} to {number(row.high, unit)})"
