"""ALPHA: audit that learns from the audited data (Stark 2023), a test martingale for the mean of
bounded numbers.

X_j in 0..u. T_j = T_{j-1} [X_j/mu_j (eta_j - mu_j)/(u - mu_j) + (u - eta_j)/(u - mu_j)]; without
replacement mu_j = (N t - S_{j-1})/(N - j + 1), with replacement mu_j = t. The null "mean <= t" is
rejected at risk alpha once T >= 1/alpha.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEAR_ONE = 1e-12


@dataclass(frozen=True, slots=True)
class ShrinkTrunc:
    """How eta is estimated: eta_j = min(max((d eta0 + S_{j-1})/(d + j - 1), mu_j + c/sqrt(d + j -
    1)), u(1 - eps)).

    eta0: guess of the mean before the first draw. d: how many draws that guess is worth; infinite
    keeps eta at eta0. c: how far above mu eta stays at first.
    """

    eta0: float
    d: float = 100.0
    c: float = 1e-4


def null_means(before: Floats, t: float, population: int | None) -> Floats:
    """Return (n,) mu_j: the mean that is left when the null holds and draws 1 to j - 1, of sum
    `before`, are out; t with replacement.
    """
    if population is None:
        return np.full(len(before), t)
    left = population - np.arange(len(before))
    return np.asarray((population * t - before) / left)


def estimates(before: Floats, mu: Floats, u: float, rule: ShrinkTrunc) -> Floats:
    """Return (n,) eta_j, from earlier draws only (their sum is `before`), above mu_j and
    below u.
    """
    weight = rule.d + np.arange(len(before))
    guess = (
        np.full(len(before), rule.eta0)
        if np.isinf(rule.d)
        else (rule.d * rule.eta0 + before) / weight
    )
    floor = mu + (0.0 if np.isinf(rule.d) else rule.c / np.sqrt(weight))
    np.maximum(guess, floor, out=guess)
    return np.minimum(guess, u * (1 - NEAR_ONE), out=guess)


def p_values(
    x: Floats, rule: ShrinkTrunc, u: float = 1.0, t: float = 0.5, population: int | None = None
) -> Floats:
    """Return (n,) the p-value after each draw: 1 / max T so far, at most 1.

    Args:
        x: (n,) assorter values in the order drawn, 0..u. population: N when drawn without
        replacement, else None.
    """
    if not len(x):
        return np.zeros(0)
    before = np.concatenate(([0.0], np.cumsum(x)[:-1]))
    mu = null_means(before, t, population)
    eta = estimates(before, mu, u, rule)
    open_ = bool(mu.min() > 0 and mu.max() < u)
    inside = mu if open_ else np.where((mu > 0) & (mu < u), mu, 0.5 * u)
    factor = (x / inside * (eta - inside) + (u - eta)) / (u - inside)
    np.maximum(factor, 0.0, out=factor)
    with np.errstate(divide="ignore"):
        log_t = np.cumsum(np.log(factor if open_ else np.where(mu >= u, 1.0, factor)))
    # the null became impossible (mu < 0), or the rest must all be u (mu >= u): T is infinite, or
    # cannot grow
    if not open_:
        log_t[np.cumsum(mu < 0) > 0] = np.inf
    return np.minimum(np.exp(-np.maximum.accumulate(log_t)), 1.0)


def draws_needed(p: Floats, risk_limit: float) -> int | None:
    """Return the number of draws after which the p-value is first at most the risk limit, or
    None.
    """
    below = np.flatnonzero(p <= risk_limit)
    return int(below[0]) + 1 if len(below) else None
