"""Rich tables of outcomes for a terminal, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

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
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"


def outcome_table(lines: Sequence[Line], title: str, *, all_lines: bool = True) -> Table:
    """Return the table of outcomes grouped as negotiation, election, monitoring, aftermath."""
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    for name, justify in (("outcome", "left"), ("", "left"), ("figure", "left"), ("value", "right")):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for name in ("90 % from", "to", "MC error", "unit", "n"):
        table.add_column(name, justify="left" if name == "unit" else "right")
    for group in GROUPS:
        chosen = [line for line in lines if line.group == group]
        if chosen:
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        previous = ""
        for line in chosen:
            table.add_row(*_cells(line, first=line.outcome != previous))
            previous = line.outcome
    return table


def _cells(line: Line, first: bool) -> list[str]:
    figures = [number(x, line.unit) for x in (line.estimate, line.low, line.high, line.monte_carlo_error)]
    name = line.outcome if first else ""
    figure = "" if line.figure == "none" else line.figure
    return [name, line.category, figure, *figures, "" if line.unit == "key" else line.unit, str(line.n)]


def as_json(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the lines as plain dictionaries."""
    return [asdict(line) for line in lines]
