"""Bargaining on a user's table of actors, and the score of every multi-actor model on issues whose
outcome is known.

The weighted mean stands beside every other model: on decided issues it is hard to beat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.files.actor_file import read_actors
from sim.files.issue_file import Issue, read_issues
from sim.models.bargaining import challenge
from sim.models.bargaining.base import Array, Spatial, SpatialModel
from sim.models.bargaining.base import Path as Turns
from sim.models.bargaining.condorcet_median import weighted_median
from sim.models.bargaining.register import BARGAINING
from sim.models.bargaining.weighted_mean import weighted_mean

MULTI_ACTOR = tuple(key for key, model in BARGAINING.items() if isinstance(model, SpatialModel))
BENCHMARK_TURNS = 12
NEAR_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class Bargained:
    """A path on the user's own scale: positions (t+1, n, D), outcomes (t+1, D), baseline (D,),
    chances (t+1, n) or (0, n).
    """

    model: str
    contested: bool
    summary: str
    scale: tuple[float, float]
    names: tuple[str, ...]
    dimensions: tuple[str, ...]
    positions: Array
    outcomes: Array
    baseline: Array
    probabilities: Array


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of one predictor on n decided issues, in points of 100; near_share: share within 10
    points; None where n is 0.
    """

    predictor: str
    n: int
    mean_error: float | None
    median_error: float | None
    near_share: float | None


def bargain(
    path: Path,
    model: str = "smp",
    scale: tuple[float, float] | None = None,
    turns: int = 30,
    variant: str = "text",
) -> Bargained:
    """Return the path of a multi-actor model on a file of actors, and the weighted mean of their
    first positions.

    Raises:
        InputError: an unknown model or variant, or mistakes in the file.
    """
    solve = solver(model, variant)
    table = read_actors(path, scale)
    low, high = table.scale
    problem = Spatial(
        np.array(table.capability),
        (np.array(table.position) - low) / (high - low),
        np.array(table.salience),
    )
    found = solve(problem, turns)
    return Bargained(
        model,
        BARGAINING[model].contested,
        BARGAINING[model].summary,
        table.scale,
        table.names,
        table.dimensions,
        low + (high - low) * found.states,
        low + (high - low) * found.outcomes,
        low + (high - low) * weighted_mean(problem.capability, problem.position, problem.salience),
        found.probabilities,
    )


def solver(model: str, variant: str = "text") -> Callable[[Spatial, int], Turns]:
    """Return the function of a multi-actor model; `variant` chooses a reading of the challenge
    model.
    """
    if model not in MULTI_ACTOR:
        two_sided = (
            " (it divides between sides, not among a table of actors)"
            if model in BARGAINING
            else ""
        )
        raise InputError(
            Problem(
                f"no multi-actor model {model!r}{two_sided}",
                hint=f"known: {', '.join(MULTI_ACTOR)}",
            )
        )
    if variant not in challenge.VARIANTS:
        raise InputError(
            Problem(f"no variant {variant!r}", hint=f"known: {', '.join(challenge.VARIANTS)}")
        )
    if model == "challenge":
        return partial(challenge.resolve, variant=challenge.VARIANTS[variant])
    chosen = BARGAINING[model]
    assert isinstance(chosen, SpatialModel)
    return chosen.resolve


def predictors(turns: int = BENCHMARK_TURNS) -> dict[str, Callable[[Issue], float | None]]:
    """Return every predictor of the benchmark by name; None where it has nothing to say about an
    issue.
    """
    models = {key: partial(_by_model, solver(key), turns) for key in MULTI_ACTOR}
    models |= {
        f"challenge {v}": partial(_by_model, solver("challenge", v), turns)
        for v in challenge.VARIANTS
        if v != "text"
    }
    return models | {
        "weighted mean, equal c": lambda i: float(np.average(i.position, weights=i.salience)),
        "unweighted mean": lambda i: float(np.mean(_known(i))),
        "unweighted median": lambda i: float(np.median(_known(i))),
        "weighted median, equal c": lambda i: weighted_median(
            np.array(i.position), np.array(i.salience)
        ),
        "constant 50": lambda i: 50.0,
        "position of the first actor": lambda i: _stated(i, 0),
        "position of the second actor": lambda i: _stated(i, 1),
        "reversion point": lambda i: i.reversion,
    }


def _by_model(solve: Callable[[Spatial, int], Turns], turns: int, issue: Issue) -> float | None:
    problem = Spatial(
        np.array(issue.capability),
        np.array(issue.position)[:, None] / 100.0,
        np.array(issue.salience)[:, None] / 100.0,
    )
    return 100.0 * float(solve(problem, turns).outcome[0])


def _known(issue: Issue) -> list[float]:
    return [x for x in issue.stated.values() if x is not None]


def _stated(issue: Issue, place: int) -> float | None:
    return list(issue.stated.values())[place] if len(issue.stated) > place else None


def benchmark(path: Path, turns: int = BENCHMARK_TURNS) -> Iterator[Score]:
    """Yield the score of each predictor on the issues of a file whose outcome is known, one
    predictor after another.
    """
    issues = [issue for issue in read_issues(path) if issue.outcome is not None]
    if not issues:
        raise InputError(Problem("no issue of the file has an outcome", str(path)))
    for name, predict in predictors(turns).items():
        yield score(
            name, [(predict(issue), issue.outcome) for issue in issues if issue.outcome is not None]
        )


def score(name: str, pairs: list[tuple[float | None, float]]) -> Score:
    """Return the errors of forecasts against outcomes; a forecast that is None is left out and n
    says so.
    """
    errors = np.abs([forecast - outcome for forecast, outcome in pairs if forecast is not None])
    if not len(errors):
        return Score(name, 0, None, None, None)
    return Score(
        name,
        len(errors),
        float(errors.mean()),
        float(np.median(errors)),
        float((errors <= NEAR_POINTS).mean()),
    )
