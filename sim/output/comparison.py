"""A comparison as a table: one row an outcome (or a category of one), with the verdict and how sure
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from sim.output.tables import number

STYLE = {"different": "bold", "undecided": "dim", "same within margin": ""}


def comparison_table(rows: Sequence[Any], title: str) -> Table:
    """Return the table of rows with the fields of `sim.studies.compare.Compared`."""
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    for name in (
        "outcome",
        "",
        "a",
        "b",
        "b - a",
        "from",
        "to",
        "margin",
        "unit",
        "distance",
        "variance ratio",
        "verdict",
    ):
        left = name in ("outcome", "", "unit", "verdict")
        table.add_column(name, justify="left" if left else "right", overflow="fold")
    previous = ""
    for row in rows:
        table.add_row(
            *_cells(row, "" if row.outcome == previous else row.outcome),
            style=STYLE[row.result.verdict],
        )
        previous = row.outcome
    return table


def _cells(row: Any, name: str) -> list[str]:
    found = row.result
    figures = (found.mean_a, found.mean_b, found.difference, found.low, found.high, found.margin)
    more = f": about {found.more:,} more replicates" if found.more else ""
    ratio = "-" if found.variance_ratio is None else f"{found.variance_ratio:.1f}"
    numbers = [number(figure, row.unit) for figure in figures]
    return [
        name,
        row.category,
        *numbers,
        row.unit,
        number(row.distance, row.unit),
        ratio,
        found.verdict + more,
    ]


def sentence(
    verdict: str, paired: bool, alpha: float, n: int, comparisons: int, counts: dict[str, int]
) -> str:
    """Return what the comparison says, its error rate included."""
    how = "replicate by replicate, under common random numbers" if paired else "as independent runs"
    found = ", ".join(f"{count} {name}" for name, count in counts.items())
    return (
        f"Over all outcomes: {verdict} ({found}). {n} replicates, compared {how}.\n"
        f"Error rate: the chance that any of the {comparisons} comparisons says different where "
        "nothing differs is at most "
        f"{alpha:g}; intervals are at 1 - {alpha:g}/{comparisons} each.\n"
        "Means are compared; distance: Wasserstein, or total variation for a category. Variance "
        "ratio: how many times the "
        "replicates an unpaired comparison would need."
    )
