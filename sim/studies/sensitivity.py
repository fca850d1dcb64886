"""Which inputs move an outcome: Sobol indices with bootstrap intervals, and a one-at-a-time tornado
with paired intervals.

All points share their random numbers, so an index is of the mean over these replicates as a
function of the inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, ReplicateError
from sim.measures.register import known_outcomes
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures
from sim.replicate.build import measures_of
from sim.rng import generator
from sim.scenario.drawn.uncertainties import Scalar, Uncertainty
from sim.scenario.forced.by_name import FREE, is_decision
from sim.scenario.load import Resolved
from sim.studies.comparison.pieces import numbers
from sim.studies.equivalence import difference
from sim.studies.sweeps.design import Point, fitting, refuse_many, through
from sim.studies.sweeps.study_file import Axis
from sim.studies.sweeps.sweep import sweep
from sim.studies.sweeps.sweep_options import SizedOptions
from sim.studies.sweeps.sweep_table import Sweep

Floats = NDArray[np.float64]
BOOTSTRAP = "sensitivity/bootstrap"
RESAMPLES = 999
LEVEL = 0.95
ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Index:
    """First-order and total index of one input for one outcome, each (estimate, low, high) at
    95 %.
    """

    outcome: str
    path: str
    first: tuple[float, float, float]
    total: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Swing:
    """One input moved alone from its low to its high end: mean outcome at both, and high minus low
    with its 95 % interval.
    """

    outcome: str
    path: str
    low_end: Any
    high_end: Any
    at_low: float
    at_high: float
    difference: float
    low: float
    high: float
    unit: str = "share"


@dataclass(frozen=True, repr=False)
class Sensitivity(Drawn):
    """Indices of every input for every outcome.

    failed: replicates that failed at any point, on whose absence they rest.
    """

    rows: list[Index]
    failed: Failures | None = None

    def in_short(self) -> str:
        """Return the largest index of each outcome."""
        return largest([(row.outcome, row.path, row.total[0]) for row in self.rows])


@dataclass(frozen=True, repr=False)
class Tornado(Drawn):
    """Swings, largest first within an outcome. failed: replicates that failed at any point."""

    rows: list[Swing]
    failed: Failures | None = None

    def in_short(self) -> str:
        """Return the largest swing of each outcome."""
        return largest([(row.outcome, row.path, row.difference) for row in self.rows])


def largest(rows: Sequence[tuple[str, str, float]]) -> str:
    """Return which input moves each outcome most, in words."""
    said = []
    for outcome in dict.fromkeys(row[0] for row in rows):
        _, path, value = max((row for row in rows if row[0] == outcome), key=lambda x: abs(x[2]))
        said.append(f"{outcome} moved most by {path} ({value:+.3g})")
    return "; ".join(said)


def inputs_of(resolved: Resolved, axes: Mapping[str, Axis]) -> dict[str, Uncertainty]:
    """Return the distribution of each input: the axes given (a list is equally likely values), or
    what the scenario declares.

    Raises:
        InputError: the scenario declares neither uncertainties nor levers, and no axis is given.
    """
    given = axes or {**resolved.scenario.uncertainties, **resolved.scenario.levers}
    if not given:
        raise InputError(
            f"{resolved.name} declares no [uncertainties] and no [levers]; give --axis key=low:high"
        )
    return {
        path: axis if isinstance(axis, Uncertainty) else Uncertainty(choice=in_order(axis))
        for path, axis in given.items()
    }


def in_order(values: Sequence[Scalar]) -> tuple[Scalar, ...]:
    """Return the values of a list, numbers by size: which end is low does not hang on how it was
    written.
    """
    numbers_ = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    return tuple(sorted(values)) if numbers_ else tuple(values)


def numbers_only(resolved: Resolved, outcomes: Sequence[str]) -> list[str]:
    """Return the names, each of a number or a yes/no outcome.

    Raises:
        InputError: an unknown name, or a category.
    """
    measures = measures_of(resolved)
    names = known_outcomes(outcomes, measures)
    for name in names:
        if measures[name].kind == "category":
            raise InputError(
                f"{name!r} is a category; take a number or a yes/no outcome (see "
                "`sim list outcomes`)"
            )
    return names


def sobol_indices(f_a: Floats, f_b: Floats, f_ab: Floats, seed: int = 0) -> tuple[Floats, Floats]:
    """Return first-order and total indices (s, d, 3) as estimate, low, high: scipy's estimators on
    precomputed values.

    Saltelli et al. (2010), Computer Physics Communications 181, table 2; percentile bootstrap over
    rows of the design (its own stream: scipy's cannot be seeded).

    Args:
        f_a, f_b: (s, n) outcomes at the two base designs, n a power of two; f_ab: (d, s, n), page k
        with input k of the second.
    """
    rows = f_a.shape[1]
    first, total = _estimates(f_a, f_b, f_ab)
    rng = generator(seed, BOOTSTRAP)
    drawn = [
        _estimates(f_a[:, i], f_b[:, i], f_ab[:, :, i])
        for i in (rng.integers(0, rows, rows) for _ in range(RESAMPLES))
    ]
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    low_high = np.quantile(np.array(drawn), tails, axis=0)
    return np.stack([first, *low_high[:, 0]], axis=-1), np.stack([total, *low_high[:, 1]], axis=-1)


def _estimates(f_a: Floats, f_b: Floats, f_ab: Floats) -> tuple[Floats, Floats]:
    """Return (first, total), each (s, d); an outcome that does not vary has indices of 0."""
    from scipy.stats import sobol_indices as estimate

    varies = np.ptp(np.concatenate([f_a, f_b], axis=1), axis=1) > 0
    first, total = np.zeros((2, f_a.shape[0], f_ab.shape[0]))
    if varies.any():
        # scipy fails on one outcome of one input: every outcome goes in twice
        twice = np.repeat(np.flatnonzero(varies), 2)
        found = estimate(
            func={"f_A": f_a[twice], "f_B": f_b[twice], "f_AB": f_ab[:, twice]}, n=f_a.shape[1]
        )
        first[varies] = found.first_order.reshape(len(twice), -1)[::2]
        total[varies] = found.total_order.reshape(len(twice), -1)[::2]
    return first, total


def base_designs(inputs: int, rows: int, seed: int) -> tuple[Floats, Floats]:
    """Return the two base designs, each (rows, inputs) uniforms: the halves of one scrambled Sobol
    sequence.

    Raises:
        InputError: rows is no power of two.
    """
    from scipy.stats import qmc

    if rows < 2 or rows & (rows - 1):
        raise InputError(
            f"{rows} rows: a Sobol design takes a power of two, such as "
            f"{2 ** max(1, rows.bit_length() - 1)}"
        )
    u = qmc.Sobol(d=2 * inputs, rng=seed).random(rows)
    return u[:, :inputs], u[:, inputs:]


def sensitivity(
    resolved: Resolved,
    axes: Mapping[str, Axis],
    outcomes: Sequence[str],
    *,
    rows: int = 64,
    seed: int = 0,
    **options: Unpack[SizedOptions],
) -> Sensitivity:
    """Return the Sobol indices of the inputs: rows x (inputs + 2) points; options are those of
    `sim.sweep`.

    Raises:
        InputError: rows is no power of two, an outcome is a category, or one does not exist at some
        point.
    """
    names, laws = numbers_only(resolved, outcomes), inputs_of(resolved, axes)
    refuse_many(rows * (len(laws) + 2))
    a, b = base_designs(len(laws), rows, seed)
    mixed = [np.where(np.arange(len(laws)) == k, b, a) for k in range(len(laws))]
    design = [point for u in (a, b, *mixed) for point in through(laws, u)]
    done = sweep(resolved, design=design, **options)
    values = np.array([_everywhere(done, name) for name in names]).reshape(
        len(names), len(laws) + 2, rows
    )
    first, total = sobol_indices(values[:, 0], values[:, 1], values[:, 2:].transpose(1, 0, 2), seed)
    rows_found = [
        Index(name, path, _triple(first[s, k]), _triple(total[s, k]))
        for s, name in enumerate(names)
        for k, path in enumerate(laws)
    ]
    return Sensitivity(rows_found, done.failed)


def _triple(values: Floats) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])


def _everywhere(done: Sweep, name: str) -> Floats:
    mean = done.means(name)[0]
    if np.isnan(mean).any() and done.failed is not None:
        raise ReplicateError(f"{name!r} exists nowhere at some point; {done.failed.words()}")
    if np.isnan(mean).any():
        point = done.points[int(np.flatnonzero(np.isnan(mean))[0])]
        raise InputError(
            f"{name!r} exists in no replicate at the point {point}; choose an "
            "outcome that always exists"
        )
    return mean


def tornado(
    resolved: Resolved,
    axes: Mapping[str, Axis],
    outcomes: Sequence[str],
    **options: Unpack[SizedOptions],
) -> Tornado:
    """Return how far each input alone moves each outcome, largest first: its 5 % and 95 % points
    (of a list of numbers, by size), all others as the scenario has them.

    Options are those of `sim.sweep`. The same replicates are compared at both ends.
    """
    names, laws = numbers_only(resolved, outcomes), inputs_of(resolved, axes)
    own: Point = {path: _own(resolved, path, law) for path, law in laws.items()}
    ends = {path: [fitting(path, law.at(end)) for end in ENDS] for path, law in laws.items()}
    design = [{**own, path: value} for path in laws for value in ends[path]]
    done = sweep(resolved, design=design, **options)
    tables = [table for table, _ in done.of_points(names)]
    found = []
    for name in names:
        for k, (path, (low_end, high_end)) in enumerate(ends.items()):
            low, high = (
                table.select("replicate", "set", name).drop_nulls(name)
                for table in tables[2 * k : 2 * k + 2]
            )
            pair = low.join(high.drop("set"), on="replicate", suffix="_high")
            if pair.height:
                x, y = (pair[column].cast(float).to_numpy() for column in (name, f"{name}_high"))
                kind, sets = done.measures[name].kind, numbers(pair["set"], pair["set"])
                d = difference(x, y, 0.0, 1 - LEVEL, paired=True, binary=kind == "bool", sets=sets)
                found.append(
                    Swing(
                        name,
                        path,
                        low_end,
                        high_end,
                        d.mean_a,
                        d.mean_b,
                        d.difference,
                        d.low,
                        d.high,
                        done.measures[name].unit,
                    )
                )
    found.sort(key=lambda swing: (names.index(swing.outcome), -abs(swing.difference)))
    return Tornado(found, done.failed)


def _own(resolved: Resolved, path: str, law: Uncertainty) -> Scalar:
    """Return the scenario's own value of an input; where it has none, the middle of the input, or
    that an actor decides by itself.
    """
    keys = path.split(".")
    if is_decision(resolved.scenario.cast, keys):
        return FREE
    value: object = resolved.scenario
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
    if isinstance(value, bool | int | float | str):
        return value
    middle: Scalar = fitting(path, law.at(0.5))
    return middle


def headline_numbers(resolved: Resolved) -> list[str]:
    """Return the reported outcomes that are numbers or yes/no; what exists everywhere is for the
    caller to know.

    Raises:
        InputError: the scenario reports none.
    """
    categories = headline_categories(resolved)
    report = resolved.scenario.measures.report
    measures = measures_of(resolved)
    found = [name for name in report if name in measures and name not in categories]
    if not found:
        raise InputError(f"{resolved.name} reports no number; name one with --outcome")
    return found


def headline_categories(resolved: Resolved) -> list[str]:
    """Return the reported outcomes that are categories."""
    report = resolved.scenario.measures.report
    measures = measures_of(resolved)
    return [n for n in report if n in measures and measures[n].kind == "category"]
