"""The solution of Kalai and Smorodinsky (1975): equal shares of what each side could hope for.

On a finite list the solution is the package with the greatest smaller share; ties go to the first
index, so that a package may be chosen beside which another is better for one side only (weakly
efficient).
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import TIE, Array, Bilateral, BilateralModel, first_best, rational


def ideals(problem: Bilateral, ideal: str = "rational") -> tuple[float, float]:
    """Return (a*, b*): each side's greatest surplus over the individually rational packages, or
    over all (`ideal="all"`).
    """
    among = rational(problem) if ideal == "rational" else slice(None)
    return float(problem.surplus_a[among].max()), float(problem.surplus_b[among].max())


def shares_of_ideal(surplus_a: Array, surplus_b: Array, best_a: float, best_b: float) -> Array:
    """Return min(a / a*, b / b*) (m,); 0 where a side has nothing to gain."""
    if best_a <= TIE or best_b <= TIE:
        return np.zeros_like(surplus_a)
    return np.minimum(surplus_a / best_a, surplus_b / best_b)


def settle(problem: Bilateral, ideal: str = "rational") -> int:
    """Return the first package with the greatest min(a / a*, b / b*)."""
    among = rational(problem)
    shares = shares_of_ideal(
        problem.surplus_a[among], problem.surplus_b[among], *ideals(problem, ideal)
    )
    return int(among[first_best(shares)])


MODEL = BilateralModel(
    "kalai_smorodinsky",
    settle,
    frozenset(
        {
            "individual_rationality",
            "weak_pareto",
            "symmetry",
            "scale_invariance",
            "smaller_share_monotonicity",
        }
    ),
    "greatest smaller share of what each side could hope for",
)
