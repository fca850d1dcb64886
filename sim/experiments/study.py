"""Sweeps: a scenario at many points, stored shard by shard, resumed by running them again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import InputError, StoreError
from sim.experiments.build import Case, case_at, prepare_case
from sim.experiments.design import Point, asymptotic_half_width, grid, spread
from sim.experiments.executors import cores, process_pool, unordered
from sim.experiments.replicate import run_block
from sim.experiments.store import Store, digest_of, shard_key
from sim.experiments.summary import Line, summarise
from sim.experiments.version import fingerprint, model_digest
from sim.measures.register import MEASURES
from sim.records.outcome import Outcome
from sim.scenario.load import Resolved, load

if TYPE_CHECKING:
    import polars as pl

BLOCK = 20
LOOK_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """How far a sweep is, in shards."""

    done: int
    total: int
    computed: int
    skipped: int
    failures: int
    per_second: float
    seconds_left: float


@dataclass(frozen=True)
class Sweep:
    """The result: a lazily read table, one row a point and replicate."""

    store: Store
    resolved: Resolved
    points: list[Point]
    entropy: int
    shards: list[tuple[int, str]]
    computed: int
    skipped: int
    seconds: float

    def scan(self) -> pl.LazyFrame:
        """Return the lazy table: `point`, the axes, `replicate`, `error`, then the outcomes; in point and replicate order."""
        import polars as pl

        pieces = [
            pl.scan_parquet(self.store.shard(key)).with_columns(pl.lit(point, dtype=pl.Int64).alias("point"))
            for point, key in self.shards
        ]
        table = pl.concat(pieces).join(self.points_table().lazy(), on="point", how="left", maintain_order="left")
        first = ["point", *self.points_table().columns[1:]]
        return table.select(*first, pl.exclude(first))

    def points_table(self) -> pl.DataFrame:
        """Return the table of points: `point`, then one column an axis."""
        import polars as pl

        axes = {path: pl.Series(path, [p[path] for p in self.points], strict=False) for path in self.points[0]}
        return pl.DataFrame({"point": pl.Series(range(len(self.points)), dtype=pl.Int64), **axes})

    def table(self) -> pl.DataFrame:
        """Return the whole table."""
        return self.scan().collect()

    def to_pandas(self) -> Any:
        """Return the whole table as a pandas frame (needs pandas and pyarrow)."""
        return self.table().to_pandas()

    def units(self) -> dict[str, str]:
        """Return outcome -> unit."""
        return {name: measure.unit for name, measure in MEASURES.items()}

    def summary(self, outcomes: Sequence[str] | None = None) -> list[tuple[int, Point, list[Line]]]:
        """Return for each point its summary lines with Monte Carlo error, read one point at a time."""
        import polars as pl

        found = []
        for number, point in enumerate(self.points):
            files = [self.store.shard(key) for at, key in self.shards if at == number]
            table = pl.read_parquet(files).filter(pl.col("error").is_null())
            names = [name for name in (outcomes or MEASURES) if name in table.columns]
            columns = {name: table[name].to_list() for name in names}
            found.append((number, point, summarise([MEASURES[name] for name in names], columns)))
        return found


def run_point(case: Case, point: Point, entropy: int, block: range, expected: str) -> list[Outcome]:
    """Compute one shard. The worker refuses when its code or its libraries are not those of the sweep's owner.

    Raises:
        StoreError: this worker runs another model or another numpy.
    """
    here = fingerprint()
    if here != expected:
        raise StoreError(f"this worker runs {here}, the sweep {expected}; install the same version and libraries there")
    return run_block(case_at(case, point), entropy, block)


def sweep(
    scenario: Resolved | str | Path,
    axes: Mapping[str, Sequence[Any]] | None = None,
    *,
    design: Sequence[Point] | None = None,
    replicates: int | None = None,
    entropy: int | None = None,
    folder: Path | str = "sweeps",
    overrides: Sequence[str] = (),
    jobs: int | None = None,
    executor: Executor | None = None,
    grow: bool = False,
    until: tuple[str, float] | None = None,
    watch: Callable[[SweepProgress], None] | None = None,
) -> Sweep:
    """Run a scenario at every point of a design.

    Args:
        axes: dotted path -> values, crossed as a grid; or
        design: points, each a dict dotted path -> value (see sim.experiments.design).
        replicates: at each point; with `grow`, the new total.
        folder: the store; run again with the same arguments to resume.
        until: (outcome, half-width): add blocks at each point until the 95 % confidence sequence of the outcome's mean is
            that narrow; `replicates` is then the most that a point gets.
        executor: any `concurrent.futures.Executor`.

    Raises:
        InputError: a path or value is wrong (all points are checked before anything runs).
        StoreError: the folder cannot be used.
    """
    resolved = scenario if isinstance(scenario, Resolved) else load(scenario, overrides)
    points = [dict(p) for p in design] if design is not None else grid(axes or {})
    seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
    total = replicates or resolved.scenario.run.replicates
    case = prepare_case(resolved)
    for point in points:
        case_at(case, point)
    store = Store(folder)
    plan = _Plan(store, case, resolved, points, seed)
    stages = plan.stages(total, grow, until is not None)
    clock = time.perf_counter()
    workers = jobs or cores()
    pool: Any = nullcontext(executor) if executor is not None or workers == 1 else process_pool(workers)
    with pool as where:
        runner = _Runner(plan, where, watch, clock)
        shards = runner.until(stages, until) if until else runner.all(blocks_of(stages))
    return Sweep(store, resolved, points, seed, shards, runner.computed, runner.skipped, time.perf_counter() - clock)


def blocks_of(stages: Sequence[int]) -> list[range]:
    """Return the blocks of replicates of a list of totals; growing never cuts a block that is there already."""
    found: list[range] = []
    start = 0
    for stop in stages:
        found += [range(lo, min(lo + BLOCK, stop)) for lo in range(start, stop, BLOCK)]
        start = max(start, stop)
    return found


@dataclass
class _Plan:
    store: Store
    case: Case
    resolved: Resolved
    points: list[Point]
    entropy: int

    @property
    def digest(self) -> str:
        return digest_of([self.resolved.digest, self.points, self.entropy, model_digest()])

    def key(self, point: int, block: range) -> str:
        return shard_key(self.resolved.digest, self.points[point], self.entropy, block, model_digest())

    def stages(self, total: int, grow: bool, open_end: bool) -> list[int]:
        """Return the totals asked for so far, oldest first, and note them with the sweep."""
        known = self.store.study(self.digest)
        before: list[int] = known["stages"] if known else []
        if before and total != before[-1] and not open_end:
            if total < before[-1]:
                before = [s for s in before if s < total]
            elif not grow:
                raise InputError(
                    f"this sweep was run with {before[-1]} replicates a point; add --grow to go on to {total}, "
                    "or choose another folder"
                )
        stages = before if before and total == before[-1] else [*before, total]
        self.store.note_study(
            self.digest,
            {"format": 1, "title": self.resolved.scenario.title, "scenario": self.resolved.name,
             "scenario_digest": self.resolved.digest, "entropy": hex(self.entropy), "stages": stages,
             "points": self.points, "model_digest": model_digest()},
        )  # fmt: skip
        return stages


@dataclass
class _Runner:
    plan: _Plan
    executor: Executor | None
    watch: Callable[[SweepProgress], None] | None
    clock: float
    computed: int = 0
    skipped: int = 0
    failures: int = 0

    def all(self, blocks: Sequence[range]) -> list[tuple[int, str]]:
        wanted = [(p, block) for p in range(len(self.plan.points)) for block in blocks]
        return self.compute(wanted)

    def compute(self, wanted: Sequence[tuple[int, range]]) -> list[tuple[int, str]]:
        """Compute the shards that are not there yet; return all of them in the order asked for."""
        keyed = [(p, block, self.plan.key(p, block)) for p, block in wanted]
        missing = [item for item in keyed if not self.plan.store.has(item[2])]
        self.skipped += len(keyed) - len(missing)
        expected = fingerprint()
        tasks = [(self.plan.case, self.plan.points[p], self.plan.entropy, b, expected) for p, b, _ in missing]
        for number, outcomes in unordered(self.executor, run_point, tasks):
            self.plan.store.put(missing[number][2], outcomes)
            self.computed += 1
            self.failures += sum(o.error is not None for o in outcomes)
            self._tell(len(keyed))
        return [(p, key) for p, _, key in keyed]

    def until(self, stages: Sequence[int], target: tuple[str, float]) -> list[tuple[int, str]]:
        """Add blocks point by point in rounds until the outcome is precise enough everywhere, or the most is reached."""
        name, half_width = target
        if name not in MEASURES or MEASURES[name].kind == "category":
            raise InputError(f"--until needs the name of a number or a yes/no outcome, not {name!r} (see `sim list outcomes`)")
        blocks = blocks_of(stages[-1:])
        open_points = list(range(len(self.plan.points)))
        shards: list[tuple[int, str]] = []
        for block in blocks:
            shards += self.compute([(p, block) for p in open_points])
            open_points = [p for p in open_points if self._half_width(shards, p, name) > half_width]
            if not open_points:
                break
        return sorted(shards, key=lambda item: item[0])

    def _half_width(self, shards: Sequence[tuple[int, str]], point: int, name: str) -> float:
        import polars as pl

        files = [self.plan.store.shard(key) for p, key in shards if p == point]
        values = pl.read_parquet(files, columns=[name])[name].drop_nulls().cast(pl.Float64).to_numpy()
        if len(values) < 2:
            return float("inf")
        sd = spread(np.asarray(values), MEASURES[name].kind == "bool")
        return asymptotic_half_width(len(values), sd, LOOK_ALPHA)

    def _tell(self, total: int) -> None:
        if self.watch is not None:
            rate = self.computed / max(time.perf_counter() - self.clock, 1e-9)
            left = (total - self.skipped - self.computed) / rate
            done = self.computed + self.skipped
            self.watch(SweepProgress(done, total, self.computed, self.skipped, self.failures, rate, max(left, 0.0)))
