"""ALPHA: audit that learns from the audited data (Stark 2023), a test martingale for the mean of bounded numbers.

X_j in 0..u. T_j = T_{j-1} [X_j/mu_j (eta_j - mu_j)/(u - mu_j) + (u - eta_j)/(u - mu_j)]; without replacement
mu_j = (N t - S_{j-1})/(N - j + 1), with replacement mu_j = t. The null "mean <= t" is rejected at risk alpha once T >= 1/alpha.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEAR_ONE = 1e-12


@dataclass(frozen=True, slots=True)
class ShrinkTrunc:
    """How eta is estimated: eta_j = min(max((d eta0 + S_{j-1})/(d + j - 1), mu_j + c/sqrt(d + j - 1)), u(1 - eps)).

    eta0: guess of the mean before the first draw. d: how many draws that guess is worth; infinite keeps eta at eta0.
    c: how far above mu eta stays at first.
    """

    eta0: float
    d: float = 100.0
    c: float = 1e-4


def null_means(x: Floats, t: float, population: int | None) -> Floats:
    """Return (n,) mu_j: the mean that is left when the null holds and draws 1 to j - 1 are out; t with replacement."""
    if population is None:
        return np.full(len(x), t)
    before = np.concatenate([[0.0], np.cumsum(x)[:-1]])
    left = population - np.arange(len(x))
    return np.asarray((population * t - before) / left)


def estimates(x: Floats, mu: Floats, u: float, rule: ShrinkTrunc) -> Floats:
    """Return (n,) eta_j, from earlier draws only, above mu_j and below u."""
    before = np.concatenate([[0.0], np.cumsum(x)[:-1]])
    weight = rule.d + np.arange(len(x))
    guess = np.full(len(x), rule.eta0) if np.isinf(rule.d) else (rule.d * rule.eta0 + before) / weight
    floor = mu + (0.0 if np.isinf(rule.d) else rule.c / np.sqrt(weight))
    return np.minimum(np.maximum(guess, floor), u * (1 - NEAR_ONE))


def p_values(x: Floats, rule: ShrinkTrunc, u: float = 1.0, t: float = 0.5, population: int | None = None) -> Floats:
    """Return (n,) the p-value after each draw: 1 / max T so far, at most 1.

    Args:
        x: (n,) assorter values in the order drawn, 0..u. population: N when drawn without replacement, else None.
    """
    if not len(x):
        return np.zeros(0)
    mu = null_means(x, t, population)
    eta = estimates(x, mu, u, rule)
    inside = np.where((mu > 0) & (mu < u), mu, 0.5 * u)
    factor = x / inside * (eta - inside) / (u - inside) + (u - eta) / (u - inside)
    with np.errstate(divide="ignore"):
        log_t = np.cumsum(np.log(np.where(mu >= u, 1.0, np.maximum(factor, 0.0))))
    # the null became impossible (mu < 0), or the rest must all be u (mu >= u): T is infinite, or can no longer grow
    log_t = np.where(np.cumsum(mu < 0) > 0, np.inf, log_t)
    return np.minimum(np.exp(-np.maximum.accumulate(log_t)), 1.0)


def draws_needed(p: Floats, risk_limit: float) -> int | None:
    """Return the number of draws after which the p-value is first at most the risk limit, or None."""
    below = np.flatnonzero(p <= risk_limit)
    return int(below[0]) + 1 if len(below) else None
