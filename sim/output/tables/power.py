"""The power study on screen: how often each estimator speaks, and in the same cell
how often falsely.

A cell reads "93 (1)": 93 % of replicates of this world end with "inconsistent", and 1 % of the
honest ones of the same evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.output.tables.grid import Column, Grid

if TYPE_CHECKING:
    import polars as pl

FIGURES = (
    "rejection_share",
    "rejection_low",
    "rejection_high",
    "false_alarm_share",
    "false_alarm_low",
    "false_alarm_high",
)


def cell(rejection: float, alarms: float) -> str:
    """Return power and false alarms in percent, for instance "93 (1)"; a dot where neither is."""
    return f"{100 * rejection:.0f} ({100 * alarms:.0f})" if rejection or alarms else "·"


def speaking(rows: pl.DataFrame) -> list[str]:
    """Return the estimators that ever decide anything, in their order; the others describe, or had
    nothing to read.
    """
    import polars as pl

    decided = set(rows.filter(pl.col("undecided_share") < 1)["estimator"].to_list())
    return [key for key in dict.fromkeys(rows["estimator"].to_list()) if key in decided]


def power_tables(rows: pl.DataFrame) -> Iterator[Grid]:
    """Yield the table of each evidence: worlds as rows, estimators as columns, in blocks."""
    for evidence in dict.fromkeys(rows["evidence"].to_list()):
        yield _table(rows, evidence, speaking(rows))


def _table(rows: pl.DataFrame, evidence: str, keys: Sequence[str]) -> Grid:
    found = {(r["world"], r["estimator"]): r for r in rows.to_dicts() if r["evidence"] == evidence}
    title = (
        f"Evidence: {evidence}. Cells: % of replicates found inconsistent (% in the honest world "
        "of the same evidence)"
    )
    asked = [max((r["n"] for (_, k), r in found.items() if k == key), default=0) for key in keys]
    heads = [f"{key}\nn={n}" for key, n in zip(keys, asked, strict=True)]
    columns = [Column("world"), *(Column(head, right=True) for head in heads)]
    body = []
    for world in dict.fromkeys(world for world, _ in found):
        cells = [found.get((world, key)) for key in keys]
        if any(cells):
            shown = (cell(c["rejection_share"], c["false_alarm_share"]) if c else "" for c in cells)
            body.append([world, *shown])
    return Grid(columns, body, title, blocks=True)


def as_json(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain dictionaries."""
    return rows.to_dicts()
