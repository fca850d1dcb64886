"""Run one scenario many times: outcomes with their Monte Carlo error."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.measures.register import MEASURES
from sim.records.outcome import Failures, Outcome, Value
from sim.records.summary import Line, Progress, Watcher
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import run_block, warn_of
from sim.scenario.load import Resolved, loaded
from sim.studies.summary import proportion, summarise
from sim.workers.executors import Pool, pool_of, unordered

if TYPE_CHECKING:
    import polars as pl

BLOCK = 20


@dataclass
class Run:
    """The result of `run`: outcomes by replicate, ready to be summarised, saved or compared."""

    resolved: Resolved
    entropy: int
    outcomes: list[Outcome]
    seconds: float
    started: str
    register_digest: str
    interrupted: bool = False
    command: list[str] = field(default_factory=lambda: sys.argv[:])

    @property
    def failures(self) -> list[Outcome]:
        """Return the replicates that failed."""
        return [outcome for outcome in self.outcomes if outcome.error is not None]

    @property
    def failed(self) -> Failures | None:
        """Return how many failed and how to re-live the first, or None."""
        from sim.replicate.relive import relive

        if not self.failures:
            return None
        first = self.failures[0]
        again = relive(self.resolved.name, self.entropy, first.replicate, self.resolved.overrides)
        return Failures(
            len(self.failures),
            len(self.outcomes),
            f"replicate {first.replicate}",
            first.error or "",
            again,
        )

    def columns(self) -> dict[str, list[Value]]:
        """Return outcome name -> values of the replicates that did not fail, in replicate order;
        `failed` counts the others.
        """
        good = [outcome for outcome in self.outcomes if outcome.error is None]
        names = good[0].values if good else {}
        return {name: [outcome.values[name] for outcome in good] for name in names}

    def summary(self) -> list[Line]:
        """Return the summary lines of all outcomes in register order; each says how many replicates
        failed.
        """
        return summarise(MEASURES.values(), self.columns(), len(self.failures))

    def table(self) -> pl.DataFrame:
        """Return one row a replicate: `replicate`, `error`, then one typed column an outcome."""
        from sim.storage.table import outcomes_table

        return outcomes_table(self.outcomes)

    def save(self, path: Path | str) -> Path:
        """Write the run folder.

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
    overrides: Sequence[str] = (),
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
    first: int = 0,
) -> Run:
    """Run a scenario.

    Args:
        scenario: name, file or loaded scenario.
        replicates, entropy, jobs: default to the scenario's own; `jobs=1` computes in this process.
        overrides: "a.b=3" overlays; a loaded scenario has its own.
        executor: any `concurrent.futures.Executor`; then `jobs` is not used.
        watch: called after each block of replicates.
        first: number of the first replicate.

    Raises:
        InputError: the scenario is wrong; every problem is listed.

    Warns:
        ReplicatesFailed: some replicates failed; the figures rest on the others.
    """
    resolved = loaded(scenario, overrides)
    settings = resolved.scenario.run
    total = settings.replicates if replicates is None else replicates
    seed = settings.entropy_value() if entropy is None else entropy
    case = prepare_case(resolved)
    started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    clock = time.perf_counter()
    found: dict[int, list[Outcome]] = {}
    interrupted = False
    try:
        compute(case, seed, range(first, first + total), jobs, executor, watch, found)
    except KeyboardInterrupt:  # what is computed is worth keeping
        interrupted = True
    outcomes = [outcome for number in sorted(found) for outcome in found[number]]
    result = Run(
        resolved,
        seed,
        outcomes,
        time.perf_counter() - clock,
        started,
        case.register.digest,
        interrupted,
    )
    warn_of(result.failed)
    return result


def compute(
    case: Case,
    entropy: int,
    replicates: range,
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
    found: dict[int, list[Outcome]] | None = None,
) -> list[Outcome]:
    """Return the outcomes of the replicates in their order, whatever computed them; `found` is
    filled block by block.
    """
    blocks = [
        range(lo, min(lo + BLOCK, replicates.stop))
        for lo in range(replicates.start, replicates.stop, BLOCK)
    ]
    found = {} if found is None else found
    clock = time.perf_counter()
    with pool_of(executor, jobs, len(replicates) // BLOCK) as pool:
        for number, outcomes in unordered(
            pool, run_block, [(case, entropy, block) for block in blocks]
        ):
            found[number] = outcomes
            if watch is not None:
                watch(_progress(found, len(replicates), case, time.perf_counter() - clock))
    return [outcome for number in sorted(found) for outcome in found[number]]


def _progress(found: dict[int, list[Outcome]], total: int, case: Case, seconds: float) -> Progress:
    outcomes = [outcome for block in found.values() for outcome in block]
    done, rate = len(outcomes), len(outcomes) / max(seconds, 1e-9)
    headline = case.headline
    failed = sum(outcome.error is not None for outcome in outcomes)
    return Progress(
        done, total, failed, rate, (total - done) / rate, headline, half_width(outcomes, headline)
    )


def half_width(outcomes: Sequence[Outcome], name: str) -> float | None:
    """Return the half-width of the 90 % interval of the headline: of its commonest category, or of
    its median.
    """
    values = [
        o.values.get(name) for o in outcomes if o.error is None and o.values.get(name) is not None
    ]
    if not values or name not in MEASURES:
        return None
    if MEASURES[name].kind in ("bool", "category"):
        top = max(values.count(value) for value in set(values))
        _, low, high, _ = proportion(top, len(values))
        return (high - low) / 2
    line = summarise([MEASURES[name]], {name: values})[0]
    return None if line.monte_carlo_error is None else 1.645 * line.monte_carlo_error
