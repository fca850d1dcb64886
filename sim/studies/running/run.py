"""Run one scenario many times: outcomes with their Monte Carlo error."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

from sim.actors.led import Policy
from sim.records.results.summary import Watcher
from sim.replicate.build import prepare_case
from sim.replicate.own import GivenMeasure, with_own
from sim.replicate.replicate import warn_of
from sim.scenario.keys.overrides import Overrides, whole
from sim.scenario.load import Resolved, loaded
from sim.scenario.own import MakeEstimator
from sim.storage.shards import InMemory
from sim.studies.running.in_folder import run_in_folder
from sim.studies.running.result import Run
from sim.studies.running.rows import compute_rows, wanted_replicates
from sim.workers.executors import Pool


def run(
    scenario: Resolved | str | Path,
    *,
    replicates: int | None = None,
    entropy: int | None = None,
    overrides: Overrides = (),
    policies: Mapping[str, Policy] | None = None,
    measures: Sequence[GivenMeasure] = (),
    estimators: Sequence[MakeEstimator] = (),
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
        loaded scenario, those with which it was loaded. policies: member -> your own function
        (view, action, rng) -> option, asked after the rule has drawn. measures: your own functions
        of a finished replicate, each an outcome (see sim.own_measure). estimators: your own
        classes, asked beside those of the scenario. executor: any
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
    resolved = with_own(loaded(scenario, overrides), policies, measures, estimators)
    settings = resolved.scenario.run
    wanted = wanted_replicates(first, settings.replicates if replicates is None else replicates)
    seed = settings.entropy_value() if entropy is None else whole(entropy, "entropy")
    if folder is not None:
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
