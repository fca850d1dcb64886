"""Who could challenge whom, with what chance and what gain, and what third parties do (KTAB's
spatial model of politics).
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Array, Spatial
from sim.models.bargaining.pce import VOTES
from sim.models.bargaining.spatial.rules import DEFAULT, Rules
from sim.models.bargaining.spatial.views import SMALL, distances, seen_by


def challenges(problem: Spatial, risk: Array, rules: Rules = DEFAULT) -> tuple[Array, Array]:
    """Return (P, gain), both (n, n): as challenger i sees it, the chance to win against j and its
    own gain from trying.
    """
    distance = distances(problem.position, problem.salience, problem.position)
    rows = [
        contest(i, seen_by(i, distance, risk, rules.risk_view), problem, rules)
        for i in range(len(distance))
    ]
    chance, gain = (np.stack(part) for part in zip(*rows, strict=True))
    np.fill_diagonal(gain, -np.inf)
    return chance, gain


def chance_as_target_sees(i: int, j: int, problem: Spatial, risk: Array, rules: Rules) -> float:
    """Return the chance that i wins against j in j's view."""
    distance = distances(problem.position, problem.salience, problem.position)
    return float(contest(i, seen_by(j, distance, risk, rules.risk_view), problem, rules)[0][j])


def contest(i: int, u: Array, problem: Spatial, rules: Rules = DEFAULT) -> tuple[Array, Array]:
    """Return (P, gain) (n,) of challenger i against every j, in the view u (n, n) of somebody's
    utilities of positions.
    """
    stake = problem.salience.sum(axis=1)
    weight = problem.capability * stake
    votes = VOTES[rules.voting]
    own, valued, at_home = u[i, i], u[i], np.diag(u)
    side_i = np.maximum(weight[i] * votes(own - valued), 0.0) + SMALL
    side_j = np.abs(weight * votes(u[:, i] - at_home)) + SMALL
    for_i, for_j = _third_parties(i, u, weight, (side_i, side_j), rules)
    chance = (side_i + for_i) / (side_i + for_i + side_j + for_j)
    won = chance * 2.0 * own + (1.0 - chance) * 2.0 * valued
    return chance, (1.0 - stake) * 2.0 * own + stake * won - (own + valued)


def _third_parties(
    i: int, u: Array, weight: Array, sides: tuple[Array, Array], rules: Rules
) -> tuple[Array, Array]:
    """Return the votes (n,) that third parties add to i's and to j's side; rows are j, columns
    third parties.

    A third party counts what the outcome of the contest makes of three positions: those of both
    rivals and its own. `semi`: it takes the winner's position if the side that it joined loses;
    `none`: never; `full`: always. Under `none` and `full` it is all one to it which side it joins,
    so that third parties stay out (so in the reference, too).
    """
    side_i, side_j = sides
    votes = VOTES[rules.voting]
    of_i, of_j, at_home = u[:, i], u.T, np.diag(u)
    first = weight * votes(of_i - of_j)
    p_i = (side_i[:, None] + np.maximum(first, 0.0)) / ((side_i + side_j)[:, None] + np.abs(first))
    with_winner = (of_i, of_j) if rules.commitment == "full" else (at_home, at_home)
    with_loser = (at_home, at_home) if rules.commitment == "none" else (of_i, of_j)
    joins_i = p_i * (2.0 * of_i + with_winner[0]) + (1.0 - p_i) * (2.0 * of_j + with_loser[1])
    joins_j = p_i * (2.0 * of_i + with_loser[0]) + (1.0 - p_i) * (2.0 * of_j + with_winner[1])
    vote = weight * votes(joins_i - joins_j)
    vote[:, i] = 0.0
    np.fill_diagonal(vote, 0.0)
    return np.maximum(vote, 0.0).sum(axis=1), np.maximum(-vote, 0.0).sum(axis=1)
