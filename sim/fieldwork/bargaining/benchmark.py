"""The score of every multi-actor model on issues whose outcome is known, beside simple rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.bargaining.choice import MULTI_ACTOR, Choice, Solve, solver
from sim.files.bargaining.issue_file import Issue, read_issues
from sim.models.bargaining import challenge
from sim.models.bargaining.base import Spatial
from sim.models.bargaining.condorcet_median import weighted_median

BENCHMARK_TURNS = 12
NEAR_POINTS = 10.0


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


def predictors(turns: int = BENCHMARK_TURNS) -> dict[str, Callable[[Issue], float | None]]:
    """Return every predictor of the benchmark by name; None where it has nothing to say about an
    issue.
    """
    models = {key: partial(_by_model, solver(Choice(key)), turns) for key in MULTI_ACTOR}
    models |= {
        f"challenge {v}": partial(_by_model, solver(Choice("challenge", variant=v)), turns)
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


def _by_model(solve: Solve, turns: int, issue: Issue) -> float | None:
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
    issues = [issue for issue in read_issues(path) if issue.outcome is not None and issue.actors]
    if not issues:
        raise InputError(Problem("no issue of the file has an outcome and actors", str(path)))
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
