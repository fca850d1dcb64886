"""Tests of one stratum of a stratified audit: P-value of "the margin is overstated here by c votes
or more", for any c.

Ottoboni, Stark, Lindeman and McBurnett 2018 (SUITE): ballot-level comparison (Kaplan-Markov,
section 3.1) and ballot polling (likelihood ratio of a draw without replacement, the other ballots'
number chosen against the audit, section 3.2). A stratum counted by hand has 0 or 1, one that nobody
audited has 1 as long as its ballots could hide c. P-values never rise with c, which the search over
splits (splits.py) relies on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from sim.models.audit.supersimple import GAMMA, NONE, Discrepancies

Floats = NDArray[np.float64]
HALVINGS = 40


class Stratum(Protocol):
    """random: its P-value comes from a draw (it then counts in Fisher's degrees of freedom)."""

    random: ClassVar[bool]

    @property
    def least(self) -> int:
        """Return the least overstatement that its ballots allow (negative: understated)."""
        ...

    @property
    def most(self) -> int:
        """Return the largest overstatement that its ballots allow."""
        ...

    def log_p(self, c: Floats) -> Floats:
        """Return the logarithm of the P-value at each c (at most 0; -inf where c cannot be)."""
        ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """ballots, lead: cast here, and the reported margin here in votes. drawn: ballots compared.
    seen: their discrepancies.
    """

    ballots: int
    lead: int
    drawn: int
    seen: Discrepancies = NONE
    gamma: float = GAMMA
    random: ClassVar[bool] = True

    @property
    def least(self) -> int:
        return self.lead - self.ballots

    @property
    def most(self) -> int:
        return self.lead + self.ballots

    def log_p(self, c: Floats) -> Floats:
        share = np.minimum(c / (2 * self.gamma * self.ballots), 1 - 1e-12)
        log_p = self.drawn * np.log1p(-share) - self.seen.log_factors(self.gamma)
        certain = c <= self.least
        return np.where(c > self.most, -np.inf, np.where(certain, 0.0, np.minimum(log_p, 0.0)))


@dataclass(frozen=True, slots=True)
class Polling:
    """ballots, winner, loser: cast and reported here. wins, losses, others: drawn without
    replacement, a ballot that was not found among the losses.
    """

    ballots: int
    winner: int
    loser: int
    wins: int
    losses: int
    others: int
    random: ClassVar[bool] = True

    @property
    def least(self) -> int:
        return self.winner - self.loser - self.ballots

    @property
    def most(self) -> int:
        return self.winner - self.loser + self.ballots

    def log_p(self, c: Floats) -> Floats:
        """The null is "the margin is at most lead - c": 1 where the reported totals belong to it
        (c <= 0), and where the losses drawn leave no larger margin; impossible where the wins do.
        """
        margin = (self.winner - self.loser) - c
        low = np.maximum(self.wins, self.losses + margin)
        high = (self.ballots - self.others + margin) / 2
        possible = low <= high
        best = self._worst_winner_total(np.where(possible, margin, 0.0), low, high, possible)
        log_p = self._likelihood(best, best - margin) - self._reported()
        certain = (c <= 0) | (margin > self.ballots - self.others - 2 * self.losses)
        refuted = margin < 2 * self.wins + self.others - self.ballots
        return np.where(refuted, -np.inf, np.where(certain, 0.0, np.minimum(log_p, 0.0)))

    def _reported(self) -> float:
        """Return the log likelihood of the reported totals; -inf where the draw has more of a kind
        than was reported.
        """
        rest = self.ballots - self.winner - self.loser
        if self.wins > self.winner or self.losses > self.loser or self.others > rest:
            return -np.inf
        return float(self._likelihood(np.array(float(self.winner)), np.array(float(self.loser))))

    def _likelihood(self, winner: Floats, loser: Floats) -> Floats:
        other = self.ballots - winner - loser
        pairs = ((winner, self.wins), (loser, self.losses), (other, self.others))
        return np.asarray(
            sum(
                gammaln(np.maximum(n, k) + 1) - gammaln(np.maximum(n - k, 0.0) + 1)
                for n, k in pairs
            )
        )

    def _worst_winner_total(
        self, margin: Floats, low: Floats, high: Floats, possible: NDArray[np.bool_]
    ) -> Floats:
        """Return the winner's total that makes the draw likeliest at each margin: the likelihood is
        concave, its slope falls.
        """
        low, high = np.where(possible, low, self.ballots), np.where(possible, high, self.ballots)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            other = np.maximum(self.ballots - 2 * middle + margin, self.others)
            slope = (
                _slope(middle, self.wins)
                + _slope(middle - margin, self.losses)
                - 2 * _slope(other, self.others)
            )
            low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
        return (low + high) / 2


def _slope(total: Floats, drawn: int) -> Floats:
    total = np.maximum(total, drawn)
    return np.asarray(digamma(total + 1) - digamma(total - drawn + 1))


@dataclass(frozen=True, slots=True)
class Known:
    """A stratum counted by hand in full: its overstatement is known. Or one that nobody audited:
    `most` is all it could hide.
    """

    least: int
    most: int
    random: ClassVar[bool] = False

    def log_p(self, c: Floats) -> Floats:
        return np.where(c > self.most, -np.inf, 0.0)


def counted(overstatement: int) -> Known:
    """Return a stratum whose full count by hand found this overstatement of the margin."""
    return Known(overstatement, overstatement)


def unaudited(ballots: int, lead: int) -> Known:
    """Return a stratum that was not audited: anything that its ballots allow may be true."""
    return Known(lead - ballots, lead + ballots)
