"""Logit equilibrium of a two-player game (McKelvey and Palfrey 1995): sigma_a proportional to
exp(lambda * EU_a).

Followed from lambda = 0 (everything equally likely) upwards, so that the answer is on the principal
branch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEPS = 200
NEWTON = 50
TOLERANCE = 1e-13


def logit_equilibrium(
    payoff_a: Array, payoff_b: Array, rationality: float, steps: int = STEPS
) -> tuple[Array, Array]:
    """Return the mixed strategies (m,) and (n,) at `rationality` from payoffs (m, n) of the row and
    of the column player.

    Raises:
        ArithmeticError: the branch could not be followed (a fold); smaller steps may help.
    """
    m, n = payoff_a.shape
    sigma = np.concatenate((np.full(m, 1.0 / m), np.full(n, 1.0 / n)))
    for rung in np.linspace(0.0, rationality, steps + 1)[1:]:
        sigma = _newton(sigma, payoff_a, payoff_b, float(rung))
    return sigma[:m], sigma[m:]


def _newton(sigma: Array, payoff_a: Array, payoff_b: Array, rationality: float) -> Array:
    m = len(payoff_a)
    for _ in range(NEWTON):
        p, q = _responses(sigma, payoff_a, payoff_b, rationality)
        gap = sigma - np.concatenate((p, q))
        if np.abs(gap).max() < TOLERANCE:
            return sigma
        jacobian = np.eye(len(sigma))
        jacobian[:m, m:] -= rationality * (np.diag(p) - np.outer(p, p)) @ payoff_a
        jacobian[m:, :m] -= rationality * (np.diag(q) - np.outer(q, q)) @ payoff_b.T
        sigma = sigma - np.linalg.solve(jacobian, gap)
    raise ArithmeticError(f"the logit branch was lost at rationality {rationality:g}")


def _responses(
    sigma: Array, payoff_a: Array, payoff_b: Array, rationality: float
) -> tuple[Array, Array]:
    m = len(payoff_a)
    return _softmax(rationality * (payoff_a @ sigma[m:])), _softmax(
        rationality * (sigma[:m] @ payoff_b)
    )


def _softmax(x: Array) -> Array:
    weights = np.exp(x - x.max())
    return np.asarray(weights / weights.sum())
