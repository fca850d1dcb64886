"""What a challenger and its target would move to: compromises weighted by salience and chance
(KTAB's spatial model of politics).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.models.bargaining.base import Array, Spatial
from sim.models.bargaining.spatial.challenges import chance_as_target_sees
from sim.models.bargaining.spatial.rules import DEFAULT, Rules

WORTHWHILE = 1e-5
NUDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Offer:
    """A bargain of challenger i with target j: the chance and the gain for which i tries it, and
    where both would stand (D,).
    """

    challenger: int
    target: int
    chance: float
    gain: float
    to_challenger: Array
    to_target: Array


def offers(
    problem: Spatial, risk: Array, chance: Array, gain: Array, rules: Rules = DEFAULT
) -> list[Offer]:
    """Return the offers of every actor whose best target is worth a challenge, from (P, gain) (n,
    n) as challengers see them.

    `challenger`: one offer, in the challenger's view. `both`: a second one in the target's view.
    `weighted`: one, the mean of both weighted by capability times salience. (For these two the
    reference's program takes the target's expected gain where its chance belongs, and the
    challenger's capability on either side: its printed runs show it. Here the description is
    followed.)
    """
    made = []
    for i, j in enumerate(np.argmax(gain, axis=1)):
        if gain[i, j] > WORTHWHILE:
            told = (i, int(j), float(chance[i, j]), float(gain[i, j]))
            made += [Offer(*told, *ends) for ends in _ends(problem, risk, told[:3], rules)]
    return made


def _ends(
    problem: Spatial, risk: Array, contest: tuple[int, int, float], rules: Rules
) -> list[tuple[Array, Array]]:
    i, j, p = contest
    mine = between(problem, i, j, p, rules.interpolation)
    if rules.offers == "challenger":
        return [mine]
    theirs = between(
        problem, i, j, chance_as_target_sees(i, j, problem, risk, rules), rules.interpolation
    )
    if rules.offers == "both":
        return [mine, theirs]
    weight_i, weight_j = (problem.capability[k] * problem.salience[k].sum() for k in (i, j))
    share = weight_i / (weight_i + weight_j)
    return [
        (share * mine[0] + (1.0 - share) * theirs[0], share * mine[1] + (1.0 - share) * theirs[1])
    ]


def between(
    problem: Spatial, i: int, j: int, p: float, interpolation: str = "s2p2"
) -> tuple[Array, Array]:
    """Return where i and j (D,) would stand after a bargain, when i wins against j with
    chance p.
    """
    x_i, x_j, s_i, s_j = (
        problem.position[i],
        problem.position[j],
        problem.salience[i],
        problem.salience[j],
    )
    if interpolation == "s2pmax":
        return _stronger_pulls(x_i, x_j, s_i**2, s_j**2, p)
    power = 2 if interpolation == "s2p2" else 1
    w_i, w_j = (s_i * p) ** power, (s_j * (1.0 - p)) ** power
    to_i = ((w_i + NUDGE) * x_i + w_j * x_j) / (w_i + NUDGE + w_j)
    to_j = (w_i * x_i + (w_j + NUDGE) * x_j) / (w_i + NUDGE + w_j)
    return rounded(to_i), rounded(to_j)


def rounded(x: Array) -> Array:
    """Return x to four decimals, halves upwards, as the reference does: without it no printed run
    comes out again.
    """
    return np.asarray(np.floor(10_000.0 * x + 0.5) / 10_000.0)


def _stronger_pulls(
    x_i: Array, x_j: Array, w_i: Array, w_j: Array, p: float
) -> tuple[Array, Array]:
    """Return (D,) twice: the weaker moves by the difference in chances, weighted by squared
    saliences; the stronger stays.
    """
    lead_i, lead_j = max(2.0 * p - 1.0, 0.0), max(1.0 - 2.0 * p, 0.0)
    step_i = lead_j * w_j / (lead_j * w_j + NUDGE + (1.0 - lead_j) * w_i)
    step_j = lead_i * w_i / (lead_i * w_i + NUDGE + (1.0 - lead_i) * w_j)
    return x_i + step_i * (x_j - x_i), x_j + step_j * (x_i - x_j)
