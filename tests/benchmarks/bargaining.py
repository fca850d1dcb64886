"""Speed and accuracy of the bargaining models. Each row: what, measured, target, context."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from sim.fieldwork.bargaining.benchmark import predictors, score
from sim.files.bargaining.issue_file import read_issues
from sim.models.bargaining import smp
from sim.models.bargaining.base import ActorTable, Party, Round, Spatial
from sim.models.bargaining.register import ROUND_MODELS
from sim.models.strategy.table.resolution import resolve
from sim.models.strategy.table.utilities import open_levels
from tests.support.large_files import large

DECIDED = large("negotiation/deu3_odd.tsv")
STATUS_QUO = (40.0, 25.0, 40.0, 30.0, 30.0, 10.0)

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Return all rows; those of decided issues only where the file lies beside the checkout."""
    return [*_turns(), *_rounds(), *(_decided() if DECIDED.exists() else [])]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _crowd(n: int, d: int) -> Spatial:
    rng = np.random.default_rng(20240702)
    salience = rng.uniform(0.05, 1.0, size=(n, d))
    return Spatial(
        rng.uniform(1, 100, n),
        rng.uniform(size=(n, d)),
        salience / salience.sum(axis=1, keepdims=True),
    )


def _all_turns(problem: Spatial, turns: int) -> None:
    """Run every turn, also after the point at which `resolve` would stop."""
    for _ in range(turns):
        risk = smp.own_risks(problem)
        smp.position_chances(problem, risk)
        problem = Spatial(problem.capability, smp.turn(problem, risk).after, problem.salience)


def _turns() -> list[Row]:
    sizes = [(13, 2, 28, 0.25), (40, 3, 30, 10.0)]
    found: list[Row] = []
    for n, d, t, top in sizes:
        took = _seconds(lambda n=n, d=d, t=t: _all_turns(_crowd(n, d), t))
        found.append(
            (
                f"smp, {n} actors, {d} dimensions, {t} turns",
                f"{took:.3f} s",
                f"< {top} s",
                "no early stop",
            )
        )
    return found


def _problem(trust: float) -> Round:
    rng = np.random.default_rng(1)
    table = [
        tuple(tuple(row) for row in rng.uniform(1, 16, size=(8, 6)).tolist()) for _ in range(2)
    ]
    actors = ActorTable(
        tuple("abcdefgh"), (60.0, 40.0, 70.0, 45.0, 10.0, 10.0, 20.0, 15.0), table[0], table[1]
    )
    sides = [Party(tuple(rng.uniform(0, 100, 6).tolist()), table[1][k], trust) for k in (0, 2)]
    return Round(sides[0], sides[1], actors, STATUS_QUO, open_levels(STATUS_QUO, 20.0, {0: 40.0}))


def _rounds() -> list[Row]:
    fresh = [_problem(0.3 + 0.001 * k) for k in range(100)]
    found: list[Row] = []
    for key in ROUND_MODELS:
        resolve.cache_clear()
        new = _seconds(lambda key=key: [resolve(key, problem) for problem in fresh])
        again = _seconds(lambda key=key: [resolve(key, problem) for problem in fresh])
        found.append(
            (
                f"a round by {key}",
                f"{10 * new:.3f} ms",
                "< 0.5 ms",
                f"seen before: {10_000 * again:.1f} us; 23,329 packages",
            )
        )
    return found


def _decided() -> list[Row]:
    issues = [issue for issue in read_issues(DECIDED) if issue.outcome is not None]
    base = None
    found: list[Row] = []
    for name in ("weighted_mean", "pce", "smp", "challenge", "condorcet_median"):
        s = score(name, [(predictors()[name](issue), issue.outcome) for issue in issues])
        base = base or s.mean_error
        figures = (
            f"{s.mean_error:.2f} points, median {s.median_error:.2f}, within 10: "
            f"{100 * (s.near_share or 0):.1f} %"
        )
        found.append(
            (
                f"mean error of {name}",
                figures,
                f"weighted mean {base:.2f}",
                f"DEU III, {s.n} odd-numbered issues",
            )
        )
    return found
