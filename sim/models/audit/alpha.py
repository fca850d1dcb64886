"""ALPHA: audit that learns from the audited data (Stark 2023), a test martingale for the mean of
bounded numbers.

X_j in 0..u. T_j = T_{j-1} [X_j/mu_j (eta_j - mu_j)/(u - mu_j) + (u - eta_j)/(u - mu_j)], with mu_j
the mean that is left when the null "mean <= t" holds (null.py) and eta_j any number in mu_j..u that
the earlier draws decide. The null is rejected at risk alpha once T >= 1/alpha. How eta is chosen
touches the number of draws, never the risk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.models.audit.null import Floats, null_means, running_p, settled, sums_before

NEAR_ONE = 1e-12
BOLDEST = 0.95


class Rule(Protocol):
    """How eta is estimated from earlier draws."""

    def estimates(self, x: Floats, mu: Floats, u: float, population: int | None) -> Floats:
        """Return (n,) eta_j in mu_j..u; entry j may use x[:j] only."""
        ...


@dataclass(frozen=True, slots=True)
class ShrinkTrunc:
    """eta_j = min(max((d eta0 + S_{j-1})/(d + j - 1), mu_j + c/sqrt(d + j - 1)), u(1 - eps)) (Stark
    2023, section 2.5.2).

    eta0: guess of the mean before the first draw. d: how many draws that guess is worth; infinite
    keeps eta at eta0. c: how far above mu eta stays at first.
    """

    eta0: float
    d: float = 100.0
    c: float = 1e-4

    def estimates(self, x: Floats, mu: Floats, u: float, population: int | None) -> Floats:
        """Return (n,) eta_j."""
        weight = self.d + np.arange(len(x))
        fixed = bool(np.isinf(self.d))
        guess = (
            np.full(len(x), self.eta0) if fixed else (self.d * self.eta0 + sums_before(x)) / weight
        )
        floor = mu + (0.0 if fixed else self.c / np.sqrt(weight))
        return np.minimum(np.maximum(guess, floor), u * (1 - NEAR_ONE))


@dataclass(frozen=True, slots=True)
class PairShare:
    """eta for ballots (1 winner, 0 loser, 1/2 neither): learns the winner's share among ballots for
    either of the two.

    eta_j = mu_j + (s_j - 1/2) N/(N - j + 1), s_j = (d s0 + wins)/(d + wins + losses) over the draws
    before j. Near mu = 1/2 this is the bet that grows fastest when s_j is right (Kelly), whatever
    the share of other ballots; the mean of all values would bet too little. s0: reported share. d:
    how many ballots for either that is worth; infinite never learns, which is BRAVO where ballots
    go back. BRAVO's average sample number is a good d (simulated in tests/statistics).
    """

    s0: float
    d: float = 100.0

    def estimates(self, x: Floats, mu: Floats, u: float, population: int | None) -> Floats:
        """Return (n,) eta_j, at most 95 % of the way from mu_j to u."""
        wins, decided = sums_before((x == u).astype(float)), sums_before((x != u / 2).astype(float))
        left = 1.0 if population is None else population / (population - np.arange(len(x)))
        return self.bet(self.share(wins, decided), mu, u, left)

    def share(self, wins: Floats, decided: Floats) -> Floats:
        """Return s_j after `decided` ballots for either, `wins` of them for the winner."""
        if np.isinf(self.d):
            return np.full(np.shape(wins), self.s0)
        return np.asarray((self.d * self.s0 + wins) / (self.d + decided))

    def bet(self, share: Floats, mu: Floats, u: float, left: Floats | float) -> Floats:
        """Return eta for a share s_j; left: N/(N - j + 1)."""
        eta = mu + (share - 0.5) * u * left
        return np.clip(eta, mu, np.maximum(mu + BOLDEST * (u - mu), mu))


def log_growth(x: Floats, mu: Floats, eta: Floats, u: float) -> Floats:
    """Return (n,) the logarithm of T_j / T_{j-1}; 0 where mu_j lies outside 0..u (null.settled
    speaks there).
    """
    inside = (mu > 0) & (mu < u)
    safe = np.where(inside, mu, 0.5 * u)
    factor = (x / safe * (eta - safe) + (u - eta)) / (u - safe)
    with np.errstate(divide="ignore"):
        return np.where(inside, np.log(np.maximum(factor, 0.0)), 0.0)


def p_values(
    x: Floats, rule: Rule, u: float = 1.0, t: float = 0.5, population: int | None = None
) -> Floats:
    """Return (n,) the p-value after each draw: 1 / max T so far, at most 1; 0 or 1 once the draws
    settle the question.

    Args:
        x: (n,) assorter values in the order drawn, 0..u. population: N when drawn without
        replacement, else None.

    Raises:
        ValueError: more draws than the population holds.
    """
    return settled(running_p(growth(x, rule, u, t, population)), x, u, t, population)


def growth(
    x: Floats, rule: Rule, u: float = 1.0, t: float = 0.5, population: int | None = None
) -> Floats:
    """Return (n,) ln T_j/T_{j-1}; their sum is ln T now, which a next round starts from."""
    mu = null_means(sums_before(x), t, population)
    return log_growth(x, mu, rule.estimates(x, mu, u, population), u)


def draws_needed(p: Floats, risk_limit: float) -> int | None:
    """Return the number of draws after which the p-value is first at most the risk limit, or
    None.
    """
    below = np.flatnonzero(p <= risk_limit)
    return int(below[0]) + 1 if len(below) else None
