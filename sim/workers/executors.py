"""Where blocks of replicates are computed: here, in processes, or on any
`concurrent.futures.Executor`.
"""

from __future__ import annotations

import multiprocessing
import os
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
from typing import Any, TypeVar

from sim.workers.lost import leave_if_starting, lost_worker

R = TypeVar("R")


def as_it_is(thing: Any) -> Any:
    """Send an argument with each task."""
    return thing


@dataclass(frozen=True)
class Pool:
    """An executor, and how to hand it a large argument that many tasks share.

    executor: None computes in this process. workers: how many tasks it computes at once, as far as
    is known. share: returns what stands for the argument in `submit`; a cluster sends it to each
    worker once.
    """

    executor: Executor | None = None
    workers: int = 8
    share: Callable[[Any], Any] = as_it_is


def cores() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def process_pool(jobs: int) -> Iterator[Executor]:
    """Yield a pool of worker processes that import the model once and share nothing with this
    process.

    Fork is not used: result tables are made by a library with threads of its own, and forking
    threads can hang.
    """
    leave_if_starting()
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sim.studies.runner"])
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def pool_of(executor: Executor | Pool | None, jobs: int | None, tasks: int) -> Iterator[Pool]:
    """Yield the pool that a caller asked for: an executor of his own, or `jobs` processes (None:
    one a core), never idle ones.
    """
    workers = min(jobs or cores(), max(tasks, 1))
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
    where: Pool | Executor | None, work: Callable[..., R], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[int, R]]:
    """Yield (task number, result) as results arrive; with no executor, in order and in this
    process.

    At most a few tasks per worker are in flight, so that a long sweep does not fill memory with
    waiting arguments.
    """
    pool = where if isinstance(where, Pool) else Pool(where, getattr(where, "_max_workers", 8))
    if pool.executor is None:
        for number, task in enumerate(tasks):
            yield number, work(*task)
        return
    waiting: dict[Future[R], int] = {}
    try:
        for number, task in enumerate(tasks):
            waiting[pool.executor.submit(work, *task)] = number
            if len(waiting) >= 4 * max(pool.workers, 2):
                yield from _collect(waiting)
        while waiting:
            yield from _collect(waiting)
    finally:
        for future in waiting:
            future.cancel()


def _collect(waiting: dict[Future[R], int]) -> Iterator[tuple[int, R]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in sorted(done, key=waiting.__getitem__):
        yield waiting.pop(future), future.result()
