"""One round of a track resolved by one model of the register: where the
negotiation process enters.

Everything is a pure function of hashable records and is remembered, because the same round comes
back in many replicates. A bilateral model picks from the grid; a spatial one (all actors) gives a
point, cut to what is open.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.models.bargaining.base import (
    ActorTable,
    Bilateral,
    BilateralModel,
    Model,
    Round,
    Settlement,
    Spatial,
    SpatialModel,
)
from sim.models.bargaining.pce import probabilities
from sim.models.bargaining.register import BARGAINING, ROUND_MODELS
from sim.models.strategy.table.utilities import (
    SCALE,
    feasible,
    grid_surpluses,
    package_at,
    perceived_surplus,
    utility,
)

PCE_CANDIDATES = ("nash", "kalai_smorodinsky", "egalitarian")
SMP_TURNS = 12


@lru_cache(maxsize=4096)
def resolve(model: str, problem: Round) -> Settlement:
    """Return what a model proposes in a round, and the weighted mean of all actors beside it,
    whatever model decides.

    Raises:
        KeyError: no model of that name settles a round (see ROUND_MODELS).
    """
    package = _package(model, problem)
    return Settlement(
        package,
        perceived_surplus(problem.a, problem.status_quo, package),
        perceived_surplus(problem.b, problem.status_quo, package),
        _point("weighted_mean", problem),
    )


def _package(key: str, problem: Round) -> tuple[float, ...]:
    if key not in ROUND_MODELS:
        raise KeyError(f"{key!r} does not settle a round; known: {', '.join(ROUND_MODELS)}")
    if key == "pce":
        return _elected(problem)
    model = BARGAINING[key]
    return (
        _picked(model, bilateral(problem), problem)
        if isinstance(model, BilateralModel)
        else _point(key, problem)
    )


def bilateral(problem: Round) -> Bilateral:
    """Return the perceived surpluses of both sides over the open grid, the status quo first."""
    a, b = (
        grid_surpluses(party, problem.status_quo, problem.levels)
        for party in (problem.a, problem.b)
    )
    return Bilateral(a, b, problem.a.patience, problem.b.patience)


def _picked(model: Model, grid: Bilateral, problem: Round) -> tuple[float, ...]:
    assert isinstance(model, BilateralModel)
    return package_at(model.settle(grid), problem.status_quo, problem.levels)


def _point(key: str, problem: Round) -> tuple[float, ...]:
    return feasible(spatial_point(key, problem.actors), problem.levels)


@lru_cache(maxsize=256)
def spatial_point(key: str, actors: ActorTable, turns: int = SMP_TURNS) -> tuple[float, ...]:
    """Return where a spatial model takes all actors (K,) on 0..100; depends on nothing but the
    table.
    """
    model = BARGAINING[key]
    assert isinstance(model, SpatialModel)
    return tuple(float(y) * SCALE for y in model.resolve(spatial(actors), turns).outcome)


def spatial(actors: ActorTable) -> Spatial:
    """Return the table as arrays on 0..1."""
    return Spatial(
        np.array(actors.capability),
        np.array(actors.position) / SCALE,
        np.array(actors.salience) / SCALE,
    )


def _elected(problem: Round) -> tuple[float, ...]:
    """Return the most probable of the status quo and four models' packages, all actors voting with
    weight c (asm: the mode).
    """
    grid = bilateral(problem)
    proposals = [_picked(BARGAINING[key], grid, problem) for key in PCE_CANDIDATES]
    options = list(
        dict.fromkeys([problem.status_quo, *proposals, _point("weighted_mean", problem)])
    )
    return options[int(np.argmax(election(problem.actors, tuple(options))))]


def election(actors: ActorTable, options: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Return the probability (M,) of each package (K,) of a list in the conditional linear election
    of all actors.
    """
    values = [
        [utility(x, s, y) for y in options]
        for x, s in zip(actors.position, actors.salience, strict=True)
    ]
    return probabilities(np.array(actors.capability), np.array(values))
