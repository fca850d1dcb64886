"""Alternating offers (Rubinstein 1982): shares of a pie, with breakdown and outside options, and
the rule for packages.
"""

from __future__ import annotations

import math

import numpy as np

from sim.models.bargaining.base import TIE, Bilateral, BilateralModel, first_best, rational


def first_share(patience_1: float, patience_2: float) -> float:
    """Return the first mover's share (1 - d2) / (1 - d1 d2); discount factors of a period in [0,
    1), at most one of them 1.
    """
    return (1.0 - patience_2) / (1.0 - patience_1 * patience_2)


def patience_with_breakdown(discount_rate: float, breakdown_rate: float, period: float) -> float:
    """Return exp(-(r + q) D): the discount factor of a period of length D under a Poisson breakdown
    that leaves nothing.
    """
    return math.exp(-(discount_rate + breakdown_rate) * period)


def continuous_share(rate_1: float, rate_2: float) -> float:
    """Return side 1's share r2 / (r1 + r2) as the time between offers goes to 0."""
    return rate_2 / (rate_1 + rate_2)


def share_with_breakdown_payoffs(payoff_1: float, payoff_2: float) -> float:
    """Return side 1's share when talks break down at a Poisson rate, nobody discounts, and
    breakdown pays (b1, b2).

    The limit is Nash's solution with the payoffs of breakdown as disagreement point (Binmore,
    Rubinstein and Wolinsky 1986): b1 + (1 - b1 - b2) / 2.
    """
    return payoff_1 + (1.0 - payoff_1 - payoff_2) / 2.0


def share_with_outside_options(
    patience_1: float, patience_2: float, option_1: float, option_2: float
) -> float:
    """Return the first mover's share when the responder may leave for an option worth o_i of the
    pie.

    Outside-option principle: each responder gets max(d times its own next offer, o), so that an
    option binds only where it beats the equilibrium. The fixed point x = 1 - max(d2 y, o2), y = 1 -
    max(d1 x, o1) is reached by iteration.
    """
    x = first_share(patience_1, patience_2)
    for _ in range(10_000):
        y = 1.0 - max(patience_1 * x, option_1)
        new = 1.0 - max(patience_2 * y, option_2)
        if abs(new - x) < 1e-15:
            break
        x = new
    return x


def settle(problem: Bilateral) -> int:
    """Return the package with the greatest min(a / (x a*), b / ((1 - x) b*)), x the first mover's
    share; side a moves first.
    """
    among = rational(problem)
    a, b = problem.surplus_a[among], problem.surplus_b[among]
    share = first_share(problem.patience_a, problem.patience_b)
    goal_a = share * float(a.max())
    goal_b = (1.0 - share) * float(b.max())
    if goal_a <= TIE or goal_b <= TIE:
        return 0
    return int(among[first_best(np.minimum(a / goal_a, b / goal_b))])


MODEL = BilateralModel(
    "rubinstein",
    settle,
    frozenset({"individual_rationality", "weak_pareto", "scale_invariance", "patience_pays"}),
    "alternating offers: the more patient side and the first mover get more",
)
