"""The plain mean of positions, whatever anybody's weight."""

from __future__ import annotations

from sim.models.bargaining.base import Path, Spatial, SpatialModel, still


def resolve(problem: Spatial, turns: int = 0) -> Path:
    """Return the mean of positions as a path of one state."""
    return still(problem, problem.position.mean(axis=0))


MODEL = SpatialModel(
    "plain_mean",
    resolve,
    frozenset({"anonymity", "unanimity", "within_range", "mirror_symmetry", "capability_units"}),
    "mean of positions, weights left out",
)
