"""Cost of a sweep beside the replicates that it plays, on the small country; and what more
processes or workers bring.

1,000 points by 20 replicates would take minutes: here 200 shards are swept whose replicates cost
nothing, so that only loading, keys, tables, writing and progress remain, and one bare block of 20
replicates is timed beside them.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sim
from sim.replicate.build import case_at, prepare_case
from sim.replicate.replicate import run_block
from sim.studies.sweeps.sweep import planned, sweep
from sim.workers import blocks
from sim.workers.dask_cluster import dask_pool
from sim.workers.executors import Pool, process_pool

SCENARIO, PATH = "bellmar", "sheets.witness_level"
FIXED = ("run.assumptions=fixed",)
POINTS, REPLICATES, ROUNDS = 200, 20, 4
Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Return (what, measured, target, context) of every measurement."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            overhead(Path(folder)),
            skipping(Path(folder)),
            memory(Path(folder)),
            *scaling(Path(folder)),
        ]


def axis(points: int) -> dict[str, list[float]]:
    """Return an axis of so many values."""
    return {PATH: [0.7 + 0.25 * i / points for i in range(points)]}


def cpu(work: Callable[[], object]) -> float:
    """Return the processor seconds of this process: other users of the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def overhead(folder: Path) -> Row:
    """Cost of a shard whose replicates cost nothing, beside the bare block of replicates that it
    would hold.
    """
    case, value = prepare_case(sim.load(SCENARIO, overrides=FIXED)), axis(POINTS)[PATH][0]
    block = min(
        cpu(lambda: run_block(case_at(case, {PATH: value}), 1, range(REPLICATES)))
        for _ in range(ROUNDS)
    )
    settings = {"replicates": REPLICATES, "jobs": 1, "watch": lambda _: None}
    with canned():
        sweep(SCENARIO, axis(2), folder=folder / "first", **settings)
        whole = (
            cpu(lambda: sweep(SCENARIO, axis(POINTS), folder=folder / "empty", **settings)) / POINTS
        )
    said = (
        f"{1000 * whole:.1f} ms a shard ({POINTS} shards), bare block of {REPLICATES} "
        f"{1000 * block:.0f} ms; processor time"
    )
    return "overhead of sweep, store and progress", f"{100 * whole / block:.1f} %", "< 5 %", said


@contextmanager
def canned() -> Iterator[None]:
    """Give every block the same outcomes, computed once."""
    real = blocks.run_block
    outcomes = run_block(prepare_case(sim.load(SCENARIO, overrides=FIXED)), 1, range(REPLICATES))
    blocks.run_block = lambda case, entropy, block: outcomes
    try:
        yield
    finally:
        blocks.run_block = real


def skipping(folder: Path) -> Row:
    done = sweep(SCENARIO, axis(2), replicates=2, folder=folder / "skip", jobs=1)
    plan = planned(SCENARIO, axis(1000), None, None, folder / "skip")
    start = time.perf_counter()
    for number in range(1000):
        plan.store.shards.has(plan.key(number, range(20)))
    each = time.perf_counter() - start
    return (
        "skipping a finished shard",
        f"{each:.3f} ms",
        "< 1 ms",
        f"mean of 1,000; {done.computed} shards in the folder",
    )


def memory(folder: Path) -> Row:
    """Sweep with canned replicates, so that only what the sweep itself keeps can grow."""
    peaks = []
    with canned():
        for number, points in enumerate((50, 100, 400)):
            sweep(SCENARIO, axis(points), replicates=20, folder=folder / f"memory{number}", jobs=1)
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    grown = (peaks[2] - peaks[1]) / (300 * 20) * 1024
    said = (
        f"peak {peaks[0]:.0f}, {peaks[1]:.0f}, {peaks[2]:.0f} MB after 1,000, 2,000 and 8,000 rows"
    )
    return "growth of memory", f"{grown:.2f} kB a row", "flat", said


def scaling(folder: Path) -> list[Row]:
    one = wall(folder / "one", Pool(None, 1))
    with process_pool(2) as processes:
        wall(folder / "warm", Pool(processes, 2))
        two = wall(folder / "two", Pool(processes, 2))
    times = []
    for workers in (1, 2):
        with dask_pool("local", workers) as pool:
            wall(folder / f"dask warm {workers}", pool)
            times.append(wall(folder / f"dask {workers}", pool))
    said = "workers warm; only a quiet machine shows the ratio"
    return [
        (
            "two processes / one",
            f"{one / two:.2f} x",
            ">= 1.7 x",
            f"{one:.1f} s and {two:.1f} s; {said}",
        ),
        (
            "Dask over TCP, two workers / one",
            f"{times[0] / times[1]:.2f} x",
            ">= 1.5 x",
            f"{times[0]:.1f} s and {times[1]:.1f} s; {said}",
        ),
    ]


def wall(folder: Path, pool: Pool) -> float:
    """Return the seconds of a sweep of 8 shards."""
    start = time.perf_counter()
    sweep(SCENARIO, axis(8), replicates=REPLICATES, folder=folder, executor=pool)
    return time.perf_counter() - start
