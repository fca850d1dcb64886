"""The summary of a sweep by point: one row a point, each figure with its Monte Carlo error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table

from sim.output.tables import number

if TYPE_CHECKING:
    from sim.records.summary import Line

Rows = Sequence[tuple[int, Mapping[str, Any], Sequence["Line"]]]


def sweep_table(rows: Rows, title: str) -> Table:
    """Return the table: the axes of each point, then each outcome (or category) with one standard
    error.
    """
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    figures = list(
        dict.fromkeys((line.outcome, line.category) for _, _, lines in rows for line in lines)
    )
    for name in ("point", *rows[0][1]):
        table.add_column(name, overflow="fold")
    for outcome, category in figures:
        table.add_column(
            f"{outcome}\n{category}" if category else outcome, justify="right", overflow="fold"
        )
    for point, values, lines in rows:
        at = {(line.outcome, line.category): line for line in lines}
        table.add_row(
            str(point),
            *(_axis(value) for value in values.values()),
            *(_cell(at.get(key)) for key in figures),
        )
    return table


def _axis(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _cell(line: Line | None) -> str:
    if line is None or line.estimate is None:
        return "-"
    return f"{number(line.estimate, line.unit)} ±{number(line.monte_carlo_error, line.unit)}"


def as_json(rows: Rows) -> list[dict[str, Any]]:
    """Return the summary as plain data."""
    return [
        {"point": point, "values": dict(values), "outcomes": [asdict(line) for line in lines]}
        for point, values, lines in rows
    ]
