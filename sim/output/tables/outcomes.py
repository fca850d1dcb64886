"""The table of outcomes, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from sim.output.tables.grid import Column, Grid

if TYPE_CHECKING:
    from sim.records.results.summary import SummaryLine

Cell = TypeVar("Cell")
GROUPS = ("negotiation", "election", "monitoring", "aftermath", "own")


def number(value: float | None, unit: str) -> str:
    """Return a number with the decimals that its unit deserves."""
    if value is None:
        return "-"
    if unit == "share":
        return f"{value:.3f}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"


DETAILS = ("incidents_", "decided_hours_", "measure_taken_")


def main_lines(lines: Sequence[SummaryLine], report: Sequence[str] = ()) -> list[SummaryLine]:
    """Return the lines of the outcomes that a scenario reports, in its order; where it names none,
    all without details of single categories and without outcomes that never arose.
    """
    if report:
        return [line for name in report for line in lines if line.outcome == name]
    return [line for line in lines if line.n and not line.outcome.startswith(DETAILS)]


COLUMNS = (
    Column("outcome"),
    Column("figure", 4),
    Column("value", right=True),
    Column("±", 1, right=True),
    Column("90 %", 2, right=True),
    Column("assumptions", 2, right=True),
    Column("unit", 3),
    Column("n", 5, right=True),
)
ASSUMED = 5
"""Where the column on assumptions stands; it goes where no line has one."""


def outcome_table(lines: Sequence[SummaryLine], title: str) -> Grid:
    """Return the table of outcomes grouped as negotiation, election, monitoring, aftermath."""
    rows: list[Sequence[str] | str] = []
    for group in GROUPS:
        chosen = [line for line in lines if line.group == group]
        rows += [group, *map(_cells, chosen)] if chosen else []
    if any(line.assumed_low is not None for line in lines):
        return Grid(COLUMNS, rows, title)
    without = [row if isinstance(row, str) else _without(row) for row in rows]
    return Grid(_without(COLUMNS), without, title)


def _without(cells: Sequence[Cell]) -> list[Cell]:
    return [*cells[:ASSUMED], *cells[ASSUMED + 1 :]]


NONE_SEEN = "none seen"
FIGURES = {"probability": "P", "median": "median", "none": ""}


def _cells(line: SummaryLine) -> list[str]:
    value, low, high, error = (
        number(x, line.unit) for x in (line.estimate, line.low, line.high, line.monte_carlo_error)
    )
    unit = "" if line.unit in ("key", "share") else line.unit
    span = "-" if line.low is None else f"{low} to {high}"
    name = f" {line.outcome} {line.category}".rstrip()
    return [name, FIGURES[line.figure], value, error, span, assumed(line), unit, str(line.n)]


def assumed(line: SummaryLine) -> str:
    """Return what the assumptions leave open, "-" where that is not told, "none seen" where sets
    differ by no more than luck.
    """
    if line.assumed_low is None:
        return "-"
    low, high = number(line.assumed_low, line.unit), number(line.assumed_high, line.unit)
    return NONE_SEEN if low == high else f"{low} to {high}"


def as_json(lines: Sequence[SummaryLine]) -> list[dict[str, object]]:
    """Return the lines as plain dictionaries."""
    return [asdict(line) for line in lines]
