"""The replicates of one run, block by block, wherever they are computed and kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from sim.records.results.outcome import Outcome
from sim.records.results.summary import Watcher
from sim.replicate.build import Case
from sim.scenario.keys.overrides import whole
from sim.storage.shards import InMemory, Keep, shard_key
from sim.storage.table import outcomes_of, outcomes_table, stacked
from sim.studies.headline import Headline
from sim.workers.blocks import block_of
from sim.workers.carry_out import CarryOut, Task
from sim.workers.executors import Pool, pool_of
from sim.workers.fingerprint import fingerprint

if TYPE_CHECKING:
    import polars as pl

BLOCK = 20
MOST_REPLICATES = 1_000_000
"""Replicates of one run, or of one point of a sweep, at most: they are held in memory at the end,
about 1.5 kB each.
"""


def wanted_replicates(first: int, replicates: int) -> range:
    """Return the numbers of the replicates.

    Raises:
        InputError: there are none, or more than `MOST_REPLICATES`.
    """
    first, replicates = whole(first, "first"), whole(replicates, "replicates", 1, MOST_REPLICATES)
    return range(first, first + replicates)


def compute(
    case: Case,
    entropy: int,
    replicates: range,
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
) -> list[Outcome]:
    """Return the outcomes of the replicates in their order, whatever computed them; nothing is
    stored.

    Raises:
        KeyboardInterrupt: stopped before the end.
    """
    rows, interrupted = compute_rows(
        case, "", entropy, replicates, InMemory(), (executor, jobs), watch
    )
    if interrupted:
        raise KeyboardInterrupt
    return outcomes_of(rows)


def compute_rows(
    case: Case,
    digest: str,
    entropy: int,
    replicates: range,
    keep: Keep,
    where: tuple[Executor | Pool | None, int | None],
    watch: Watcher | None,
) -> tuple[pl.DataFrame, bool]:
    """Return (rows of the replicates from the first on without a gap, whether it was interrupted).

    digest: of the scenario, part of every key. keep: where finished blocks are kept and looked for.
    """
    made_by = fingerprint()
    headline = Headline(case.headline, case.measures)
    interrupted = False
    try:
        with pool_of(*where, -(-len(replicates) // BLOCK)) as pool:
            work = CarryOut(
                keep, pool, block_of, headline.pack, len(replicates), watch, headline.told
            )
            shared = pool.share(case)
            work.compute(
                Task(
                    shard_key(digest, {}, entropy, block, made_by),
                    len(block),
                    (shared, {}, entropy, block, made_by),
                )
                for block in blocks(replicates)
            )
    except KeyboardInterrupt:  # what is computed is worth keeping
        interrupted = True
    keys = list(_finished(keep, digest, entropy, replicates, made_by))
    content = [keep.content(key) for key in keys]
    return (stacked(content) if content else outcomes_table([], case.measures)), interrupted


def blocks(replicates: range) -> Iterator[range]:
    """Yield the blocks of replicates, one after the other: a million of them take no memory."""
    for low in range(replicates.start, replicates.stop, BLOCK):
        yield range(low, min(low + BLOCK, replicates.stop))


def _finished(
    keep: Keep, digest: str, entropy: int, replicates: range, made_by: str
) -> Iterator[str]:
    for block in blocks(replicates):
        key = shard_key(digest, {}, entropy, block, made_by)
        if not keep.has(key):
            return
        yield key
