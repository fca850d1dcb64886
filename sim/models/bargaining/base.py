"""Records of the bargaining models: what a model is given, what it returns, and what it declares of
itself.

Three kinds of model stand in the register. A *bilateral* model picks one package of a list on which
two sides have surpluses. A *spatial* model takes many actors with capability, position and salience
to one point. A *division* model splits a prize of 1. What a model declares in `axioms` is put to
the test (tests/contracts/test_bargaining.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Bilateral:
    """Surpluses (m,) of sides a and b over m packages; row 0 is the status quo, with surplus 0 for
    both.

    `patience_a`, `patience_b`: discount factors of a month in (0, 1); only `rubinstein` reads them.
    Side a moves first.
    """

    surplus_a: Array
    surplus_b: Array
    patience_a: float = 0.9
    patience_b: float = 0.9


@dataclass(frozen=True, slots=True)
class Spatial:
    """capability (n,) > 0, position (n, D) in 0..1, salience (n, D) >= 0 with row sums of at most 1
    (0.35 = 35 of 100).
    """

    capability: Array
    position: Array
    salience: Array


@dataclass(frozen=True, slots=True)
class Challenge:
    """Who challenged whom in a turn (counted from 1; actors from 0), and what came of it.

    `chance` of the challenger to win and its expected `gain` are as the one who decides on it sees
    them: in `smp` the challenger, in `challenge` the target, who chooses among the offers made to
    it. `kind`: bargain, or confrontation, compromise, capitulation. `dimension`: the one that was
    negotiated, None for all together.
    """

    turn: int
    challenger: int
    target: int
    chance: float
    gain: float
    challenger_moved: bool
    target_moved: bool
    kind: str = "bargain"
    dimension: int | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """Positions of all actors at every turn, states (t+1, n, D), and the outcome (D,) that the
    model reads off at each, (t+1, D).

    `probabilities` (t+1, n): chance of each actor's position at each state, empty (0, n) where the
    model has none. `risks` (t+1, n): attitudes to risk at each state that was negotiated, empty
    where the model has none. `challenges`: why positions moved, turn by turn. `settled`: whether
    the model's own rule ended the path, False when the turns allowed ran out first, None for a
    model without turns.
    """

    states: Array
    outcomes: Array
    probabilities: Array
    risks: Array
    challenges: tuple[Challenge, ...] = ()
    settled: bool | None = None

    @property
    def outcome(self) -> Array:
        """Return the outcome (D,) of the last state."""
        last: Array = self.outcomes[-1]
        return last


@dataclass(frozen=True, slots=True)
class Player:
    """A claimant of a division: cost of waiting per unit of time, value of the prize, discount
    factor of a period.
    """

    cost: float = 1.0
    prize: float = 1.0
    patience: float = 0.9


@dataclass(frozen=True, slots=True)
class BilateralModel:
    """`settle(problem)` returns the index of the chosen package; ties go to the first index."""

    key: str
    settle: Callable[[Bilateral], int]
    axioms: frozenset[str]
    summary: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class SpatialModel:
    """`resolve(problem, turns)` returns the path; a model without turns returns one state."""

    key: str
    resolve: Callable[[Spatial, int], Path]
    axioms: frozenset[str]
    summary: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class DivisionModel:
    """`shares(players)` returns each player's share of, or chance of, the prize."""

    key: str
    shares: Callable[[tuple[Player, ...]], tuple[float, ...]]
    axioms: frozenset[str]
    summary: str
    contested: bool = False


Model = BilateralModel | SpatialModel | DivisionModel


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a track: position (K,) on 0..100, salience (K,), and the trust in 0..1 that the
    other side delivers.
    """

    position: tuple[float, ...]
    salience: tuple[float, ...]
    trust: float = 1.0
    patience: float = 0.9


@dataclass(frozen=True, slots=True)
class ActorTable:
    """All actors of the issue space: capability (n,), position and salience n x K on 0..100.
    Hashable: it is a cache key.
    """

    names: tuple[str, ...]
    capability: tuple[float, ...]
    position: tuple[tuple[float, ...], ...]
    salience: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """The problem of one round of one track: the sides, all actors, the status quo (K,), the levels
    open on each issue.
    """

    a: Party
    b: Party
    actors: ActorTable
    status_quo: tuple[float, ...]
    levels: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The package (K,) that a model proposes, both sides' perceived surplus, and the weighted mean
    of all actors beside it.
    """

    package: tuple[float, ...]
    surplus_a: float
    surplus_b: float
    baseline_package: tuple[float, ...]


def first_best(objective: Array) -> int:
    """Return the first index among those that are best after rounding to 1e-12."""
    best = float(objective.max())
    near = np.flatnonzero(objective >= best - 2 * TIE)
    rounded = np.round(objective[near], 12)
    return int(near[np.argmax(rounded)])


def rational(problem: Bilateral) -> NDArray[np.intp]:
    """Return the rows, in order, of the packages that leave neither side below the status quo; row
    0 is always among them.
    """
    return np.flatnonzero((problem.surplus_a >= -TIE) & (problem.surplus_b >= -TIE))


def still(problem: Spatial, outcome: Array) -> Path:
    """Return the path of a model without turns: the given positions and one outcome (D,)."""
    none = np.empty((0, len(problem.capability)))
    return Path(problem.position[None], np.asarray(outcome, dtype=float)[None], none, none)
