"""The weighted mean of positions: the mandatory baseline beside every richer model.

On the odd-numbered issues of DEU III (178 with an outcome) it errs by 22.55 points on average
(median 18.03, 33.7 % within 10). No model of the register has a lower mean error on that set: pce
23.36, smp 23.46, condorcet_median 27.44, challenge 28.95.
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Array, Path, Spatial, SpatialModel, still


def weighted_mean(capability: Array, position: Array, salience: Array) -> Array:
    """Return sum(c s x) / sum(c s) per dimension (D,); 0/0 (nobody cares) gives the mean weighted
    by capability.
    """
    weight = capability[:, None] * salience
    total = weight.sum(axis=0)
    plain = (capability @ position) / capability.sum()
    safe = np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, (weight * position).sum(axis=0) / safe, plain))


def resolve(problem: Spatial, turns: int = 0) -> Path:
    """Return the weighted mean as a path of one state; `turns` has nothing to do."""
    return still(problem, weighted_mean(problem.capability, problem.position, problem.salience))


MODEL = SpatialModel(
    "weighted_mean",
    resolve,
    frozenset(
        {
            "anonymity",
            "unanimity",
            "within_range",
            "mirror_symmetry",
            "scale_invariance",
            "capability_units",
            "monotonicity",
            "null_actor",
            "separability",
        }
    ),
    "mean of positions weighted by capability times salience: the baseline",
)
