"""Time-based concession (Faratin, Sierra and Jennings 1998): each side lowers what it asks for as a
deadline comes near.

target(t) = min + (1 - min)(1 - t^(1/e)): e < 1 holds out (Boulware), e = 1 concedes steadily, e > 1
concedes early. A package is acceptable to a side from the moment t at which its share of that
side's best package reaches the target; the first package that both accept is the settlement. Steady
concession on both sides is the solution of Kalai and Smorodinsky with ideals over all packages.
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import TIE, Array, Bilateral, BilateralModel, first_best, rational


def acceptable_from(surplus: Array, exponent: float) -> Array:
    """Return the time (m,) in 0..1 from which a side accepts each package: (1 - share of its
    best)^e.
    """
    best = float(surplus.max())
    share = surplus / best if best > TIE else np.zeros_like(surplus)
    return np.asarray(np.clip(1.0 - share, 0.0, 1.0) ** exponent)


def settle(problem: Bilateral, exponent_a: float = 1.0, exponent_b: float = 1.0) -> int:
    """Return the package that both accept first; the status quo if nothing else is acceptable
    before the deadline.
    """
    both = np.maximum(
        acceptable_from(problem.surplus_a, exponent_a),
        acceptable_from(problem.surplus_b, exponent_b),
    )
    among = rational(problem)
    return int(among[first_best(-both[among])])


MODEL = BilateralModel(
    "concession",
    settle,
    frozenset({"individual_rationality", "weak_pareto", "symmetry", "scale_invariance"}),
    "what both accept first as a deadline comes near",
)
