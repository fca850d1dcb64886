"""Bargaining of many actors on a user's table: the path, why it moves, and how sure its end is.

The weighted mean stands beside every other model: on decided issues it is hard to beat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.bargaining.choice import Choice, solver
from sim.fieldwork.bargaining.noise import Noise, Ranges, perturbed_ends
from sim.files.bargaining.actor_file import ActorFile, Scale, read_actors
from sim.models.bargaining.base import Array, Challenge, Spatial
from sim.models.bargaining.register import BARGAINING
from sim.models.bargaining.weighted_mean import weighted_mean
from sim.records.results.drawn import Drawn
from sim.records.results.shown import Record

MOST_TURNS = 1000


@dataclass(frozen=True, slots=True, repr=False)
class Bargained(Drawn):
    """A path on the user's own scales, and what led to it.

    positions (t+1, n, D), outcomes (t+1, D), baseline (D,), probabilities (t+1, n) or (0, n), risks
    (t+1, n) or (0, n), challenges of all turns. `settled`: False when the turns allowed ran out,
    None for a model without turns. `ranges`: None without noise.
    """

    model: str
    options: dict[str, str]
    contested: bool
    summary: str
    table: ActorFile
    turns_allowed: int
    positions: Array
    outcomes: Array
    baseline: Array
    probabilities: Array
    risks: Array
    challenges: tuple[Challenge, ...]
    settled: bool | None
    ranges: Ranges | None

    def in_short(self) -> str:
        """Return the model and how many actors and turns there are."""
        turns, actors, _ = self.positions.shape
        return f"{self.model}, {actors} actors, {turns - 1} turns"

    def records(self) -> list[Record]:
        """Return one record a turn: the outcome on each dimension."""
        return [
            {"turn": turn, **{f"outcome {d + 1}": float(x) for d, x in enumerate(outcome)}}
            for turn, outcome in enumerate(self.outcomes)
        ]


def bargain(
    path: Path,
    choice: Choice | None = None,
    scales: tuple[Scale, ...] = (),
    turns: int = 30,
    noise: Noise | None = None,
    progress: Callable[[int], None] | None = None,
) -> Bargained:
    """Return the path of a multi-actor model on a file of actors, and the weighted mean of their
    first positions. `progress` is told after each draw of the noise.

    Raises:
        InputError: an unknown model or option, or mistakes in the file.
    """
    choice = choice or Choice()
    solve = solver(choice)
    if not 0 <= turns <= MOST_TURNS:
        raise InputError(Problem(f"{turns} turns; 0 to {MOST_TURNS}", path="--turns"))
    table = read_actors(path, scales)
    low = np.array([scale[0] for scale in table.scales])
    width = np.array([scale[1] for scale in table.scales]) - low
    problem = problem_of(table)
    found = solve(problem, turns)
    ends = None
    if noise is not None:
        ends = perturbed_ends(problem, solve, turns, noise, progress).on(low, width)
    return Bargained(
        choice.model,
        choice.options(),
        BARGAINING[choice.model].contested,
        BARGAINING[choice.model].summary,
        table,
        turns,
        low + width * found.states,
        low + width * found.outcomes,
        low + width * weighted_mean(problem.capability, problem.position, problem.salience),
        found.probabilities,
        found.risks,
        found.challenges,
        found.settled,
        ends,
    )


def problem_of(table: ActorFile) -> Spatial:
    """Return a table as arrays: positions on 0..1 of each dimension's scale, capabilities with mean
    1.

    The unit of capabilities has no meaning; with mean 1 it has no effect either.
    """
    low = np.array([scale[0] for scale in table.scales])
    high = np.array([scale[1] for scale in table.scales])
    capability = np.array(table.capability)
    position = np.clip((np.array(table.position) - low) / (high - low), 0.0, 1.0)
    return Spatial(capability / capability.mean(), position, np.array(table.salience))
