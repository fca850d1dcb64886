"""Designs: which points of the parameter space a study visits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import InputError, Problem
from sim.scenario.uncertainties import Uncertainty

Point = dict[str, Any]
KINDS = ("grid", "list", "latin_hypercube", "sobol", "points")


def grid(axes: Mapping[str, Sequence[Any]]) -> list[Point]:
    """Return every combination, the last axis varying fastest."""
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
    """Return n points of a Latin hypercube or a scrambled Sobol sequence (scipy's), through each inverse distribution."""
    from scipy.stats import qmc

    engine = (qmc.LatinHypercube if kind == "latin_hypercube" else qmc.Sobol)(d=len(distributions), rng=seed)
    if kind == "sobol" and n & (n - 1):
        raise InputError(f"a Sobol design needs a power of two points, not {n}; write {2 ** max(1, round(math.log2(n)))}")
    u = engine.random(n)
    columns = [[dist.at(float(x)) for x in u[:, k]] for k, dist in enumerate(distributions.values())]
    return [dict(zip(distributions, values, strict=True)) for values in zip(*columns, strict=True)]


def crossed(outer: Sequence[Point], inner: Sequence[Point]) -> list[Point]:
    """Return every outer point (levers) with every inner point (sampled uncertainties)."""
    return [{**a, **b} for a in outer for b in inner]


def read_points(path: Path) -> list[Point]:
    """Read a stored table of points (CSV or Parquet): one column a dotted path, one row a point.

    Raises:
        InputError: the file cannot be read or holds no rows.
    """
    import polars as pl

    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(Problem(f"cannot be read as a table of points: {error}", file=str(path))) from None
    if table.height == 0:
        raise InputError(Problem("holds no points", file=str(path), hint="one column a dotted path, one row a point"))
    return [{k: v for k, v in row.items() if k != "point"} for row in table.iter_rows(named=True)]


def asymptotic_half_width(n: int, sd: float, alpha: float, rho: float = 0.2) -> float:
    """Return the half-width of an asymptotic confidence sequence for a mean: valid at every n at which one looks.

    Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2021), Time-uniform central limit theory and asymptotic confidence
    sequences, theorem 2.2: sd * sqrt(2 (n rho^2 + 1) / (n^2 rho^2) * log(sqrt(n rho^2 + 1) / alpha)). rho = 0.2 makes it
    tightest near n = 200.
    """
    t = n * rho * rho
    return sd * math.sqrt(2 * (t + 1) / (n * t) * math.log(math.sqrt(t + 1) / alpha))


def spread(values: np.ndarray[Any, np.dtype[np.float64]], binary: bool) -> float:
    """Return the standard deviation used for stopping; 0/1 values are guarded so that an unbroken run claims no certainty."""
    if binary:
        guarded = (float(values.sum()) + 1) / (len(values) + 2)
        return math.sqrt(guarded * (1 - guarded))
    return float(values.std(ddof=1)) if len(values) > 1 else math.inf
