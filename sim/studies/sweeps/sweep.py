"""Sweeps: a scenario at many points, stored shard by shard, resumed by running them again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from sim.actors.led import Policy
from sim.errors import InputError
from sim.records.results.summary import Watcher
from sim.replicate.build import prepare_case
from sim.replicate.own import GivenMeasure, with_own
from sim.replicate.replicate import warn_of
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, load, loaded
from sim.scenario.own import MakeEstimator
from sim.storage.store import Store
from sim.studies.running.rows import wanted_replicates
from sim.studies.sweeps.design import Point, grid, points_of
from sim.studies.sweeps.runner import Runner
from sim.studies.sweeps.study_file import Study
from sim.studies.sweeps.sweep_plan import BLOCK, SCENARIO_AXIS, SweepPlan, blocks_of
from sim.studies.sweeps.sweep_table import Sweep
from sim.workers.executors import Pool, pool_of

__all__ = ["Sweep", "run_study", "sweep"]


def sweep(
    scenario: Resolved | str | Path,
    axes: Mapping[str, Sequence[Any]] | None = None,
    *,
    design: Sequence[Point] | None = None,
    replicates: int | None = None,
    entropy: int | None = None,
    folder: Path | str = "sweeps",
    overrides: Overrides = (),
    policies: Mapping[str, Policy] | None = None,
    measures: Sequence[GivenMeasure] = (),
    estimators: Sequence[MakeEstimator] = (),
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    grow: bool = False,
    until: tuple[str, float] | None = None,
    watch: Watcher | None = None,
    alone: bool = False,
) -> Sweep:
    """Run a scenario at every point of a design. All points share their random numbers.

    Args:
        axes: dotted path -> values, crossed as a grid; the path "scenario" takes names of
        scenarios; or design: points, each a dict dotted path -> value (see
        sim.studies.sweeps.design). replicates: at each point; with `grow`, the new total. folder:
        the store; run again with the same arguments to resume. until: (outcome, half-width): add
        blocks at each point until the 95 % confidence sequence of the outcome's mean is
            that narrow; `replicates` is then the most that a point gets.
        jobs: processes (default: one a core); executor: any `concurrent.futures.Executor` instead.
        watch: called after each shard.
        alone: the strategic layer alone, on its surrogate electorate: quick, without tally sheets.
        policies, measures, estimators: see `sim.run`.

    Raises:
        InputError: a path or value is wrong (all points are checked before anything runs).
        StoreError: the folder cannot be used, or a worker died or runs other code.

    Warns:
        ReplicatesFailed: some replicates failed, now or when their shard was computed; the figures
        rest on the others.
    """
    own = partial(with_own, policies=policies, measures=measures, estimators=estimators)
    plan = planned(scenario, axes, design, entropy, folder, overrides, alone, own)
    total = plan.resolved.scenario.run.replicates if replicates is None else replicates
    wanted_replicates(0, total)
    stages = [total] if until else plan.stages(total, grow)
    clock = time.perf_counter()
    tasks = len(plan.points) * max(1, -(-total // BLOCK))
    with pool_of(executor, jobs, tasks) as pool:
        runner = Runner(plan, pool, watch, len(plan.points) * total)
        shards = runner.until(total, until) if until else runner.all(blocks_of(stages))
    others = plan.store.made_by_others(plan.question, plan.made_by)
    result = Sweep(
        plan.store,
        plan.resolved,
        plan.points,
        plan.entropy,
        shards,
        runner.work.computed,
        runner.work.skipped,
        time.perf_counter() - clock,
        tuple(runner.work.dropped),
        tuple(others),
        plan.measures,
    )
    warn_of(result.failed)
    return result


def planned(
    scenario: Resolved | str | Path,
    axes: Mapping[str, Sequence[Any]] | None,
    design: Sequence[Point] | None,
    entropy: int | None,
    folder: Path | str,
    overrides: Overrides = (),
    alone: bool = False,
    own: Callable[[Resolved], Resolved] = with_own,
) -> SweepPlan:
    """Return the plan of a sweep: scenarios loaded, folder opened, every point tried. own: adds a
    user's own code to each scenario.
    """
    resolved = own(loaded(scenario, overrides))
    points = [dict(point) for point in design] if design is not None else grid(_lists(axes))
    _refuse_odd(points)
    names = dict.fromkeys(
        [resolved.name, *(point[SCENARIO_AXIS] for point in points if SCENARIO_AXIS in point)]
    )
    scenarios = {
        name: resolved if name == resolved.name else own(load(name, resolved.overrides))
        for name in names
    }
    worlds = {name: (found, prepare_case(found, alone=alone)) for name, found in scenarios.items()}
    seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
    plan = SweepPlan(Store(folder), worlds, points, seed, alone)
    plan.check_points()
    return plan


def _lists(axes: Mapping[str, Sequence[Any]] | None) -> dict[str, list[Any]]:
    """Return the axes, each a list of values; numbers of numpy become plain ones.

    Raises:
        InputError: no mapping, or an axis that is no list.
    """
    if not isinstance(axes or {}, Mapping):
        raise InputError('axes: write {"a.b": [1, 2]}')
    found = {}
    for path, values in (axes or {}).items():
        if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
            raise InputError(f"axis {path}: write a list of values, not {values!r}")
        found[path] = [v.item() if isinstance(v, np.generic) else v for v in values]
    return found


def _refuse_odd(points: Sequence[Point]) -> None:
    if not points:
        raise InputError("the design has no points: give axes with at least one value each")
    for number, point in enumerate(points):
        if point.keys() != points[0].keys():
            raise InputError(
                f"point {number} has other axes ({', '.join(point)}) than point 0 "
                f"({', '.join(points[0])})"
            )


def run_study(
    study: Study,
    folder: Path | str,
    *,
    replicates: int | None = None,
    entropy: int | None = None,
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    grow: bool = False,
    until: tuple[str, float] | None = None,
    watch: Watcher | None = None,
    alone: bool = False,
) -> Sweep:
    """Run a study that was loaded with `sim.studies.sweeps.study_file.load_study`; see `sweep`.

    `replicates` and `entropy` replace the study's own.
    """
    return sweep(
        study.resolved,
        design=points_of(study),
        folder=folder,
        replicates=study.file.replicates if replicates is None else replicates,
        entropy=study.entropy if entropy is None else entropy,
        jobs=jobs,
        executor=executor,
        grow=grow,
        until=until,
        watch=watch,
        alone=alone,
    )
