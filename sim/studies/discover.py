"""Scenario discovery: the box of inputs in which an outcome is likely, with the Monte Carlo error
of the points carried into it.

Bryant and Lempert (2010), Technological Forecasting and Social Change 77, on estimated chances
instead of single draws: the chance at a point is the share of its replicates with the event.
Limits, coverage and density get intervals by drawing the replicates anew with replacement, the same
for all points (they share their luck), and searching again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, ReplicateError
from sim.measures.register import known_outcomes
from sim.models.numbers.prim import Box, coverage, density, find_box, restricted, trajectory
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures
from sim.replicate.build import measures_of
from sim.rng import generator
from sim.scenario.load import Resolved
from sim.studies.sensitivity import inputs_of
from sim.studies.sweeps.design import Point, refuse_many, sampled
from sim.studies.sweeps.study_file import Axis
from sim.studies.sweeps.sweep import sweep
from sim.studies.sweeps.sweep_options import SweepOptions
from sim.studies.sweeps.sweep_table import Sweep, matrix

if TYPE_CHECKING:
    import polars as pl

Floats = NDArray[np.float64]
RESAMPLING = "discover/resampling"
MOST_RESAMPLES = 10_000
LEAST_POINTS = 20
Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Interest:
    """The event looked for: an outcome that is a category or yes/no value, or a number above or
    below a limit.
    """

    outcome: str
    is_value: str = ""
    above: float | None = None
    below: float | None = None

    def words(self) -> str:
        """Return the event in words."""
        if self.is_value:
            return f"{self.outcome} is {self.is_value}"
        if self.above is not None or self.below is not None:
            return (
                f"{self.outcome} > {self.above:g}"
                if self.above is not None
                else f"{self.outcome} < {self.below:g}"
            )
        return self.outcome


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restricted input: limits (None where it reaches the end of the design) with the 90 % of
    resamples, or categories left.

    often_share: resamples whose box restricts this input too.
    """

    path: str
    low: Interval | None
    high: Interval | None
    allowed: tuple[Any, ...]
    often_share: float


@dataclass(frozen=True, slots=True)
class Peel:
    """A box on the peeling path: its share of the points, the chance in it, its share of all cases,
    and how many inputs it restricts.
    """

    mass: float
    density: float
    coverage: float
    restricted: int


@dataclass(frozen=True, repr=False)
class Discovery(Drawn):
    """The box found. density, coverage, mass: estimate, then 5 % and 95 % of resamples; base:
    chance over the whole design. path: the boxes from all points to the smallest.

    failed: replicates that failed at any point, on whose absence all this rests.
    """

    interest: Interest
    points: int
    replicates: int
    resamples: int
    base: float
    wanted: float
    reached: bool
    density: Interval
    coverage: Interval
    mass: Interval
    restrictions: list[Restriction]
    failed: Failures | None = None
    path: tuple[Peel, ...] = ()


def discover(
    resolved: Resolved,
    axes: Mapping[str, Axis],
    interest: Interest,
    *,
    points: int = 256,
    replicates: int = 20,
    wanted: float = 0.8,
    design_seed: int = 0,
    resamples: int = 50,
    **options: Unpack[SweepOptions],
) -> Discovery:
    """Run a Latin hypercube over the inputs and return the largest box in which the event has at
    least the wanted chance.

    Options are those of `sim.sweep`.

    Raises:
        InputError: the event or an axis is wrong, or the event never happens.
        ReplicateError: the outcome exists nearly nowhere, and replicates failed.
    """
    measures = measures_of(resolved)
    known_outcomes([interest.outcome], measures)
    _refuse_odd(interest, measures[interest.outcome].kind)
    refuse_many(points)
    if not 1 <= resamples <= MOST_RESAMPLES:
        raise InputError(
            f"resamples = {resamples}: write a whole number from 1 to {MOST_RESAMPLES:,}"
        )
    design = sampled(inputs_of(resolved, axes), points, design_seed, "latin_hypercube")
    done = sweep(resolved, design=design, replicates=replicates, **options)
    try:
        found = find(
            design,
            events(done, interest),
            interest,
            wanted=wanted,
            seed=design_seed,
            resamples=resamples,
        )
    except InputError as error:
        if done.failed is None:
            raise
        raise ReplicateError(f"{error}; {done.failed.words()}") from None
    return replace(found, failed=done.failed)


def _refuse_odd(interest: Interest, kind: str) -> None:
    stated = [bool(interest.is_value), interest.above is not None, interest.below is not None]
    if sum(stated) > 1:
        raise InputError("state one of --is, --above and --below")
    if kind == "category" and not interest.is_value:
        raise InputError(f"{interest.outcome} is a category: say which with --is VALUE")
    if kind in ("category", "bool") and any(stated[1:]):
        raise InputError(f"{interest.outcome} is no number: --above and --below do not apply to it")
    if kind not in ("category", "bool") and not any(stated[1:]):
        raise InputError(f"{interest.outcome} is a number: say what counts with --above or --below")


def events(done: Sweep, interest: Interest) -> Floats:
    """Return (points, replicates): 1 with the event, 0 without, NaN where the outcome does not
    exist.
    """
    tables = done.of_points([interest.outcome])
    kind = done.measures[interest.outcome].kind
    return matrix(
        [
            (table["replicate"], _event(table[interest.outcome], interest, kind).cast(float))
            for table, _ in tables
        ]
    )


def _event(column: pl.Series, interest: Interest, kind: str) -> pl.Series:
    if interest.above is not None:
        return column > interest.above
    if interest.below is not None:
        return column < interest.below
    if kind == "bool":
        return column if interest.is_value in ("", "true", "True") else ~column
    return column == interest.is_value


def find(
    design: list[Point],
    happened: Floats,
    interest: Interest,
    *,
    wanted: float,
    seed: int = 0,
    resamples: int = 50,
) -> Discovery:
    """Return the box for events (points, replicates; 1, 0 or NaN) at the points of a design; see
    `discover`.

    Raises:
        InputError: the event never happens, or the outcome exists at fewer than 20 points.
    """
    there = np.isfinite(happened).sum(axis=1) > 0
    if there.sum() < LEAST_POINTS:
        raise InputError(
            f"{interest.outcome} exists at {int(there.sum())} points; a box needs at "
            f"least {LEAST_POINTS}"
        )
    held = happened[there]
    y = np.nanmean(held, axis=1)
    if not y.any():
        raise InputError(f"{interest.words()} never happens at any of {len(y)} points")
    paths = list(design[0])
    x, nominal, levels = encoded([point for point, keep in zip(design, there, strict=True) if keep])
    box = find_box(x, y, wanted, nominal)
    rng = generator(seed, RESAMPLING)
    draws = [
        _means(held[:, rng.integers(0, held.shape[1], held.shape[1])], y) for _ in range(resamples)
    ]
    boxes = [find_box(x, draw, wanted, nominal) for draw in draws]
    restrictions = [_restriction(j, paths[j], x, box, boxes, levels) for j in restricted(box, x)]
    return Discovery(
        interest,
        len(y),
        held.shape[1],
        resamples,
        float(y.mean()),
        wanted,
        density(box, y) >= wanted,
        _interval(
            density(box, y), [density(b, draw) for b, draw in zip(boxes, draws, strict=True)]
        ),
        _interval(
            coverage(box, y), [coverage(b, draw) for b, draw in zip(boxes, draws, strict=True)]
        ),
        _interval(box.mass(), [b.mass() for b in boxes]),
        restrictions,
        path=tuple(
            Peel(b.mass(), density(b, y), coverage(b, y), len(restricted(b, x)))
            for b in trajectory(x, y, nominal)
        ),
    )


def _means(drawn: Floats, instead: Floats) -> Floats:
    """Return the means of drawn replicates; at a point where none of them has the outcome, its own
    mean.
    """
    empty = np.isfinite(drawn).sum(axis=1) == 0
    return np.where(empty, instead, np.nanmean(np.where(empty[:, None], 0.0, drawn), axis=1))


def _interval(value: float, others: list[float]) -> Interval:
    low, high = np.quantile(others or [value], [0.05, 0.95])
    return value, float(low), float(high)


def encoded(design: list[Point]) -> tuple[Floats, NDArray[np.bool_], dict[int, list[Any]]]:
    """Return (inputs (n, d), which are categories, values of each category by its number)."""
    columns, levels = [], {}
    for j, path in enumerate(design[0]):
        values = [point[path] for point in design]
        if any(isinstance(value, bool | str) for value in values):
            levels[j] = sorted(set(values), key=str)
            values = [levels[j].index(value) for value in values]
        columns.append(values)
    x = np.array(columns, dtype=np.float64).T
    return x, np.array([j in levels for j in range(x.shape[1])]), levels


def _restriction(
    j: int, path: str, x: Floats, box: Box, boxes: list[Box], levels: dict[int, list[Any]]
) -> Restriction:
    often = float(np.mean([j in restricted(other, x) for other in boxes])) if boxes else 1.0
    if j in levels:
        left = tuple(
            value
            for number, value in enumerate(levels[j])
            if (j, float(number)) not in box.excluded
        )
        return Restriction(path, None, None, left, often)
    low = _interval(float(box.low[j]), [float(other.low[j]) for other in boxes])
    high = _interval(float(box.high[j]), [float(other.high[j]) for other in boxes])
    return Restriction(
        path,
        low if low[0] > x[:, j].min() else None,
        high if high[0] < x[:, j].max() else None,
        (),
        often,
    )
