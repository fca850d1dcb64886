"""Designs: which points of the parameter space a study visits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.documents.fields import Spec, find_spec
from sim.errors import InputError, Problem
from sim.scenario.drawn.uncertainties import Uncertainty
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import polars as pl

    from sim.studies.sweeps.study_file import Study

Point = dict[str, Any]
MOST_POINTS = 100_000


def refuse_many(points: int) -> None:
    """Refuse more points than a study can hold in memory.

    Raises:
        InputError: says how many are the most.
    """
    if points > MOST_POINTS:
        raise InputError(f"{points} points: {MOST_POINTS:,} are the most")


def grid(axes: Mapping[str, Sequence[Any]]) -> list[Point]:
    """Return every combination, the last axis varying fastest.

    Raises:
        InputError: there are more than `MOST_POINTS`.
    """
    refuse_many(math.prod(len(values) for values in axes.values()))
    return [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]


def listed(axes: Mapping[str, Sequence[Any]]) -> list[Point]:
    """Return the axes side by side: point i takes value i of every axis.

    Raises:
        InputError: the axes differ in length.
    """
    lengths = {path: len(values) for path, values in axes.items()}
    if len(set(lengths.values())) > 1:
        raise InputError(f"a list design needs axes of one length, not {lengths}")
    return [dict(zip(axes, values, strict=True)) for values in zip(*axes.values(), strict=True)]


def sampled(distributions: Mapping[str, Uncertainty], n: int, seed: int, kind: str) -> list[Point]:
    """Return n points of a Latin hypercube or a scrambled Sobol sequence (scipy's), through each
    inverse distribution.

    Raises:
        InputError: nothing to sample, or a Sobol design whose n is no power of two.
    """
    from scipy.stats import qmc

    if not distributions:
        raise InputError(
            f"a {kind} design needs a distribution: give one to an axis, or [uncertainties] to "
            "the scenario"
        )
    if kind == "sobol" and n & (n - 1):
        raise InputError(
            f"a Sobol design needs a power of two points, not {n}; write "
            f"{2 ** max(1, round(math.log2(n)))}"
        )
    engine = (qmc.LatinHypercube if kind == "latin_hypercube" else qmc.Sobol)(
        d=len(distributions), rng=seed
    )
    return through(distributions, engine.random(n))


def through(
    distributions: Mapping[str, Uncertainty], u: np.ndarray[Any, np.dtype[np.float64]]
) -> list[Point]:
    """Return the points of uniforms u (n, d) through each inverse distribution; whole numbers where
    the parameter is one.
    """
    columns = [
        [fitting(path, law.at(float(x))) for x in u[:, k]]
        for k, (path, law) in enumerate(distributions.items())
    ]
    return [dict(zip(distributions, values, strict=True)) for values in zip(*columns, strict=True)]


def fitting(path: str, value: Any) -> Any:
    """Return a drawn number as its parameter wants it: rounded where that is a whole number."""
    spec = find_spec(Scenario, tuple(path.split(".")))
    return (
        round(value)
        if isinstance(value, float) and isinstance(spec, Spec) and spec.annotation is int
        else value
    )


def crossed(outer: Sequence[Point], inner: Sequence[Point]) -> list[Point]:
    """Return every outer point (levers) with every inner point (sampled uncertainties)."""
    return [{**a, **b} for a in outer for b in inner]


def points_of(study: Study) -> list[Point]:
    """Return the points of a study: its design, crossed with listed axes (of a sampled design) and
    with levers where it says so.

    A sampled design without a distribution of its own samples the uncertainties of the scenario.
    """
    design, axes = study.file.design, study.file.axes
    lists = {path: values for path, values in axes.items() if not isinstance(values, Uncertainty)}
    laws = {path: values for path, values in axes.items() if isinstance(values, Uncertainty)}
    if design.kind == "points":
        assert study.points_file is not None
        points = crossed(grid(lists), read_points(study.points_file))
    elif design.kind == "list":
        points = listed(lists) if lists else [{}]
    elif design.kind == "grid":
        points = grid(lists)
    else:
        scenario = study.resolved.scenario
        points = crossed(
            grid(lists),
            sampled(laws or scenario.uncertainties, design.points, design.seed, design.kind),
        )
    if design.cross == "levers":
        levers = {
            path: values
            for path, values in study.resolved.scenario.levers.items()
            if path not in axes
        }
        points = crossed(grid(levers), points)
    return points


def read_points(path: Path) -> list[Point]:
    """Read a stored table of points (CSV or Parquet): one column a dotted path, one row a point.

    Raises:
        InputError: the file cannot be read or holds no rows.
    """
    import polars as pl

    try:
        table = (
            pl.read_parquet(path)
            if path.suffix == ".parquet"
            else pl.read_csv(path, infer_schema_length=None)
        )
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            Problem(f"cannot be read as a table of points: {error}", file=str(path))
        ) from None
    table = table.drop("point", strict=False)
    if table.height == 0 or table.width == 0:
        raise InputError(
            Problem(
                "holds no points", file=str(path), hint="one column a dotted path, one row a point"
            )
        )
    holes = [name for name in table.columns if table[name].null_count()]
    if holes:
        raise InputError(
            Problem(
                f"has empty cells in {', '.join(holes)}",
                file=str(path),
                hint="give every point every value",
            )
        )
    for name in table.columns:
        _check_numbers(table[name], path)
    return list(table.iter_rows(named=True))


def _check_numbers(column: pl.Series, path: Path) -> None:
    """Refuse a column of numbers with some text among them, naming the row: all of its cells would
    be text.
    """
    import polars as pl

    if column.dtype == pl.String:
        numbers = column.cast(pl.Float64, strict=False)
        if 0 < numbers.null_count() < len(column):
            row = int(numbers.is_null().arg_max() or 0)
            raise InputError(
                Problem(f"{column.name} in line {row + 2} is no number, others are", file=str(path))
            )


def asymptotic_half_width(n: int, sd: float, alpha: float, rho: float = 0.2) -> float:
    """Return the half-width of an asymptotic confidence sequence for a mean: valid at every n at
    which one looks.

    Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2021), Time-uniform central limit theory and
    asymptotic confidence sequences, theorem 2.2: sd * sqrt(2 (n rho^2 + 1) / (n^2 rho^2) *
    log(sqrt(n rho^2 + 1) / alpha)). rho = 0.2 makes it tightest near n = 200.
    """
    t = n * rho * rho
    return sd * math.sqrt(2 * (t + 1) / (n * t) * math.log(math.sqrt(t + 1) / alpha))


def spread(values: np.ndarray[Any, np.dtype[np.float64]], binary: bool) -> float:
    """Return the standard deviation used for stopping; 0/1 values are guarded so that an unbroken
    run claims no certainty.
    """
    if binary:
        guarded = (float(values.sum()) + 1) / (len(values) + 2)
        return math.sqrt(guarded * (1 - guarded))
    return float(values.std(ddof=1)) if len(values) > 1 else math.inf
