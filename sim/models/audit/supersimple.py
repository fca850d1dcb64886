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
    votes: counts, or shares.
    """

    o1: float = 0
    o2: float = 0
    u1: float = 0
    u2: float = 0

    @property
    def ballots(self) -> float:
        """Return how many ballots differ."""
        return self.o1 + self.o2 + self.u1 + self.u2

    @property
    def net(self) -> float:
        """Return by how many votes the machine overstated the margin."""
        return self.o1 + 2 * self.o2 - self.u1 - 2 * self.u2

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
    """Return the number of ballots that confirms with these counts of discrepancies, at least as
    many as there are.
    """
    n = -2 * gamma * (math.log(risk_limit) + seen.log_factors(gamma)) / diluted_margin
    return max(math.ceil(n), math.ceil(seen.ballots), 1)


def ballots_at_rates(
    diluted_margin: float, risk_limit: float, rates: Discrepancies, gamma: float = GAMMA
) -> int | None:
    """Return the ballots that confirm when discrepancies come at these shares of ballots; None: no
    number is enough.

    Least n with p(n) <= alpha at o = rate n (Ottoboni, Stark, Lindeman and McBurnett 2018, SUITE,
    comparison stratum).
    """
    growth = math.log1p(-diluted_margin / (2 * gamma)) - rates.log_factors(gamma)
    return math.ceil(math.log(risk_limit) / growth) if growth < 0 else None


def attained_risk(
    ballots: int, diluted_margin: float, seen: Discrepancies = NONE, gamma: float = GAMMA
) -> float:
    """Return the p-value after `ballots` compared ballots."""
    log_p = ballots * math.log1p(-diluted_margin / (2 * gamma)) - seen.log_factors(gamma)
    return math.exp(min(log_p, 0.0))


def settled_risk(ballots: int, diluted_margin: float, seen: Discrepancies) -> float:
    """Return what a comparison of all ballots cast says: 0 when the margin outlives the
    discrepancies, else 1.
    """
    return 0.0 if seen.net < ballots * diluted_margin - 1e-9 * ballots else 1.0
