"""The position that beats every other in a weighted vote: the median of positions weighted by
capability times salience.

With votes in proportion to the gain in distance, the winner minimises sum c s |x - y|, whose
solution is the weighted median; so no two rivals need to be compared one by one (a test does it).
One dimension at a time. On DEU III (178 odd-numbered issues) it errs by 27.44 points on average,
the weighted mean by 22.55; it is within 10 points more often (45.5 % against 33.7 %), because both
it and outcomes sit at the ends of the scale.
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Array, Path, Spatial, SpatialModel, still


def weighted_median(position: Array, weight: Array) -> float:
    """Return the first position, in ascending order, at which the cumulated weight (n,) reaches
    half.
    """
    order = np.argsort(position, kind="stable")
    total = np.cumsum(weight[order])
    first = int(np.searchsorted(total, total[-1] / 2.0 - 1e-12 * total[-1]))
    return float(position[order][min(first, len(order) - 1)])


def resolve(problem: Spatial, turns: int = 0) -> Path:
    """Return the weighted median of every dimension, weights c s, as a path of one state."""
    weight = problem.capability[:, None] * problem.salience
    weight = np.where(weight.sum(axis=0) > 0, weight, problem.capability[:, None])
    return still(
        problem,
        np.array(
            [weighted_median(x, w) for x, w in zip(problem.position.T, weight.T, strict=True)]
        ),
    )


MODEL = SpatialModel(
    "condorcet_median",
    resolve,
    frozenset(
        {
            "anonymity",
            "unanimity",
            "within_range",
            "scale_invariance",
            "capability_units",
            "monotonicity",
            "null_actor",
            "separability",
        }
    ),
    "winner of the weighted vote, dimension by dimension",
)
