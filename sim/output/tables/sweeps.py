"""The summary of a sweep by point: one row a point, each figure with its Monte Carlo error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import assumed, number

if TYPE_CHECKING:
    from sim.records.results.summary import SummaryLine

Rows = Sequence[tuple[int, Mapping[str, object], Sequence["SummaryLine"]]]


def sweep_table(rows: Rows, title: str) -> Grid:
    """Return the table: the axes of each point, then each outcome (or category) with one standard
    error and, in brackets, what the assumptions leave open.
    """
    keys = dict.fromkeys((line.outcome, line.category) for _, _, lines in rows for line in lines)
    axes = list(rows[0][1])
    heads = [f"{outcome}\n{category}" if category else outcome for outcome, category in keys]
    columns = [*map(Column, ("point", *axes)), *(Column(head, right=True) for head in heads)]
    found = []
    for point, values, lines in rows:
        at = {(line.outcome, line.category): line for line in lines}
        cells = [_cell(at.get(key)) for key in keys]
        found.append([str(point), *map(_axis, values.values()), *cells])
    return Grid(columns, found, title, blocks=True, keys=1 + len(axes))


def _axis(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _cell(line: SummaryLine | None) -> str:
    if line is None or line.estimate is None:
        return "-"
    text = f"{number(line.estimate, line.unit)} ±{number(line.monte_carlo_error, line.unit)}"
    return text if line.assumed_low is None else f"{text} ({assumed(line)})"


def as_json(rows: Rows) -> list[dict[str, object]]:
    """Return the summary as plain data."""
    return [
        {"point": point, "values": dict(values), "outcomes": [asdict(line) for line in lines]}
        for point, values, lines in rows
    ]
