"""Nash's solution: the package with the greatest product of surpluses (Nash 1950)."""

from __future__ import annotations

from sim.models.bargaining.base import Bilateral, BilateralModel, first_best, rational


def settle(problem: Bilateral) -> int:
    """Return the first package with the greatest a * b among those that leave nobody worse off than
    the status quo.
    """
    among = rational(problem)
    return int(among[first_best(problem.surplus_a[among] * problem.surplus_b[among])])


MODEL = BilateralModel(
    "nash",
    settle,
    frozenset(
        {
            "individual_rationality",
            "pareto",
            "symmetry",
            "scale_invariance",
            "independence_of_alternatives",
        }
    ),
    "greatest product of surpluses",
)
