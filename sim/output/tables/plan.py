"""A plan of a quick count on screen, and its list of tables as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from sim.disk.write import write_file
from sim.files.draw_file import DRAW_COLUMNS, MORE_COLUMNS
from sim.output.findings import plain_table, to_csv
from sim.output.tables.grid import Column


def size_table(rows: Sequence[tuple[str, int | None, float | None]], margin: float | None) -> str:
    """Return formula, reports needed and expected margin beside one another."""
    wanted = "reports needed" if margin is None else f"reports for +-{100 * margin:.2f} points"
    body = [
        (what, "" if n is None else f"{n:,}", "" if half is None else f"+-{100 * half:.2f} points")
        for what, n, half in rows
    ]
    heads = (right(wanted), right("margin with the planned reports"))
    return plain_table("Sample size", ("formula", *heads), body)


def right(name: str) -> Column:
    """Return a column of numbers, its name over several lines where it is long."""
    return Column("\n".join(wrap(name, 12)), right=True)


def allocation_table(rows: Sequence[tuple[str, int, int, int]]) -> str:
    """Return the allocation by stratum with its sum."""
    body = [
        (label, f"{tables:,}", f"{needed:,}", f"{drawn:,}") for label, tables, needed, drawn in rows
    ]
    total = ("all", *(f"{sum(row[k] for row in rows):,}" for k in (1, 2, 3)))  # type: ignore[misc]
    return plain_table(
        "Allocation",
        ("stratum", *map(right, ("tables", "reports needed", "to draw"))),
        [*body, total],
    )


def chances_table(rows: Sequence[tuple[str, int, float, float, float]]) -> str:
    """Return the chance that the call is right in each world."""
    body = [
        (world, f"{n:,}", *(f"{100 * share:.1f} %" for share in shares))
        for world, n, *shares in rows
    ]
    return plain_table(
        "Chance that the call is right",
        ("manipulation", *map(right, ("replicates", "right", "wrong", "no call"))),
        body,
    )


def write_draw(path: Path, rows: Sequence[Sequence[object]], *, replace: bool = False) -> None:
    """Write the list of tables to visit; text cells are neutralised.

    Raises:
        StoreError: something lies there (without `replace`), or the disk refuses.
    """
    write_file(path, to_csv((*DRAW_COLUMNS, *MORE_COLUMNS), rows), replace=replace)
