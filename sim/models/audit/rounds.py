"""How many more ballots an ALPHA audit draws until it confirms, if the reported result is right:
simulated.

The ballots that are left are drawn without replacement; the bet of a block of ballots is that at
its beginning, so that long audits cost as little as short ones (blocks of one ballot up to BLOCKS
ballots).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from sim.models.audit.alpha import PairShare, log_growth
from sim.models.audit.null import Floats

BLOCKS = 1000
EXACT = 10**9 - 1
"""Of more ballots than this a block is drawn as if ballots went back: numpy's hypergeometric goes
no further.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An audit so far. cast: ballots in all. winner, loser: reported. wins, losses, drawn: of the
    ballots drawn. log_t: of the martingale now (not its largest value).
    """

    cast: int
    winner: int
    loser: int
    wins: int = 0
    losses: int = 0
    drawn: int = 0
    log_t: float = 0.0


def further_ballots(
    at: Standing, rule: PairShare, risk_limit: float, runs: int, guess: int, rng: Generator
) -> Floats:
    """Return (runs,) further ballots to the risk limit; all that are left where only a full count
    settles it.

    guess: ballots to look ahead at first; the simulation starts again, four times as long, until
    nine in ten runs end.
    """
    left = at.cast - at.drawn
    horizon = min(max(guess, 50), left)
    while True:
        found = _simulate(at, rule, -np.log(risk_limit), runs, horizon, rng)
        if horizon >= left or np.mean(np.isfinite(found)) > 0.95:
            return np.minimum(found, left)
        horizon = min(4 * horizon, left)


def _simulate(
    at: Standing, rule: PairShare, goal: float, runs: int, horizon: int, rng: Generator
) -> Floats:
    pool = np.repeat([max(at.winner - at.wins, 0), max(at.loser - at.losses, 0)], runs).reshape(
        2, runs
    )
    rest = at.cast - at.drawn
    log_t, wins, losses = (
        np.full(runs, at.log_t),
        np.full(runs, float(at.wins)),
        np.full(runs, float(at.losses)),
    )
    found, drawn, block = np.full(runs, np.inf), 0, max(1, -(-horizon // BLOCKS))
    while drawn < horizon and not np.isfinite(found).all():
        size = min(block, horizon - drawn)
        won, lost = _block(pool, rest - drawn, size, at.cast, rng)
        mu = (at.cast / 2 - (wins + (at.drawn + drawn - wins - losses) / 2)) / (
            at.cast - at.drawn - drawn
        )
        log_t += _growth(
            rule, at, wins, losses, mu, (won, lost, size - won - lost), at.drawn + drawn
        )
        wins, losses, drawn = wins + won, losses + lost, drawn + size
        ahead = wins + (at.drawn + drawn - wins - losses) / 2 > at.cast / 2
        found = np.where(np.isinf(found) & ((log_t >= goal) | ahead), drawn, found)
    return found


def _block(pool: Floats, rest: int, size: int, cast: int, rng: Generator) -> tuple[Floats, Floats]:
    """Draw `size` ballots of those that are left in each run, and take them out of the pool; return
    (wins, losses).
    """
    others = rest - pool[0]
    if cast > EXACT:
        won = np.minimum(rng.binomial(size, np.minimum(pool[0] / rest, 1.0)), pool[0])
        lost = np.minimum(
            rng.binomial(size - won, np.minimum(pool[1] / np.maximum(others, 1), 1.0)), pool[1]
        )
    else:
        won = rng.hypergeometric(pool[0], others, size)
        lost = rng.hypergeometric(pool[1], others - pool[1], size - won)
    pool[0] -= won
    pool[1] -= lost
    return won, lost


def _growth(
    rule: PairShare,
    at: Standing,
    wins: Floats,
    losses: Floats,
    mu: Floats,
    block: tuple[Floats, Floats, Floats],
    drawn: int,
) -> Floats:
    eta = rule.bet(rule.share(wins, wins + losses), mu, 1.0, at.cast / (at.cast - drawn))
    values = zip((1.0, 0.0, 0.5), block, strict=True)
    return np.asarray(
        sum(count * log_growth(np.full(len(mu), x), mu, eta, 1.0) for x, count in values)
    )
