"""Run one scenario many times: outcomes with their Monte Carlo error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.measures.register import MEASURES, known_outcomes
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures, Outcome, Value
from sim.records.results.shown import Record, Rows, cells
from sim.records.results.summary import SummaryLine, Watcher
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import warn_of
from sim.scenario.load import Resolved, loaded
from sim.scenario.overrides import Overrides
from sim.storage.shards import InMemory, Keep, shard_key
from sim.storage.table import outcome_names, outcomes_of, stacked
from sim.studies.headline import Headline
from sim.studies.summary import summarise
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


@dataclass(repr=False)
class Run(Drawn):
    """The result of `run`: one row a replicate, ready to be summarised, saved or compared.

    rows: `replicate`, `set`, `error`, then one typed column an outcome. computed: replicates that
    were not found in the folder.
    """

    resolved: Resolved
    entropy: int
    rows: pl.DataFrame
    seconds: float
    started: str
    register_digest: str
    interrupted: bool = False
    computed: int = 0
    damaged: tuple[Path, ...] = ()
    command: list[str] = field(default_factory=lambda: sys.argv[:])

    def in_short(self) -> str:
        """Return how many replicates of what there are."""
        failed = f", {len(self.failures):,} failed" if self.failures else ""
        return f"{self.rows.height:,} replicates of {self.resolved.name}{failed}"

    def records(self) -> list[Record]:
        """Return one record a line of the summary: of the outcomes that the scenario reports, or
        of all where it reports none.
        """
        asked = self.resolved.scenario.measures.report
        return [cells(line) for line in self.summary() if not asked or line.outcome in asked]

    def to_polars(self) -> pl.DataFrame:
        """Return one row a replicate, as `table`."""
        return self.rows

    def __getitem__(self, name: str) -> pl.Series:
        """Return one outcome, a value a replicate; null where it does not exist.

        Raises:
            InputError: no outcome has this name.
        """
        known_outcomes([name])
        return self.rows[name]

    @property
    def outcomes(self) -> list[Outcome]:
        """Return the outcomes in replicate order."""
        return outcomes_of(self.rows)

    @property
    def failures(self) -> list[Outcome]:
        """Return the replicates that failed."""
        import polars as pl

        return outcomes_of(self.rows.filter(pl.col("error").is_not_null()))

    @property
    def failed(self) -> Failures | None:
        """Return how many failed and how to re-live the first, or None."""
        from sim.replicate.relive import relive

        failures = self.failures
        if not failures:
            return None
        first = failures[0]
        again = relive(self.resolved.name, self.entropy, first.replicate, self.resolved.overrides)
        return Failures(
            len(failures),
            self.rows.height,
            f"replicate {first.replicate}",
            first.error or "",
            again,
        )

    def columns(self) -> dict[str, list[Value]]:
        """Return outcome name -> values of the replicates that did not fail, in replicate order;
        `failed` counts the others.
        """
        import polars as pl

        good = self.rows.filter(pl.col("error").is_null())
        return {name: good[name].to_list() for name in outcome_names(good)} if good.height else {}

    def sets(self) -> list[int | None]:
        """Return the number of the set of each row of `columns`; None where assumptions are
        fixed.
        """
        import polars as pl

        return self.rows.filter(pl.col("error").is_null())["set"].to_list()

    def summary(self) -> Rows[SummaryLine]:
        """Return the summary lines of all outcomes in register order; each says how many replicates
        failed.
        """
        return Rows(summarise(MEASURES.values(), self.columns(), len(self.failures), self.sets()))

    def table(self) -> pl.DataFrame:
        """Return one row a replicate: `replicate`, `set`, `error`, then one typed column an
        outcome.
        """
        return self.rows

    def save(self, path: Path | str) -> Path:
        """Write the run folder, or add to the one that is there what it does not have.

        Raises:
            StoreError: the folder cannot be written or holds another run.
        """
        from sim.studies.save import save_run

        return save_run(self, Path(path))


def run(
    scenario: Resolved | str | Path,
    *,
    replicates: int | None = None,
    entropy: int | None = None,
    overrides: Overrides = (),
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
    first: int = 0,
    folder: Path | str | None = None,
    replace: bool = False,
) -> Run:
    """Run a scenario.

    Args:
        scenario: name, file or loaded scenario. replicates, entropy, jobs: default to the
        scenario's own; `jobs=1` computes in this process. overrides: "a.b=3" overlays; with a
        loaded scenario, those with which it was loaded. executor: any
        `concurrent.futures.Executor`; then `jobs` is not used. watch: called after each block of
        replicates. first: number of the first replicate. folder: the run folder; replicates that
        lie there are not computed again, and each block is kept there when it is done. replace:
        write a folder that holds another run anew; the old one stays until the new one is whole.

    Raises:
        InputError: the scenario is wrong; every problem is listed.
        StoreError: the folder cannot be used, or a worker died.

    Warns:
        ReplicatesFailed: some replicates failed; the figures rest on the others.
    """
    resolved = loaded(scenario, overrides)
    settings = resolved.scenario.run
    wanted = wanted_replicates(first, settings.replicates if replicates is None else replicates)
    seed = settings.entropy_value() if entropy is None else entropy
    if folder is not None:
        from sim.studies.save import run_in_folder

        result = run_in_folder(
            resolved, seed, wanted, Path(folder), replace, (executor, jobs), watch
        )
    else:
        case = prepare_case(resolved)
        started, clock = time.strftime("%Y-%m-%dT%H:%M:%S%z"), time.perf_counter()
        rows, interrupted = compute_rows(
            case, resolved.digest, seed, wanted, InMemory(), (executor, jobs), watch
        )
        seconds = time.perf_counter() - clock
        register = case.register.digest
        result = Run(resolved, seed, rows, seconds, started, register, interrupted, rows.height)
    warn_of(result.failed)
    return result


def wanted_replicates(first: int, replicates: int) -> range:
    """Return the numbers of the replicates.

    Raises:
        InputError: there are none, or more than `MOST_REPLICATES`.
    """
    if not 1 <= replicates <= MOST_REPLICATES or first < 0:
        raise InputError(
            f"replicates = {replicates}: write a whole number from 1 to {MOST_REPLICATES:,}"
        )
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
    headline = Headline(case.headline)
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
    return stacked([keep.content(key) for key in keys]), interrupted


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
