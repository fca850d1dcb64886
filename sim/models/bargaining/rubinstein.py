"""Alternating offers (Rubinstein 1982): shares of a pie, with outside options, and the equilibrium
on a list of packages.

On packages: the stationary equilibrium on the frontier, lotteries between packages allowed. Side a
offers (a1, f(a1)), side b offers (a2, f(a2)), and each is indifferent between accepting and
offering itself: f(a1) = d_b f(a2), a2 = d_a a1, where f is the most that b can have. Without
lotteries a finite list has many equilibria (van Damme, Selten and Winter 1990).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.models.bargaining.base import TIE, Array, Bilateral, BilateralModel, rational
from sim.models.bargaining.frontier import hull, value_for_b

HALVINGS = 60


def first_share(patience_1: float, patience_2: float) -> float:
    """Return the first mover's share (1 - d2) / (1 - d1 d2); discount factors of a period in [0,
    1], at most one of them 1.
    """
    if patience_1 * patience_2 >= 1.0:
        raise ValueError(
            "two sides of endless patience never agree: one discount factor must be below 1"
        )
    return (1.0 - patience_2) / (1.0 - patience_1 * patience_2)


def share_with_outside_options(
    patience_1: float, patience_2: float, option_1: float, option_2: float
) -> float | None:
    """Return the first mover's share when the responder may leave for an option worth o_i of the
    pie; None: no agreement is possible.

    Outside-option principle (Binmore, Shaked and Sutton 1989): each responder gets max(d times its
    own next offer, o), so that an option binds only where it beats the equilibrium: x = 1 - max(d2
    y, o2), y = 1 - max(d1 x, o1). Options that are worth more than the pie together leave nothing
    to agree on.
    """
    if option_1 + option_2 > 1.0:
        return None

    def answer(x: float) -> float:
        return 1.0 - max(patience_2 * (1.0 - max(patience_1 * x, option_1)), option_2)

    nobody_leaves, second_could, first_could = (
        first_share(patience_1, patience_2),
        1.0 - option_2,
        1.0 - patience_2 * (1.0 - option_1),
    )
    return min((nobody_leaves, second_could, first_could), key=lambda x: abs(answer(x) - x))


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """What side a offers in equilibrium: a lottery that gives package `row` with probability
    `weight`, else package `other`.
    """

    surplus_a: float
    surplus_b: float
    row: int
    other: int
    weight: float


def equilibrium(problem: Bilateral) -> Equilibrium | None:
    """Return side a's first offer, at once accepted; None where one side has nothing to gain from
    any package.
    """
    among = rational(problem)
    best_a, best_b = float(problem.surplus_a[among].max()), float(problem.surplus_b[among].max())
    if best_a <= TIE or best_b <= TIE:
        return None
    a, b = problem.surplus_a[among] / best_a, problem.surplus_b[among] / best_b
    rows = hull(a, b)
    share = _share(a[rows], b[rows], problem.patience_a, problem.patience_b)
    upper, lower, weight = _around(a[rows], share)
    worth_b = weight * b[rows[upper]] + (1.0 - weight) * b[rows[lower]]
    return Equilibrium(
        share * best_a,
        float(worth_b) * best_b,
        int(among[rows[upper]]),
        int(among[rows[lower]]),
        weight,
    )


def _share(a: Array, b: Array, patience_a: float, patience_b: float) -> float:
    """Return side a's value of its own offer on a frontier (a, b) that is best for a first."""

    def left_over(x: float) -> float:
        """Return what b gains by accepting (x, f(x)) rather than offering in its turn; it falls in
        x, as f is concave.
        """
        return value_for_b(a, b, x) - patience_b * value_for_b(a, b, patience_a * x)

    low, high = float(a[-1]), float(a[0])
    if left_over(high) >= 0.0:
        return high
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if left_over(middle) >= 0.0 else (low, middle)
    return low


def _around(a: Array, share: float) -> tuple[int, int, float]:
    """Return (the package just above `share`, the one just below, probability of the first) on a
    frontier best for a first.
    """
    lower = min(int(np.searchsorted(-a, -share)), len(a) - 1)
    upper = max(lower - 1, 0)
    gap = float(a[upper] - a[lower])
    return upper, lower, (share - float(a[lower])) / gap if gap > 0 else 1.0


def settle(problem: Bilateral) -> int:
    """Return the likelier package of side a's equilibrium offer; the status quo where one side has
    nothing to gain.
    """
    found = equilibrium(problem)
    if found is None:
        return 0
    return found.row if found.weight >= 0.5 else found.other


MODEL = BilateralModel(
    "rubinstein",
    settle,
    frozenset({"individual_rationality", "weak_pareto", "scale_invariance", "patience_pays"}),
    "alternating offers: the more patient side and the first mover get more",
)
