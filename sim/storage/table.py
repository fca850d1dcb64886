"""Outcome tables: one row a replicate, one typed column an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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

    The columns are those of the register, in its order, so that tables of different runs can be
    stacked.
    """
    import polars as pl

    names = list(MEASURES)
    rows = [(o.replicate, o.error, *map(o.values.get, names)) for o in outcomes]
    return pl.DataFrame(rows, schema=_schema(), orient="row", strict=False)


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    import polars as pl

    return {
        "replicate": pl.Int64,
        "error": pl.String,
        **{name: column_type(m.kind) for name, m in MEASURES.items()},
    }
