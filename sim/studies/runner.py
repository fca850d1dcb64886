"""Carry out a plan: skip what is stored, compute the rest anywhere, store each shard the moment it
arrives.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.errors import InputError, StoreError
from sim.measures.register import MEASURES
from sim.records.outcome import Outcome
from sim.records.summary import Progress, Watcher
from sim.replicate.build import Case, case_at
from sim.replicate.replicate import run_block
from sim.storage.version import fingerprint
from sim.studies.design import Point, asymptotic_half_width, spread
from sim.studies.sweep_plan import Plan, blocks_of
from sim.workers.executors import Pool, unordered
from sim.workers.lost import lost_worker

LOOK_ALPHA = 0.05
Shard = tuple[int, str]


def run_point(case: Case, point: Point, entropy: int, block: range, expected: str) -> list[Outcome]:
    """Compute one shard. The worker refuses when its code or its libraries are not those of the
    sweep's owner.

    Raises:
        StoreError: this worker runs another model or another numpy.
    """
    here = fingerprint()
    if here != expected:
        raise StoreError(
            f"this worker runs {here}, the sweep {expected}; install the same "
            "version and libraries there"
        )
    return run_block(case_at(case, point), entropy, block)


@dataclass
class Runner:
    """One sweep under way. Counts are of shards; `failures` of replicates."""

    plan: Plan
    pool: Pool
    watch: Watcher | None
    replicates: int
    clock: float = field(default_factory=time.perf_counter)
    computed: int = 0
    skipped: int = 0
    failures: int = 0
    played: int = 0
    kept: int = 0

    def all(self, blocks: Sequence[range]) -> list[Shard]:
        """Compute every block at every point; returns (point, key) in that order."""
        return self.compute(
            [(point, block) for point in range(len(self.plan.points)) for block in blocks]
        )

    def compute(self, wanted: Sequence[tuple[int, range]]) -> list[Shard]:
        """Compute the shards that are not stored yet; returns all of them in the order asked for.

        Raises:
            StoreError: a shard cannot be written, or a worker died or runs other code; finished
            shards stay.
        """
        keyed = [(point, block, self.plan.key(point, block)) for point, block in wanted]
        # by key: points with equal values share a shard
        missing: dict[str, tuple[int, range, str]] = {}
        for item in keyed:
            if item[2] in missing or self.plan.store.has(item[2]):
                self.skipped += 1
                self.kept += len(item[1])
            else:
                missing[item[2]] = item
        self._tell()
        try:
            wanted_keys = list(missing)
            for number, outcomes in unordered(
                self.pool, run_point, self._tasks(list(missing.values()))
            ):
                self.plan.store.put(wanted_keys[number], outcomes)
                self._count(outcomes)
        except BrokenExecutor as error:
            raise lost_worker(error) from error
        return [(point, key) for point, _, key in keyed]

    def _tasks(self, missing: Sequence[tuple[int, range, str]]) -> Iterator[tuple[Any, ...]]:
        expected = fingerprint()
        shared: dict[str, Any] = {}
        for point, block, _ in missing:
            name, values = self.plan.place(point)
            if name not in shared:
                shared[name] = self.pool.share(self.plan.worlds[name][1])
            yield shared[name], values, self.plan.entropy, block, expected

    def until(self, most: int, target: tuple[str, float]) -> list[Shard]:
        """Add blocks in rounds at the points where the outcome is not precise enough yet, up to
        `most` replicates.

        Raises:
            InputError: the outcome is unknown or a category.
        """
        name, half_width = target
        if name not in MEASURES or MEASURES[name].kind == "category":
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
        values = self.plan.store.column([key for at, key in shards if at == point], name)
        if len(values) < 2:
            return False
        sd = spread(np.asarray(values), MEASURES[name].kind == "bool")
        return asymptotic_half_width(len(values), sd, LOOK_ALPHA) <= half_width

    def _count(self, outcomes: Sequence[Outcome]) -> None:
        self.computed += 1
        self.played += len(outcomes)
        self.failures += sum(outcome.error is not None for outcome in outcomes)
        self._tell()

    def _tell(self) -> None:
        if self.watch is not None:
            rate = self.played / max(time.perf_counter() - self.clock, 1e-9)
            done = self.played + self.kept
            left = (self.replicates - done) / rate if rate else 0.0
            self.watch(
                Progress(done, self.replicates, self.failures, rate, max(left, 0.0), "", None)
            )
