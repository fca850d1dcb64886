"""How far all assumptions together let the outcomes move, and which of them matter: a design over
their stated ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from sim.disk.sealed import seal
from sim.disk.write import write_file
from sim.documents.fields import Spec, find_spec
from sim.errors import InputError
from sim.measures.register import MEASURES
from sim.models.numbers.ranks import chance_threshold, rank_correlations
from sim.records.assumptions import FORMAT, AssumedRange, Assumptions, Mover, assumptions_name
from sim.records.outcome import Measure
from sim.replicate.build import STRUCTURE, Case, case_at, prepare_case
from sim.rng import generator
from sim.scenario.load import Resolved
from sim.scenario.schema import Scenario, is_parameter
from sim.storage.version import model_digest
from sim.studies.design import Point, fitting, refuse_many
from sim.studies.sweep import sweep
from sim.studies.sweep_options import SweepOptions
from sim.studies.sweep_table import Sweep, matrix

Floats = NDArray[np.float64]
LEAST_POINTS = 64
MATTER_MOST = 3
MOST_STEPS = 60
PERMUTATIONS = "assumptions/permutations"
DESIGN_SEED = 20240702
GRID = {
    "load_high": 2.0,
    "load_step": 0.1,
    "delay_high_minutes": 240.0,
    "delay_step_minutes": 30.0,
    "tables": 100,
}
"""Queue surface of a design, which needs a new one at nearly every point.

Mean waits differ from the default grid's by 2 %.
"""


@dataclass(frozen=True, slots=True)
class Assumed:
    """One number with a stated range."""

    path: str
    value: float
    low: float
    high: float


def assumed(resolved: Resolved) -> list[Assumed]:
    """Return every number of the scenario whose declaration states a range and whose value lies in
    it.

    Left out: a value outside its range (the range is of another kind of case), a value that the
    scenario draws itself, the parameters of a manipulation that is off, the surrogate's, which
    stand in for the electorate, and the grid on which queues are interpolated, which says how
    finely one computes and nothing about the world.
    """
    found = []
    for path, entry in resolved.provenance.items():
        keys = tuple(path.split("."))
        spec = find_spec(Scenario, keys)
        if (
            not is_parameter(keys)
            or not isinstance(spec, Spec)
            or spec.study_range is None
            or spec.annotation not in (int, float)
        ):
            continue
        low, high = spec.study_range
        if (
            path not in resolved.scenario.uncertainties
            and low <= entry.value <= high
            and not _idle(resolved.scenario, keys)
        ):
            found.append(Assumed(path, entry.value, low, high))
    return found


def _idle(scenario: Scenario, keys: tuple[str, ...]) -> bool:
    if keys[0] == "manipulations" and len(keys) > 2:
        return not getattr(getattr(scenario.manipulations, keys[1]), "enabled", True)
    return keys[0] == "surrogate" or (keys[:2] == ("day", "surface") and keys[-1] in GRID)


def hypercube(
    resolved: Resolved, points: int, seed: int = DESIGN_SEED
) -> tuple[list[Assumed], list[Point], int]:
    """Return (assumptions, Latin hypercube over their ranges, number of points that had to be drawn
    in).

    Where a table of the scenario refuses its numbers together (an order that they must keep, say),
    the numbers of that table are moved half-way to the scenario's values until it accepts them.
    Every point has the coarse queue surface of `GRID`.

    Raises:
        InputError: fewer than 64 points.
    """
    from scipy.stats import qmc

    refuse_many(points)
    if points < LEAST_POINTS:
        raise InputError(
            f"{points} points: a design over all assumptions takes at least {LEAST_POINTS}"
        )
    inputs = assumed(resolved)
    case = prepare_case(resolved)
    base = {a.path: a.value for a in inputs}
    design, drawn_in = [], 0
    for row in qmc.LatinHypercube(d=len(inputs), rng=seed).random(points):
        wanted = {
            a.path: a.low + (a.high - a.low) * float(x) for a, x in zip(inputs, row, strict=True)
        }
        point, steps = acceptable(case, wanted, base)
        design.append({**point, **{f"day.surface.{key}": value for key, value in GRID.items()}})
        drawn_in += steps > 0
    return inputs, design, drawn_in


def acceptable(
    case: Case, wanted: Mapping[str, float], base: Mapping[str, float]
) -> tuple[Point, int]:
    """Return (the nearest point on the way to `base` that the scenario accepts, how often some
    table was moved half-way).
    """
    values = dict(wanted)
    for step in range(MOST_STEPS):
        point = {path: fitting(path, value) for path, value in values.items()}
        try:
            case_at(case, point)
            return point, step
        except InputError as error:
            for path in _blamed(error, list(values)):
                values[path] = base[path] + (values[path] - base[path]) / 2
    return dict(base), MOST_STEPS


def _blamed(error: InputError, paths: list[str]) -> list[str]:
    """Return the parameters of the tables that refuse; those that shape register and ballot where
    the problem lies there.
    """
    tables = [
        problem.path if problem.path in paths else f"{problem.path}."
        for problem in error.problems
        if problem.path
    ]
    found = [path for path in paths if path.startswith(tuple(tables))]
    return (
        found or [path for path in paths if path.split(".")[0] in (*STRUCTURE, "ballot")] or paths
    )


def study_assumptions(
    resolved: Resolved, *, points: int = 128, replicates: int = 5, **options: Unpack[SweepOptions]
) -> Assumptions:
    """Run the design and return what it says of every outcome; options are those of `sim.sweep`.

    Raises:
        InputError: fewer than 64 points.
    """
    inputs, design, drawn_in = hypercube(resolved, points)
    done = sweep(resolved, design=design, replicates=replicates, **options)
    x = np.array([[float(point[a.path]) for a in inputs] for point in design])
    paths = [a.path for a in inputs]
    ranges = [found for measure in MEASURES.values() for found in _ranges(measure, done, x, paths)]
    return Assumptions(
        resolved.name,
        resolved.digest,
        model_digest(),
        points,
        replicates,
        len(inputs),
        drawn_in,
        tuple(ranges),
        done.failed,
    )


def _ranges(measure: Measure, done: Sweep, x: Floats, paths: list[str]) -> Iterator[AssumedRange]:
    """Yield the range of a number, a probability, or each category of an outcome."""
    columns = [
        (table["replicate"], table[measure.name]) for table, _ in done.of_points([measure.name])
    ]
    if measure.kind != "category":
        yield from _range(measure, "", matrix([(r, c.cast(float)) for r, c in columns]), x, paths)
        return
    for category in sorted(
        {value for _, column in columns for value in column.drop_nulls().unique()}
    ):
        yield from _range(
            measure,
            category,
            matrix([(r, (c == category).cast(float)) for r, c in columns]),
            x,
            paths,
        )


def point_error(values: Floats) -> float:
    """Return the variance of a point's mean beside the luck that all points share: points x
    replicates, two-way residuals.

    Common random numbers move all points alike; only what is left after row and column means blurs
    their order.
    """
    if values.shape[1] < 2:
        return 0.0
    left = (
        values
        - np.nanmean(values, axis=1, keepdims=True)
        - np.nanmean(values, axis=0, keepdims=True)
        + np.nanmean(values)
    )
    degrees = (values.shape[0] - 1) * (values.shape[1] - 1)
    return float(np.nansum(left**2) / degrees / values.shape[1])


def _range(
    measure: Measure, category: str, values: Floats, x: Floats, paths: list[str]
) -> Iterator[AssumedRange]:
    there = ~np.isnan(values).all(axis=1)
    if there.sum() < LEAST_POINTS // 2:
        return
    means = np.nanmean(values[there], axis=1)
    error, spread = point_error(values[there]), float(means.var(ddof=1))
    keep = np.sqrt(max(0.0, 1 - error / spread)) if spread > 0 else 0.0
    low, high = (
        float(means.mean() + keep * (q - means.mean())) for q in np.quantile(means, [0.05, 0.95])
    )
    threshold = (
        chance_threshold(x[there], means, generator(DESIGN_SEED, PERMUTATIONS))
        if spread > 0
        else 1.0
    )
    correlations = rank_correlations(x[there], means)
    top = np.argsort(-np.abs(correlations), kind="stable")[:MATTER_MOST]
    movers = tuple(
        Mover(paths[k], float(correlations[k])) for k in top if abs(correlations[k]) > threshold
    )
    unit = "share" if category or measure.kind == "bool" else measure.unit
    yield AssumedRange(
        measure.name, category, unit, low, high, float(np.sqrt(error)), threshold, movers
    )


def save_assumptions(found: Assumptions, folder: Path | str = ".") -> Path:
    """Write the file that `sim run` reads, below `folder` (the working folder)."""
    path = Path(folder) / assumptions_name(found.scenario)
    return write_file(path, seal({"format": FORMAT, **asdict(found)}), replace=True)
