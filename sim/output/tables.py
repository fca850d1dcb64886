"""Rich tables of outcomes for a terminal, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from sim.records.summary import Line

GROUPS = ("negotiation", "election", "monitoring", "aftermath")


def number(value: float | None, unit: str) -> str:
    """Return a number with the decimals that its unit deserves."""
    if value is None:
        return "-"
    if unit == "share":
        return f"{value:.3f}"
    return (
        f"{value:,.0f}"
        if abs(value) >= 1000
        else f"{value:.3g}"
        if abs(value) < 1
        else f"{value:.2f}"
    )


DETAILS = ("incidents_", "decided_hours_", "measure_taken_")


def main_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without details of single categories and without outcomes that never
    arose.
    """
    return [line for line in lines if line.n and not line.outcome.startswith(DETAILS)]


def outcome_table(lines: Sequence[Line], title: str) -> Table:
    """Return the table of outcomes grouped as negotiation, election, monitoring, aftermath."""
    table = Table(
        title=title, title_justify="left", header_style="bold", pad_edge=False, box=box.SIMPLE_HEAD
    )
    table.add_column("outcome", overflow="fold")
    for name in ("", "figure"):
        table.add_column(name, no_wrap=True)
    for name in ("value", "90 %", "MC error"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("unit", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    for group in GROUPS:
        chosen = [line for line in lines if line.group == group]
        if chosen:
            table.add_row(f"[bold]{group}[/bold]")
        previous = ""
        for line in chosen:
            table.add_row(*_cells(line, first=line.outcome != previous))
            previous = line.outcome
        if chosen:
            table.add_section()
    return table


FIGURES = {"probability": "P", "median": "median", "none": ""}


def _cells(line: Line, first: bool) -> list[str]:
    value, low, high, error = (
        number(x, line.unit) for x in (line.estimate, line.low, line.high, line.monte_carlo_error)
    )
    name = f" {line.outcome}" if first else ""
    unit = "" if line.unit in ("key", "share") else line.unit
    span = "-" if line.low is None else f"{low} to {high}"
    return [name, line.category, FIGURES[line.figure], value, span, error, unit, str(line.n)]


def as_json(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the lines as plain dictionaries."""
    return [asdict(line) for line in lines]
