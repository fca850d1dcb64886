"""Outcome tables: one row a replicate, one typed column an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.measures.register import MEASURES
from sim.records.outcome import Outcome

if TYPE_CHECKING:
    import polars as pl


def column_type(kind: str) -> Any:
    """Return the polars type of a measure's kind."""
    import polars as pl

    return {"bool": pl.Boolean, "category": pl.String, "count": pl.Int64}.get(kind, pl.Float64)


def outcomes_table(outcomes: Sequence[Outcome]) -> pl.DataFrame:
    """Return the table of outcomes; a failed replicate is a row with its error and nulls.

    The columns are those of the register, in its order, so that tables of different runs can be stacked.
    """
    import polars as pl

    data: dict[str, Any] = {
        "replicate": pl.Series([o.replicate for o in outcomes], dtype=pl.Int64),
        "error": pl.Series([o.error for o in outcomes], dtype=pl.String),
    }
    for name, measure in MEASURES.items():
        kind = column_type(measure.kind)
        data[name] = pl.Series(name, [o.values.get(name) for o in outcomes], dtype=kind, strict=False)
    return pl.DataFrame(data)
