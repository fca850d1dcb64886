"""Outcome tables: one row a replicate, one typed column an outcome, after replicate, set and
error.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sim.measures.register import MEASURES
from sim.records.results.outcome import Outcome, OwnMeasure

HEAD = ("replicate", "set", "error")
"""Columns before the outcomes."""

if TYPE_CHECKING:
    import polars as pl


def column_type(kind: str) -> Any:
    """Return the polars type of a measure's kind."""
    import polars as pl

    return {"bool": pl.Boolean, "category": pl.String, "count": pl.Int64}.get(kind, pl.Float64)


def outcomes_table(
    outcomes: Sequence[Outcome], own: Mapping[str, OwnMeasure] | None = None
) -> pl.DataFrame:
    """Return the table of outcomes; a failed replicate is a row with its error and nulls.

    The columns are those of the register, in its order, so that tables of different runs can be
    stacked; a user's own stand behind them.
    """
    import polars as pl

    schema = _schema()
    if own:
        more = {name: column_type(one.measure.kind) for name, one in own.items()}
        schema = {**schema, **more}
    names = list(schema)[len(HEAD) :]
    rows = [(o.replicate, o.set, o.error, *map(o.values.get, names)) for o in outcomes]
    return pl.DataFrame(rows, schema=schema, orient="row", strict=False)


def outcomes_of(table: pl.DataFrame) -> list[Outcome]:
    """Return the outcomes that a table holds, in its order."""
    names = outcome_names(table)
    return [
        Outcome(
            replicate,
            {} if error is not None else dict(zip(names, values, strict=True)),
            error,
            number,
        )
        for replicate, number, error, *values in table.iter_rows()
    ]


def outcome_names(table: pl.DataFrame) -> list[str]:
    """Return the columns of a table that are outcomes."""
    return [name for name in table.columns if name not in HEAD]


def parquet_bytes(table: pl.DataFrame) -> bytes:
    """Return a table as Parquet.

    Made in memory, so that a full disk is always the same plain error of the operating system.
    """
    buffer = io.BytesIO()
    table.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def stacked(contents: Sequence[bytes], columns: Sequence[str] | None = None) -> pl.DataFrame:
    """Return the tables of several Parquet files, one below the other; without any, an empty table
    of outcomes.
    """
    import polars as pl

    if not contents:
        return pl.DataFrame(schema=_schema()).select(columns or pl.all())
    chosen = None if columns is None else list(columns)
    return pl.concat(
        [pl.read_parquet(io.BytesIO(content), columns=chosen) for content in contents], rechunk=True
    )


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    import polars as pl

    return {
        "replicate": pl.Int64,
        "set": pl.Int64,
        "error": pl.String,
        **{name: column_type(m.kind) for name, m in MEASURES.items()},
    }
