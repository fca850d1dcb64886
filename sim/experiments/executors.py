"""Where blocks of replicates are computed: here, in processes, or on any `concurrent.futures.Executor`."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def process_pool(jobs: int) -> Iterator[Executor]:
    """Yield a pool of worker processes that import the model once and share nothing with this process.

    Fork is not used: result tables are made by a library with threads of its own, and forking threads can hang.
    """
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["sim.experiments.replicate"])
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def unordered(executor: Executor | None, work: Callable[..., R], tasks: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, R]]:
    """Yield (task number, result) as results arrive; with no executor, in order and in this process.

    At most a few tasks per worker are in flight, so that a long sweep does not fill memory with waiting arguments.
    """
    if executor is None:
        for number, task in enumerate(tasks):
            yield number, work(*task)
        return
    waiting: dict[Future[R], int] = {}
    queue = iter(enumerate(tasks))
    window = 4 * max(getattr(executor, "_max_workers", 8), 2)
    try:
        for number, task in queue:
            waiting[executor.submit(work, *task)] = number
            if len(waiting) >= window:
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
