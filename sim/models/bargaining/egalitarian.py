"""The egalitarian solution: the package with the greatest smaller surplus (Kalai 1977). It compares utilities between sides."""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Bilateral, BilateralModel, first_best, rational


def settle(problem: Bilateral) -> int:
    """Return the first package with the greatest min(a, b)."""
    return first_best(np.where(rational(problem), np.minimum(problem.surplus_a, problem.surplus_b), -1.0))


MODEL = BilateralModel(
    "egalitarian",
    settle,
    frozenset(
        {
            "individual_rationality",
            "weak_pareto",
            "symmetry",
            "common_scale_invariance",
            "independence_of_alternatives",
            "smaller_surplus_monotonicity",
        }
    ),
    "greatest smaller surplus",
)
