"""Carry out a study: skip what is kept, compute the rest anywhere, keep each piece the moment it
arrives, and tell how far it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sim.records.summary import Progress, Watcher
from sim.storage.shards import Keep
from sim.workers.executors import Pool, unordered
from sim.workers.lost import lost_worker

R = TypeVar("R")
TELL_SECONDS = 0.1


@dataclass(frozen=True)
class Task:
    """A piece of work: the key of its shard, how many replicates it is, and the arguments of the
    work.
    """

    key: str
    size: int
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Packed:
    """A result ready to be kept, and how many of its replicates failed."""

    content: bytes
    failures: int = 0


@dataclass
class CarryOut(Generic[R]):
    """A study under way. pack: a result of `work` as a shard. half_width: (name, half-width) of the
    headline so far.

    Counts: shards `computed` and `skipped`; replicates `played` now, `kept` before, and `failures`
    among those played. dropped: workers that ran other code and were sent away. sizes: replicates
    of the shards that are being computed, by key.
    """

    keep: Keep
    pool: Pool
    work: Callable[..., R]
    pack: Callable[[R], Packed]
    replicates: int
    watch: Watcher | None = None
    headline: Callable[[], tuple[str, float | None]] = lambda: ("", None)
    clock: float = field(default_factory=time.perf_counter)
    told: float = 0.0
    computed: int = 0
    skipped: int = 0
    failures: int = 0
    played: int = 0
    kept: int = 0
    dropped: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    def compute(self, tasks: Iterable[Task]) -> None:
        """Compute the tasks that are not kept yet. Tasks are asked for one by one, as workers
        become free.

        Raises:
            StoreError: a shard cannot be written, or a worker died or runs other code; finished
            shards stay.
        """
        under_way: list[str] = []
        try:
            results = unordered(
                self.pool, self.work, self._missing(tasks, under_way), self.dropped.extend
            )
            for number, result in results:
                packed = self.pack(result)
                self.keep.put(under_way[number], packed.content)
                self._count(packed, self.sizes.pop(under_way[number]))
        except BrokenExecutor as error:
            raise lost_worker(error) from error
        self._tell(at_once=True)

    def _missing(self, tasks: Iterable[Task], under_way: list[str]) -> Iterator[tuple[Any, ...]]:
        for task in tasks:
            if task.key in self.sizes or self.keep.has(task.key):
                self.skipped += 1
                self.kept += task.size
                self._tell()
            else:
                self.sizes[task.key] = task.size
                under_way.append(task.key)
                yield task.arguments

    def _count(self, packed: Packed, size: int) -> None:
        self.computed += 1
        self.played += size
        self.failures += packed.failures
        self._tell(at_once=True)

    def _tell(self, at_once: bool = False) -> None:
        now = time.perf_counter()
        if self.watch is None or (not at_once and now - self.told < TELL_SECONDS):
            return
        self.told = now
        rate = self.played / max(now - self.clock, 1e-9)
        done = self.played + self.kept
        left = (self.replicates - done) / rate if rate else 0.0
        name, width = self.headline()
        self.watch(
            Progress(done, self.replicates, self.failures, rate, max(left, 0.0), name, width)
        )
