"""Spatial model of politics (KTAB): actors challenge one another, strike bargains, and move, turn
by turn.

Written from the equations in KTAB's MIT-licensed code (defaults: linear victory, proportional
votes, conditional election, deterministic, middle risk range, one-third adjusted risks,
semi-committed third parties) and checked against KTAB's published run, every state. Offered for the
*path*: on DEU III (178 odd-numbered issues, at most 12 turns) its end errs by 23.46 points on
average (median 19.16, 34.3 % within 10), the weighted mean of the first positions by 22.55 (18.03,
33.7 %). It loses.
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Array, Path, Spatial, SpatialModel
from sim.models.bargaining.pce import probabilities
from sim.models.bargaining.weighted_mean import weighted_mean

SMALL = 1e-10
WORTHWHILE = 1e-5
NUDGE = 1e-6
UNIQUE = 1e-3
STOP_SHARE = 0.02


def utility(distance: Array, risk: Array) -> Array:
    """Return U(d, R) = (1 - d)(1 + R d) for d <= 1, else (1 - d)(1 + R), element by element."""
    return (1.0 - distance) * (1.0 + risk * np.minimum(distance, 1.0))


def distances(position: Array, salience: Array, points: Array) -> Array:
    """Return d_i(y) (n, M): distance of points (M, D) from each actor, weighted by its saliences
    (n, D).
    """
    gap = salience[:, None, :] * (position[:, None, :] - points[None, :, :])
    norm = np.sqrt((salience**2).sum(axis=1))
    return np.asarray(np.sqrt((gap**2).sum(axis=2)) / np.where(norm > 0, norm, 1.0)[:, None])


def risks(chance: Array) -> Array:
    """Return R (n,) in -1/2..1 from the chance (n,) of each position; 0 for all when the chances do
    not differ.
    """
    top, bottom = chance.max(), chance.min()
    if top - bottom < SMALL:
        return np.zeros_like(chance)
    return np.asarray((3.0 * chance - (top + 2.0 * bottom)) / (2.0 * (top - bottom)))


def seen_by(i: int, distance: Array, risk: Array) -> Array:
    """Return u (n, n): how i believes that each actor values each position, with R = (2 R_i + R_k)
    / 3 for actor k.
    """
    return utility(distance, ((2.0 * risk[i] + risk) / 3.0)[:, None])


def challenges(problem: Spatial, risk: Array) -> tuple[Array, Array]:
    """Return (P, gain), both (n, n): as challenger i sees it, the chance to win against j and its
    own gain from trying.
    """
    distance = distances(problem.position, problem.salience, problem.position)
    stake = problem.salience.sum(axis=1)
    rows = [
        _row(i, seen_by(i, distance, risk), problem.capability * stake, stake)
        for i in range(len(stake))
    ]
    chance, gain = (np.stack(part) for part in zip(*rows, strict=True))
    np.fill_diagonal(gain, -np.inf)
    return chance, gain


def _row(i: int, u: Array, weight: Array, stake: Array) -> tuple[Array, Array]:
    """Return (P, gain) (n,) of challenger i against every j, from its view u (n, n)."""
    own, valued, at_home = u[i, i], u[i], np.diag(u)
    side_i = np.maximum(weight[i] * (own - valued), 0.0) + SMALL
    side_j = np.abs(weight * (u[:, i] - at_home)) + SMALL
    for_i, for_j = _third_parties(i, u, weight, side_i, side_j)
    chance = (side_i + for_i) / (side_i + for_i + side_j + for_j)
    won = chance * 2.0 * own + (1.0 - chance) * 2.0 * valued
    return chance, (1.0 - stake) * 2.0 * own + stake * won - (own + valued)


def _third_parties(
    i: int, u: Array, weight: Array, side_i: Array, side_j: Array
) -> tuple[Array, Array]:
    """Return the semi-committed votes (n,) that third parties add to i's and to j's side; rows are
    j, columns third parties.
    """
    of_i, of_j, at_home = u[:, i], u.T, np.diag(u)
    first = weight * (of_i - of_j)
    p_i = (side_i[:, None] + np.maximum(first, 0.0)) / ((side_i + side_j)[:, None] + np.abs(first))
    joins_i = p_i * (2.0 * of_i + at_home) + (1.0 - p_i) * 3.0 * of_j
    joins_j = p_i * 3.0 * of_i + (1.0 - p_i) * (2.0 * of_j + at_home)
    vote = weight * (joins_i - joins_j)
    vote[:, i] = 0.0
    np.fill_diagonal(vote, 0.0)
    return np.maximum(vote, 0.0).sum(axis=1), np.maximum(-vote, 0.0).sum(axis=1)


def bargains(problem: Spatial, chance: Array, gain: Array) -> list[tuple[int, int, Array, Array]]:
    """Return (i, j, i's new position, j's new position) for every actor i whose best target j is
    worth a challenge.
    """
    made = []
    for i, j in enumerate(np.argmax(gain, axis=1)):
        if gain[i, j] > WORTHWHILE:
            p = chance[i, j]
            w_i = (problem.salience[i] * p) ** 2
            w_j = (problem.salience[j] * (1.0 - p)) ** 2
            x_i, x_j = problem.position[i], problem.position[j]
            to_i = ((w_i + NUDGE) * x_i + w_j * x_j) / (w_i + NUDGE + w_j)
            to_j = (w_i * x_i + (w_j + NUDGE) * x_j) / (w_i + NUDGE + w_j)
            made.append((i, int(j), np.round(to_i, 4), np.round(to_j, 4)))
    return made


def values_of(problem: Spatial, risk: Array, made: list[tuple[int, int, Array, Array]]) -> Array:
    """Return each actor's mean own-risk utility (n, 1 + B) of the status quo (first) and of each of
    B bargains.
    """
    now = utility(distances(problem.position, problem.salience, problem.position), risk[:, None])
    states = [now.mean(axis=1)]
    for i, j, to_i, to_j in made:
        moved = utility(
            distances(problem.position, problem.salience, np.stack((to_i, to_j))), risk[:, None]
        )
        after = now.copy()
        after[:, i], after[:, j] = moved[:, 0], moved[:, 1]
        states.append(after.mean(axis=1))
    return np.stack(states, axis=1)


def carried_out(problem: Spatial, risk: Array, made: list[tuple[int, int, Array, Array]]) -> Array:
    """Return the positions (n, D) after every actor has carried out its part of the most probable
    bargain of its queue.
    """
    value = values_of(problem, risk, made)
    after = problem.position.copy()
    for k in range(len(after)):
        queue = [b for b, (i, j, _, _) in enumerate(made) if k in (i, j)]
        chosen = (
            int(
                np.argmax(probabilities(problem.capability, value[:, [0, *(b + 1 for b in queue)]]))
            )
            if queue
            else 0
        )
        if chosen:
            i, _, to_i, to_j = made[queue[chosen - 1]]
            after[k] = to_i if k == i else to_j
    return after


def own_risks(problem: Spatial) -> Array:
    """Return R (n,) at the present positions: how each actor's position fares in an election with
    weights c, risk-neutral.
    """
    distance = distances(problem.position, problem.salience, problem.position)
    return risks(probabilities(problem.capability, 1.0 - distance))


def position_chances(problem: Spatial, risk: Array) -> Array:
    """Return the chance (n,) of each actor's position among the distinct ones; actors at one place
    each show its chance.
    """
    gap = np.abs(problem.position[:, None, :] - problem.position[None, :, :]).max(axis=2)
    place = np.full(len(gap), -1)
    firsts: list[int] = []
    for i in range(len(gap)):
        same = [f for f, j in enumerate(firsts) if gap[i, j] < UNIQUE]
        place[i] = same[0] if same else len(firsts)
        if not same:
            firsts.append(i)
    value = utility(
        distances(problem.position, problem.salience, problem.position[firsts]), risk[:, None]
    )
    return np.asarray(probabilities(problem.capability, value)[place])


def turn(problem: Spatial, risk: Array) -> Array:
    """Return the positions (n, D) one turn later."""
    chance, gain = challenges(problem, risk)
    return carried_out(problem, risk, bargains(problem, chance, gain))


def resolve(problem: Spatial, turns: int = 30) -> Path:
    """Return the path of at most `turns` turns; it stops when the actors together move less than 2
    % of the first turn.

    The outcome of a state is the weighted mean of its positions (asm of this project; KTAB reports
    the positions).
    """
    states, chances, attitudes = [problem.position], [], []
    first = 0.0
    for number in range(turns + 1):
        here = Spatial(problem.capability, states[-1], problem.salience)
        risk = own_risks(here)
        attitudes.append(risk)
        chances.append(position_chances(here, risk))
        if number == turns or len(here.capability) < 2:
            break
        after = turn(here, risk)
        moved = float(np.sqrt(((after - here.position) ** 2).sum(axis=1)).sum())
        first = first or moved
        states.append(after)
        if moved < STOP_SHARE * first or moved == 0.0:
            final = Spatial(problem.capability, after, problem.salience)
            attitudes.append(own_risks(final))
            chances.append(position_chances(final, attitudes[-1]))
            break
    outcomes = np.stack([weighted_mean(problem.capability, x, problem.salience) for x in states])
    return Path(np.stack(states), outcomes, np.stack(chances), np.stack(attitudes))


MODEL = SpatialModel(
    "smp",
    resolve,
    frozenset({"unanimity", "within_range", "mirror_symmetry", "capability_units"}),
    "spatial model of politics: challenges and bargains, turn by turn",
)
