"""Carry out the plan of a sweep: every block at every point, or as many as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from sim.errors import InputError
from sim.measures.register import measures_with
from sim.models.numbers.sets import two_errors
from sim.records.results.outcome import Outcome, OwnMeasure
from sim.records.results.summary import Watcher
from sim.storage.table import outcomes_table, parquet_bytes
from sim.studies.sweeps.design import asymptotic_half_width, spread
from sim.studies.sweeps.sweep_plan import SweepPlan, blocks_of
from sim.workers.blocks import block_of
from sim.workers.carry_out import CarryOut, Packed, Task
from sim.workers.executors import Pool

LOOK_ALPHA = 0.05
Shard = tuple[int, str]


def packed(outcomes: Sequence[Outcome], own: Mapping[str, OwnMeasure] | None = None) -> Packed:
    """Return a block of outcomes as a shard."""
    return Packed(
        parquet_bytes(outcomes_table(outcomes, own)),
        sum(outcome.error is not None for outcome in outcomes),
    )


class Runner:
    """One sweep under way. work: its counts."""

    def __init__(self, plan: SweepPlan, pool: Pool, watch: Watcher | None, replicates: int) -> None:
        self.plan, self.pool = plan, pool
        self.measures = measures_with(plan.measures)
        pack = partial(packed, own=plan.measures)
        self.work = CarryOut(plan.store.shards, pool, block_of, pack, replicates, watch)
        self._shared: dict[str, object] = {}

    def all(self, blocks: Sequence[range]) -> list[Shard]:
        """Compute every block at every point; returns (point, key) in that order."""
        return self.compute(
            (point, block) for point in range(len(self.plan.points)) for block in blocks
        )

    def compute(self, wanted: Iterable[tuple[int, range]]) -> list[Shard]:
        """Compute the shards that are not stored yet; returns all of them in the order asked for.

        Raises:
            StoreError: a shard cannot be written, or a worker died or runs other code; finished
            shards stay.
        """
        keyed: list[Shard] = []
        self.work.compute(self._tasks(wanted, keyed))
        return keyed

    def _tasks(self, wanted: Iterable[tuple[int, range]], keyed: list[Shard]) -> Iterator[Task]:
        for point, block in wanted:
            key = self.plan.key(point, block)
            keyed.append((point, key))
            name, values = self.plan.place(point)
            if name not in self._shared:
                self._shared[name] = self.pool.share(self.plan.worlds[name][1])
            yield Task(
                key,
                len(block),
                (self._shared[name], values, self.plan.entropy, block, self.plan.made_by),
            )

    def until(self, most: int, target: tuple[str, float]) -> list[Shard]:
        """Add blocks in rounds at the points where the outcome is not precise enough yet, up to
        `most` replicates.

        Raises:
            InputError: the outcome is unknown or a category.
        """
        name, half_width = target
        if name not in self.measures or self.measures[name].kind == "category":
            raise InputError(
                "--until needs the name of a number or a yes/no outcome, not "
                f"{name!r} (see `sim list outcomes`)"
            )
        open_points = list(range(len(self.plan.points)))
        shards: list[Shard] = []
        for block in blocks_of([most]):
            shards += self.compute([(point, block) for point in open_points])
            open_points = [
                point for point in open_points if not self._precise(shards, point, name, half_width)
            ]
            if not open_points:
                break
        return sorted(shards, key=lambda shard: shard[0])

    def _precise(self, shards: Sequence[Shard], point: int, name: str, half_width: float) -> bool:
        """Return whether the 95 % confidence sequence of the outcome's mean at a point is narrow
        enough.
        """
        values, sets = self.plan.store.column([key for at, key in shards if at == point], name)
        if len(values) < 2:
            return False
        sd, n = spread(values, self.measures[name].kind == "bool"), len(values)
        if sets is not None:  # replicates of one set are worth less than as many of their own
            error = two_errors(values, sets).error
            sd = max(sd, error * n**0.5)
        return asymptotic_half_width(n, sd, LOOK_ALPHA) <= half_width
