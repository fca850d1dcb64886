"""The egalitarian solution: the package with the greatest smaller surplus (Kalai 1977). It compares
utilities between sides.
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Bilateral, BilateralModel, first_best, rational


def settle(problem: Bilateral) -> int:
    """Return the first package with the greatest min(a, b)."""
    among = rational(problem)
    return int(among[first_best(np.minimum(problem.surplus_a[among], problem.surplus_b[among]))])


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
