"""Spatial model of politics (KTAB): actors challenge one another, strike bargains, and move, turn
by turn.

Written from the equations in KTAB's MIT-licensed code and checked against its published runs, every
state. The parts are in `spatial/`: rules, views, challenges, offers. Offered for the *path*: on DEU
III (178 odd-numbered issues, at most 12 turns) its end errs by 23.46 points on average (median
19.16, 34.3 % within 10), the weighted mean of the first positions by 22.55 (18.03, 33.7 %). It
loses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.models.bargaining.base import Array, Challenge, Path, Spatial, SpatialModel
from sim.models.bargaining.pce import places, probabilities
from sim.models.bargaining.spatial.challenges import challenges
from sim.models.bargaining.spatial.offers import Offer, offers
from sim.models.bargaining.spatial.rules import DEFAULT, Rules
from sim.models.bargaining.spatial.views import distances, risks, utility
from sim.models.bargaining.weighted_mean import weighted_mean

STOP_SHARE = 0.02
STOP_LEAST = 1e-4


def values_of(problem: Spatial, risk: Array, made: list[Offer]) -> Array:
    """Return each actor's mean own-risk utility (n, 1 + B) of the status quo (first) and of each of
    B bargains.
    """
    now = utility(distances(problem.position, problem.salience, problem.position), risk[:, None])
    states = [now.mean(axis=1)]
    for offer in made:
        ends = np.stack((offer.to_challenger, offer.to_target))
        moved = utility(distances(problem.position, problem.salience, ends), risk[:, None])
        after = now.copy()
        after[:, offer.challenger], after[:, offer.target] = moved[:, 0], moved[:, 1]
        states.append(after.mean(axis=1))
    return np.stack(states, axis=1)


def carried_out(
    problem: Spatial, risk: Array, made: list[Offer], rules: Rules = DEFAULT
) -> tuple[Array, list[int]]:
    """Return (positions (n, D), the offer that each actor carried out, -1 for none): each takes the
    likeliest of its queue.
    """
    value = values_of(problem, risk, made)
    after = problem.position.copy()
    taken = []
    for k in range(len(after)):
        queue = [-1, *(b for b, offer in enumerate(made) if k in (offer.challenger, offer.target))]
        best = 0
        if len(queue) > 1:
            utilities = value[:, [b + 1 for b in queue]]
            best = int(np.argmax(probabilities(problem.capability, utilities, rules.vote)))
        taken.append(queue[best])
        if taken[k] >= 0:
            offer = made[taken[k]]
            after[k] = offer.to_challenger if k == offer.challenger else offer.to_target
    return after, taken


def own_risks(problem: Spatial, rules: Rules = DEFAULT) -> Array:
    """Return R (n,) at the present positions: how each actor's position fares in an election with
    weights c, risk-neutral.
    """
    distance = distances(problem.position, problem.salience, problem.position)
    return risks(probabilities(problem.capability, 1.0 - distance, rules.vote), rules.risk_range)


def position_chances(problem: Spatial, risk: Array, rules: Rules = DEFAULT) -> Array:
    """Return the chance (n,) of each actor's position among the distinct ones; actors at one place
    each show its chance.
    """
    firsts, place = places(problem.position)
    value = utility(
        distances(problem.position, problem.salience, problem.position[firsts]), risk[:, None]
    )
    return np.asarray(probabilities(problem.capability, value, rules.vote)[place])


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn did: positions (n, D) after it, the offers made, and the offer that each actor
    carried out (-1: none).
    """

    after: Array
    offers: list[Offer]
    taken: list[int]

    def challenges(self, number: int) -> list[Challenge]:
        """Return who challenged whom in this turn, one row for each pair, in the order of
        challengers.
        """
        rows: dict[int, Challenge] = {}
        for b, offer in enumerate(self.offers):
            i, j = offer.challenger, offer.target
            before = rows.get(i)
            moved = self.taken[i] == b or (before is not None and before.challenger_moved)
            pulled = self.taken[j] == b or (before is not None and before.target_moved)
            rows[i] = Challenge(number, i, j, offer.chance, offer.gain, moved, pulled)
        return list(rows.values())


def turn(problem: Spatial, risk: Array, rules: Rules = DEFAULT) -> Turn:
    """Return the next turn, from attitudes to risk (n,)."""
    made = offers(problem, risk, *challenges(problem, risk, rules), rules)
    after, taken = carried_out(problem, risk, made, rules)
    return Turn(after, made, taken)


def resolve(problem: Spatial, turns: int = 30, rules: Rules = DEFAULT) -> Path:
    """Return the path of at most `turns` turns; it is settled when the actors together move less
    than 2 % of the first turn.

    The outcome of a state is the weighted mean of its positions (asm of this project; KTAB reports
    the positions).
    """
    here, states, attitudes, found = problem, [problem.position], [own_risks(problem, rules)], []
    first, settled = 0.0, False
    for number in range(1, turns + 1):
        done = turn(here, attitudes[-1], rules)
        moved = float(np.sqrt(((done.after - here.position) ** 2).sum(axis=1)).sum())
        first = moved if number == 1 else first
        here = Spatial(problem.capability, done.after, problem.salience)
        states.append(done.after)
        attitudes.append(own_risks(here, rules))
        found += done.challenges(number)
        settled = moved == 0.0 or (number > 1 and moved < STOP_SHARE * (first + STOP_LEAST))
        if settled:
            break
    return _path(problem, states, attitudes, rules, tuple(found), settled)


def _path(
    problem: Spatial,
    states: list[Array],
    attitudes: list[Array],
    rules: Rules,
    found: tuple[Challenge, ...],
    settled: bool,
) -> Path:
    """Return the record of a path, with the chances and the outcome of every state."""
    here = [Spatial(problem.capability, x, problem.salience) for x in states]
    chances = [
        position_chances(state, risk, rules) for state, risk in zip(here, attitudes, strict=True)
    ]
    outcomes = [weighted_mean(problem.capability, x, problem.salience) for x in states]
    return Path(
        np.stack(states), np.stack(outcomes), np.stack(chances), np.stack(attitudes), found, settled
    )


MODEL = SpatialModel(
    "smp",
    resolve,
    frozenset({"unanimity", "within_range", "mirror_symmetry", "capability_units"}),
    "spatial model of politics: challenges and bargains, turn by turn",
)
