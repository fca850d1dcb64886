"""Where blocks of replicates are computed: here, in processes, or on any
`concurrent.futures.Executor`.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sim.workers.lost import leave_if_starting, lost_worker
from sim.workers.signals import belong_to_parent

R = TypeVar("R")
PRELOADED = "sim.workers.blocks"
LEAVE_SECONDS = 2.0
MOST_TRIES = 3


def as_it_is(thing: Any) -> Any:
    """Send an argument with each task."""
    return thing


def nobody() -> list[str]:
    """Drop no worker."""
    return []


@dataclass(frozen=True)
class Pool:
    """An executor, and how to hand it a large argument that many tasks share.

    executor: None computes in this process. workers: how many tasks it computes at once, as far as
    is known. share: returns what stands for the argument in `submit`; a cluster sends it to each
    worker once. drop_others: called when a task failed; sends away workers of other code and
    returns their names. The task is then given to the workers that are left.
    """

    executor: Executor | None = None
    workers: int = 8
    share: Callable[[Any], Any] = as_it_is
    drop_others: Callable[[], list[str]] = nobody


def cores() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes_for(jobs: int | None, tasks: int) -> int:
    """Return how many processes serve: what is asked for (None: one a core), but never idle ones
    nor more than cores.
    """
    return max(1, min(jobs or cores(), cores(), tasks))


@contextmanager
def process_pool(jobs: int) -> Iterator[Executor]:
    """Yield a pool of worker processes that import the model once, share nothing with this process,
    and end with it.

    Fork is not used: result tables are made by a library with threads of its own, and forking
    threads can hang.
    """
    leave_if_starting()
    forget_typed_script()
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([PRELOADED])
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=belong_to_parent)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        end_children(before)
        raise
    pool.shutdown(wait=True, cancel_futures=True)


def forget_typed_script() -> None:
    """Leave a script that came over standard input out of what workers read again: no file holds
    it.
    """
    main = sys.modules["__main__"]
    if getattr(main, "__file__", None) == "<stdin>":
        del main.__file__


def end_children(before: Iterable[Any]) -> None:
    """End at once the worker processes that were not there `before`: their owner was stopped."""
    own = [child for child in multiprocessing.active_children() if child not in set(before)]
    for child in own:
        child.kill()
    for child in own:
        child.join(LEAVE_SECONDS)


@contextmanager
def pool_of(executor: Executor | Pool | None, jobs: int | None, tasks: int) -> Iterator[Pool]:
    """Yield the pool that a caller asked for: an executor of his own, or processes, see
    `processes_for`.
    """
    workers = processes_for(jobs, tasks)
    if isinstance(executor, Pool):
        yield executor
    elif executor is not None:
        yield Pool(executor, getattr(executor, "_max_workers", 8))
    elif workers == 1:
        yield Pool(None, 1)
    else:
        with process_pool(workers) as processes:
            try:
                yield Pool(processes, workers)
            except BrokenExecutor as error:
                raise lost_worker(error) from error


def unordered(
    where: Pool | Executor | None,
    work: Callable[..., R],
    tasks: Iterable[tuple[Any, ...]],
    dropped: Callable[[list[str]], None] = lambda _: None,
) -> Iterator[tuple[int, R]]:
    """Yield (task number, result) as results arrive; with no executor, in order and in this
    process.

    At most a few tasks per worker are in flight, so that a long sweep does not fill memory with
    waiting arguments. A task that failed on a worker of other code is given to the others;
    `dropped` hears of such workers.
    """
    pool = where if isinstance(where, Pool) else Pool(where, getattr(where, "_max_workers", 8))
    if pool.executor is None:
        for number, task in enumerate(tasks):
            yield number, work(*task)
        return
    under_way = _UnderWay(pool, pool.executor, work, dropped)
    try:
        for number, task in enumerate(tasks):
            under_way.give(_Given(number, task))
            if len(under_way.waiting) >= 4 * max(pool.workers, 2):
                yield from under_way.arrived()
        while under_way.waiting:
            yield from under_way.arrived()
    finally:
        for future in under_way.waiting:
            future.cancel()


@dataclass(frozen=True)
class _Given:
    """A task that a worker has, and how often it failed before."""

    number: int
    task: tuple[Any, ...]
    failed: int = 0


class _UnderWay(Generic[R]):
    """The tasks that workers have. Where workers of other code were sent away, a task that failed
    is given once more: it may have been theirs.
    """

    def __init__(
        self,
        pool: Pool,
        executor: Executor,
        work: Callable[..., R],
        dropped: Callable[[list[str]], None],
    ) -> None:
        self.pool, self.executor, self.work, self.dropped = pool, executor, work, dropped
        self.waiting: dict[Future[R], _Given] = {}
        self.sent_away = False

    def give(self, given: _Given) -> None:
        """Hand a task to the workers."""
        self.waiting[self.executor.submit(self.work, *given.task)] = given

    def arrived(self) -> Iterator[tuple[int, R]]:
        """Wait for a result, and yield all that are there."""
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda future: self.waiting[future].number):
            given = self.waiting.pop(future)
            try:
                result = future.result()
            except BrokenExecutor:
                raise
            except Exception:
                if not self._may_be_of_others(given):
                    raise
                self.give(_Given(given.number, given.task, given.failed + 1))
                continue
            yield given.number, result

    def _may_be_of_others(self, given: _Given) -> bool:
        others = self.pool.drop_others()
        self.dropped(others)
        self.sent_away |= bool(others)
        return self.sent_away and given.failed < MOST_TRIES
