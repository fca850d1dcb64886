"""How sure the end of a path is: the same model on perturbed capabilities, saliences and positions.

Nobody knows a capability to three digits. Each draw multiplies every capability and salience by a
factor between 1 - e and 1 + e, all alike likely, and moves every position by up to e of its scale
(cut at its ends). Saliences that sum to more than 1 are scaled back to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.bargaining.choice import Solve
from sim.models.bargaining.base import Array, Spatial
from sim.rng import generator

STREAM = "bargain.noise"
PARTS = ("capability", "salience", "position")
MOST_DRAWS = 100_000
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Noise:
    """The greatest relative error of capabilities and saliences, and that of positions in shares of
    the scale; how many draws; the seed of all random numbers.
    """

    capability: float = 0.0
    salience: float = 0.0
    position: float = 0.0
    draws: int = 200
    entropy: int = 0x5EED20240702


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ends of all draws: outcomes (draws, D), last positions (draws, n, D), and how many settled
    (None for a model without turns).
    """

    noise: Noise
    outcomes: Array
    positions: Array
    settled: int | None

    def on(self, low: Array, width: Array) -> Ranges:
        """Return the same on the user's scales, from those on 0..1; low, width (D,)."""
        return replace(
            self, outcomes=low + width * self.outcomes, positions=low + width * self.positions
        )

    def of_outcomes(self) -> Array:
        """Return the 5 % point, median and 95 % point of the outcome of each dimension (3, D)."""
        return np.asarray(np.quantile(self.outcomes, (LOW, 0.5, HIGH), axis=0))

    def of_positions(self) -> Array:
        """Return the same of every actor's last position (3, n, D)."""
        return np.asarray(np.quantile(self.positions, (LOW, 0.5, HIGH), axis=0))


def parsed_noise(text: str, draws: int, entropy: int | None = None) -> Noise:
    """Return the noise that a text asks for: `0.05` for all three, or `capability=0.05,position=0`.

    Raises:
        InputError: another form, an error outside 0 to 1, too few or too many draws.
    """
    if not 20 <= draws <= MOST_DRAWS:
        raise InputError(Problem(f"{draws} draws; 20 to {MOST_DRAWS:,}", path="--draws"))
    parts = [part.strip() for part in text.split(",")]
    pairs = [tuple(part.partition("=")[::2]) for part in parts if "=" in part]
    if pairs and len(pairs) == len(parts):
        amounts = {key.strip(): _amount(value, text) for key, value in pairs}
    else:
        amounts = dict.fromkeys(PARTS, _amount(text, text))
    if len(amounts) < len(pairs) or not set(amounts) <= set(PARTS):
        raise _not_noise(text)
    capability, salience, position = (amounts.get(part, 0.0) for part in PARTS)
    noise = Noise(capability, salience, position, draws)
    return noise if entropy is None else replace(noise, entropy=entropy)


def _amount(text: str, whole: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0.0 <= amount < 1.0:
        raise _not_noise(whole)
    return amount


def _not_noise(text: str) -> InputError:
    hint = "write one share for all, 0.05, or some of them: capability=0.05,salience=0.1,position=0"
    return InputError(Problem(f"{text!r} is no noise", path="--noise", hint=hint))


def perturbed_ends(
    problem: Spatial,
    solve: Solve,
    turns: int,
    noise: Noise,
    progress: Callable[[int], None] | None = None,
) -> Ranges:
    """Return the ends of the model's path on perturbed problems, on 0..1."""
    n, d = problem.position.shape
    drawn = generator(noise.entropy, STREAM).uniform(-1.0, 1.0, size=(noise.draws, n, 1 + 2 * d))
    found = []
    for k, u in enumerate(drawn):
        found.append(solve(perturbed(problem, noise, u), turns))
        if progress is not None:
            progress(k + 1)
    settled = [path.settled for path in found if path.settled is not None]
    return Ranges(
        noise,
        np.stack([path.outcome for path in found]),
        np.stack([path.states[-1] for path in found]),
        sum(settled) if settled else None,
    )


def perturbed(problem: Spatial, noise: Noise, u: Array) -> Spatial:
    """Return one perturbed problem from u (n, 1 + 2 D) in -1..1."""
    d = problem.position.shape[1]
    salience = problem.salience * (1.0 + noise.salience * u[:, 1 : 1 + d])
    total = salience.sum(axis=1, keepdims=True)
    return Spatial(
        problem.capability * (1.0 + noise.capability * u[:, 0]),
        np.clip(problem.position + noise.position * u[:, 1 + d :], 0.0, 1.0),
        salience / np.maximum(total, 1.0),
    )
