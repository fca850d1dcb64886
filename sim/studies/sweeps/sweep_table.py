"""The result of a sweep: a lazily read table, one row a point and replicate, and its summary by
point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.disk.write import write_file
from sim.measures.register import known_outcomes, measures_with
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures, Measure, OwnMeasure, Value
from sim.records.results.shown import Record
from sim.records.results.summary import SummaryLine
from sim.replicate.relive import overlay, relive
from sim.scenario.load import Resolved
from sim.storage.store import Store
from sim.storage.table import parquet_bytes
from sim.studies.summary import summarise
from sim.studies.sweeps.design import Point
from sim.studies.sweeps.sweep_plan import SCENARIO_AXIS

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class Sweep(Drawn):
    """A finished sweep. computed, skipped: shards; shards: (point, key) in order.

    dropped: workers that ran other code and were sent away. others: other code or libraries that
    answered the same question in this store before; nothing of theirs is among the shards. more:
    outcomes beside those of the register.
    """

    store: Store
    resolved: Resolved
    points: list[Point]
    entropy: int
    shards: list[tuple[int, str]]
    computed: int
    skipped: int
    seconds: float
    dropped: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    more: Mapping[str, OwnMeasure] = field(default_factory=dict)

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Return what each outcome declares: of the register, of the case, of the user."""
        return measures_with(self.more)

    def scan(self) -> pl.LazyFrame:
        """Return the lazy table, its shards checked: `point`, the axes, `replicate`, `error`, then
        the outcomes; in point and replicate order.
        """
        import polars as pl

        files = [self.store.shards.file(key) for _, key in self.shards]
        points = self.points_table()
        if len(set(files)) < len(files):  # points with equal values share shards
            pieces = [
                pl.scan_parquet(file).with_columns(pl.lit(point, dtype=pl.Int64).alias("point"))
                for file, (point, _) in zip(files, self.shards, strict=True)
            ]
            repeated = pl.concat(pieces).join(
                points.lazy(), on="point", how="left", maintain_order="left"
            )
            return repeated.select(*points.columns, pl.exclude(points.columns))
        where = pl.DataFrame(
            {"shard": [str(file) for file in files], "point": [point for point, _ in self.shards]}
        )
        named = where.join(points, on="point", how="left", maintain_order="left").lazy()
        rows = pl.scan_parquet(files, include_file_paths="shard").join(
            named, on="shard", how="left", maintain_order="left"
        )
        return rows.select(*points.columns, pl.exclude("shard", *points.columns))

    def points_table(self) -> pl.DataFrame:
        """Return the table of points: `point`, then one column an axis."""
        import polars as pl

        axes = {
            path: pl.Series(path, _alike([point[path] for point in self.points]))
            for path in self.points[0]
        }
        return pl.DataFrame({"point": pl.Series(range(len(self.points)), dtype=pl.Int64), **axes})

    def table(self) -> pl.DataFrame:
        """Return the whole table."""
        return self.scan().collect()

    def to_polars(self) -> pl.DataFrame:
        """Return the whole table."""
        return self.table()

    def in_short(self) -> str:
        """Return its size and its axes."""
        axes = ", ".join(self.points[0]) if self.points else "none"
        return f"{len(self.points):,} points of {self.resolved.name}, axes: {axes}"

    def records(self) -> list[Record]:
        """Return one record a point: its values, then the outcomes that the scenario reports."""
        asked = self.resolved.scenario.measures.report or None
        told = self.summary(asked)
        seen = {(line.outcome, line.category): line for _, _, lines in told for line in lines}
        found = []
        for _, point, lines in told:
            held = {(line.outcome, line.category): line.estimate for line in lines}
            there = {line.outcome for line in lines if line.n}
            row = {name: _plain(value) for name, value in point.items()}
            for outcome, category in sorted(
                seen, key=lambda key: list(self.measures).index(key[0])
            ):
                never = 0.0 if category and outcome in there else None
                row[f"{outcome} {category}".strip()] = held.get((outcome, category), never)
            found.append(row)
        return found

    def save(self, path: Path | str, *, replace: bool = False) -> Path:
        """Write the whole table as one Parquet file; the same results give the same bytes, however
        they were computed.

        Raises:
            StoreError: something lies there (without `replace`), the disk is full or the folder
            read-only.
        """
        return write_file(Path(path), parquet_bytes(self.table().rechunk()), replace=replace)

    def units(self) -> dict[str, str]:
        """Return outcome -> unit."""
        return {name: measure.unit for name, measure in self.measures.items()}

    def of_points(self, names: Sequence[str]) -> Iterator[tuple[pl.DataFrame, int]]:
        """Yield (replicates that did not fail, with these outcomes; how many failed) of each point,
        one point at a time.
        """
        import polars as pl

        keys: dict[int, list[str]] = {number: [] for number in range(len(self.points))}
        for point, key in self.shards:
            keys[point].append(key)
        for number in range(len(self.points)):
            table = self.store.read(keys[number], ["replicate", "set", "error", *names])
            good = table.filter(pl.col("error").is_null()).drop("error")
            yield good, table.height - good.height

    def summary(
        self, outcomes: Sequence[str] | None = None
    ) -> list[tuple[int, Point, list[SummaryLine]]]:
        """Return for each point its summary lines with Monte Carlo error, read one point at a
        time.
        """
        names = known_outcomes(outcomes, self.measures)
        found = []
        for number, (table, failed) in enumerate(self.of_points(names)):
            columns: dict[str, Sequence[Value]] = {name: table[name].to_list() for name in names}
            found.append(
                (
                    number,
                    self.points[number],
                    summarise(
                        [self.measures[name] for name in names],
                        columns,
                        failed,
                        table["set"].to_list(),
                    ),
                )
            )
        return found

    def means(
        self, outcome: str
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Return (mean, variance among replicates, number of replicates) of a number or yes/no
        outcome at each point: (points,).

        The mean of an outcome that exists in no replicate of a point is NaN there.
        """
        columns = [
            table[outcome].drop_nulls().cast(float).to_numpy()
            for table, _ in self.of_points([outcome])
        ]
        mean = np.array([values.mean() if len(values) else np.nan for values in columns])
        variance = np.array(
            [values.var(ddof=1) if len(values) > 1 else np.nan for values in columns]
        )
        return mean, variance, np.array([len(values) for values in columns])

    @cached_property
    def failures(self) -> list[tuple[int, int, str]]:
        """Return (point, replicate, error) of every replicate that failed, those of shards that
        were found there included.
        """
        import polars as pl

        table = (
            self.scan()
            .filter(pl.col("error").is_not_null())
            .select("point", "replicate", "error")
            .collect()
        )
        return list(table.iter_rows())

    @property
    def failed(self) -> Failures | None:
        """Return how many replicates failed over all points and how to re-live the first, or
        None.
        """
        import polars as pl

        if not self.failures:
            return None
        point, replicate, error = self.failures[0]
        played = int(self.scan().select(pl.len()).collect().item())
        first = f"point {point}, replicate {replicate}"
        return Failures(len(self.failures), played, first, error, self.relive(point, replicate))

    def relive(self, point: int, replicate: int) -> str:
        """Return the command that re-lives one replicate of a point."""
        values = dict(self.points[point])
        name = values.pop(SCENARIO_AXIS, self.resolved.name)
        return relive(
            name, self.entropy, replicate, [*self.resolved.overrides, *map(overlay, values.items())]
        )


def matrix(columns: Sequence[tuple[pl.Series, pl.Series]]) -> NDArray[np.float64]:
    """Return (points, replicates) of (replicate, value) columns; NaN where a replicate has no
    value.
    """
    most = max((int(replicates.max()) for replicates, _ in columns if len(replicates)), default=-1)  # type: ignore[arg-type]
    found = np.full((len(columns), most + 1), np.nan)
    for row, (replicates, values) in zip(found, columns, strict=True):
        row[replicates.to_numpy()] = values.to_numpy()
    return found[:, ~np.isnan(found).all(axis=0)]


def _alike(values: list[Any]) -> list[Any]:
    """Return values of one type: numbers as they are, a mixture as text."""
    kinds = {
        bool if isinstance(v, bool) else float if isinstance(v, int | float) else str
        for v in values
        if v is not None
    }
    if kinds == {float} and any(isinstance(value, float) for value in values):
        return [None if value is None else float(value) for value in values]
    return values if len(kinds) < 2 else [None if value is None else str(value) for value in values]


def _plain(value: object) -> Value:
    return value if isinstance(value, bool | int | float | str) else str(value)
