"""BRAVO, a ballot-polling audit of a two-candidate comparison (Lindeman, Stark and Yates 2012).

T = product over ballots of s/.5 (a vote for the reported winner) and (1 - s)/.5 (for the loser),
where s is the winner's reported share of their votes; other ballots leave it. T >= 1/risk limit
confirms the winner, and 1/max T is a p-value of ballots drawn with replacement.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri

from sim.models.audit.null import Floats, running_p

WINNER, LOSER, OTHER = 1, -1, 0
LARGEST = 10**9
"""Rounds above this are given by the normal approximation: no exact binomial chance is worth its
time there.
"""


def steps(winner_share: float, loser_share: float) -> tuple[float, float]:
    """Return (log step of a vote for the winner, of one for the loser); shares of all ballots,
    winner's the larger.
    """
    lead = (winner_share - loser_share) / (winner_share + loser_share)
    return math.log1p(lead), math.log1p(-lead) if loser_share > 0 else -math.inf


def expected_ballots(winner_share: float, loser_share: float, risk_limit: float) -> float:
    """Return the average sample number: ballots that BRAVO draws on average when the reported
    shares are right, rounded up.

    ASN = (ln(1/alpha) + z_w/2) / (p_w z_w + p_l z_l). A winner without votes against: ballots until
    2^n >= 1/alpha. Infinite where the lead is lost in rounding.
    """
    up, down = steps(winner_share, loser_share)
    drift = winner_share * up + (loser_share * down if loser_share > 0 else 0.0)
    overshoot = up / 2 if loser_share > 0 else 0.0
    if drift <= 0:
        return math.inf
    return float(np.ceil((math.log(1 / risk_limit) + overshoot) / drift))


def round_ballots(
    winner_share: float, loser_share: float, risk_limit: float, chance: float
) -> float:
    """Return the size of a first round that confirms right reported shares with probability
    `chance` (infinite as above).

    The chance that n ballots suffice is no smooth function of n: the search starts at the normal
    approximation and goes up to the first n whose exact binomial chance is enough (as Arlo does);
    the ballots for neither of the two come on top.
    """
    up, down = steps(winner_share, loser_share)
    both, goal = winner_share + loser_share, math.log(1 / risk_limit)
    if down == -math.inf:
        return float(math.ceil(math.ceil(goal / up) / both))
    share = winner_share / both
    drift, reach = (
        share * up + (1 - share) * down,
        float(ndtri(chance)) * math.sqrt(share * (1 - share)) * (up - down),
    )
    if drift <= 0:
        return math.inf
    root = (reach + math.sqrt(reach**2 + 4 * drift * goal)) / (2 * drift)
    if root**2 > LARGEST:
        return float(np.ceil(root**2 / both))
    n = max(math.floor(root**2), 1)
    while (
        float(bdtr(math.floor((goal - n * down) / (up - down)), n, share)) > 1 - chance
        or goal > n * up
    ):
        n += 1
    return float(math.ceil(n / both))


def attained_risk(ballots: NDArray[np.int8], winner_share: float, loser_share: float) -> Floats:
    """Return (n,) the p-value after each drawn ballot: ballots are 1 (winner), -1 (loser) or 0;
    shares as reported.
    """
    up, down = steps(winner_share, loser_share)
    step = np.where(ballots == WINNER, up, 0.0)
    step[ballots == LOSER] = down
    return running_p(step)
