"""The solution of Kalai and Smorodinsky (1975): equal shares of what each side could hope for.

On a finite list the solution is the package with the greatest smaller share; ties go to the first index, so that a package
may be chosen beside which another is better for one side only (weakly efficient).
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import TIE, Array, Bilateral, BilateralModel, first_best, rational


def ideals(problem: Bilateral, ideal: str = "rational") -> tuple[float, float]:
    """Return (a*, b*): each side's greatest surplus over the individually rational packages, or over all (`ideal="all"`)."""
    among = rational(problem) if ideal == "rational" else np.ones(len(problem.surplus_a), dtype=bool)
    return float(problem.surplus_a[among].max()), float(problem.surplus_b[among].max())


def shares_of_ideal(problem: Bilateral, best_a: float, best_b: float) -> Array:
    """Return min(a / a*, b / b*) (m,); -1 where a side is worse off, 0 where a side has nothing to gain."""
    open_ = rational(problem)
    if best_a <= TIE or best_b <= TIE:
        return np.where(open_, 0.0, -1.0)
    return np.where(open_, np.minimum(problem.surplus_a / best_a, problem.surplus_b / best_b), -1.0)


def settle(problem: Bilateral, ideal: str = "rational") -> int:
    """Return the first package with the greatest min(a / a*, b / b*)."""
    return first_best(shares_of_ideal(problem, *ideals(problem, ideal)))


MODEL = BilateralModel(
    "kalai_smorodinsky",
    settle,
    frozenset({"individual_rationality", "weak_pareto", "symmetry", "scale_invariance", "smaller_share_monotonicity"}),
    "greatest smaller share of what each side could hope for",
)
