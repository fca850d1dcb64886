"""Beliefs about a lead behind biased signals: a Kalman filter whose state holds the biases (lead,
b_independent, b_government).

Because a family's bias is part of the state, many polls of one family never give certainty about
the lead. No process noise.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

OBSERVES = {
    "independent": np.array([1.0, 1.0, 0.0]),
    "government": np.array([1.0, 0.0, 1.0]),
    "own": np.array([1.0, 0.0, 0.0]),
}


def prior(mean: tuple[float, float, float], sd: tuple[float, float, float]) -> tuple[Array, Array]:
    """Return (mean (3,), covariance (3, 3)) of independent normal beliefs."""
    return np.array(mean, dtype=float), np.diag(np.square(np.array(sd, dtype=float)))


def update(
    mean: Array, cov: Array, observes: Array, value: float, variance: float
) -> tuple[Array, Array]:
    """Return the beliefs after one signal `value` = observes . state + noise of the given variance.

    mean (..., 3) and cov (..., 3, 3) may carry leading axes: one row an actor, all of whom see the
    same signal.
    """
    spread = cov @ observes
    total = spread @ observes + variance
    gain = spread / np.asarray(total)[..., None]
    surprise = np.asarray(value - mean @ observes)[..., None]
    return mean + gain * surprise, cov - gain[..., :, None] * spread[..., None, :]


def lead_mean(belief: Any) -> float:
    """Return the mean of the lead in a belief (an object with `mean` (3,))."""
    return float(belief.mean[0])


def lead_sd(belief: Any) -> float:
    """Return the standard deviation of the lead in a belief (an object with `cov` (3, 3))."""
    return math.sqrt(float(belief.cov[0, 0]))


def belief_challenger_leads(belief: Any) -> float:
    """Return pi = N01(mean / sd): how probable the believer thinks it that the challenger leads."""
    return normal_cdf(lead_mean(belief) / lead_sd(belief))


def normal_cdf(x: float) -> float:
    """Return the standard normal distribution function at x."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def shifted_lead(lead: float, minor_share: float, d_logit_gov: float, d_log_minor: float) -> float:
    """Return a believed lead after a shift of support: the rule that moves the electorate, applied
    to the believer's own mean.

    lead = (1 - m)(1 - 2 theta) with theta the incumbent's share of the two large candidates' votes
    and m the small ones' share.
    """
    theta = min(max(0.5 * (1 - lead / (1 - minor_share)), 1e-9), 1 - 1e-9)
    logit = math.log(theta / (1 - theta)) + d_logit_gov
    moved = 1 / (1 + math.exp(-min(max(logit, -700.0), 700.0)))
    return (1 - min(1.0, minor_share * math.exp(d_log_minor))) * (1 - 2 * moved)
