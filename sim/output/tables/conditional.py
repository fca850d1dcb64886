"""Conditional probabilities as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import number

if TYPE_CHECKING:
    from sim.studies.conditional import Conditional

COLUMNS = (
    Column("P of"),
    Column("given"),
    Column("value", right=True),
    Column("90 %", 1, right=True),
    Column("assumptions", 2, right=True),
    Column("n", 3, right=True),
)


def conditional_table(rows: Sequence[Conditional]) -> Grid:
    """Return the table: how often the event, among the replicates in which the condition holds."""
    return Grid(COLUMNS, [_cells(row) for row in rows], "Conditional probabilities")


def _cells(row: Conditional) -> list[str]:
    value, low, high, first, last = (
        number(x, "share")
        for x in (row.share, row.low, row.high, row.assumed_low, row.assumed_high)
    )
    span = "-" if row.low is None else f"{low} to {high}"
    assumed = "-" if row.assumed_low is None else f"{first} to {last}"
    return [row.event, row.given, value, span, assumed, str(row.n)]
