"""Ballot-level comparison, "super-simple" (Stark 2010): how many ballots, given the discrepancies
that one expects.

n = -2 gamma (ln alpha + o1 ln(1 - 1/(2 gamma)) + o2 ln(1 - 1/gamma) + u1 ln(1 + 1/(2 gamma)) + u2
ln(1 + 1/gamma)) / m, m the diluted margin (margin in votes over ballots cast), o and u over- and
understatements of one and two votes, gamma > 1 the inflation of the bound. The p-value of n ballots
is (1 - m/(2 gamma))^n over the same factors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

GAMMA = 1.03905


@dataclass(frozen=True, slots=True)
class Discrepancies:
    """Ballots whose machine reading overstates (o) or understates (u) the margin by one or two
    votes.
    """

    o1: int = 0
    o2: int = 0
    u1: int = 0
    u2: int = 0

    def log_factors(self, gamma: float) -> float:
        """Return the sum of the logarithms of their factors."""
        one, two = 1 / (2 * gamma), 1 / gamma
        return (
            self.o1 * math.log1p(-one)
            + self.o2 * math.log1p(-two)
            + self.u1 * math.log1p(one)
            + self.u2 * math.log1p(two)
        )


NONE = Discrepancies()


def ballots_needed(
    diluted_margin: float, risk_limit: float, seen: Discrepancies = NONE, gamma: float = GAMMA
) -> int:
    """Return the number of ballots that confirms at the risk limit with these discrepancies, at
    least as many as there are.
    """
    n = -2 * gamma * (math.log(risk_limit) + seen.log_factors(gamma)) / diluted_margin
    return max(math.ceil(n), seen.o1 + seen.o2 + seen.u1 + seen.u2, 1)


def attained_risk(
    ballots: int, diluted_margin: float, seen: Discrepancies = NONE, gamma: float = GAMMA
) -> float:
    """Return the p-value after `ballots` compared ballots."""
    log_p = ballots * math.log1p(-diluted_margin / (2 * gamma)) - seen.log_factors(gamma)
    return min(1.0, math.exp(log_p))
