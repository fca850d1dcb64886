"""Batch comparison by the maximum relative overstatement of pairwise margins (MACRO; Stark 2009,
Kaplan-Markov p-value).

Reported votes v, audited votes a of batch p; w a reported winner, l a loser, V_wl their reported
margin in votes: error e_p = max ((v_wp - v_lp) - (a_wp - a_lp))/V_wl, bound u_p = max ((v_wp -
v_lp) + b_p)/V_wl with b_p the most votes that the batch can hold, U = sum u_p. Batches are drawn
with probability u_p/U, with replacement; taint t = e_p/u_p; p = product (1 - 1/U)/(1 - t).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def margins(reported: Counts, winner: int) -> tuple[Counts, Counts]:
    """Return (losers (L,), V_wl (L,)): every other candidate and the winner's reported margin over
    it, in votes.
    """
    totals = reported.sum(axis=1)
    losers = np.flatnonzero(np.arange(len(totals)) != winner)
    return losers, totals[winner] - totals[losers]


def errors(reported: Counts, audited: Counts, winner: int) -> Floats:
    """Return (n,) e_p of each batch; reported and audited (K, n). Only losers behind the winner are
    compared.
    """
    losers, lead = margins(reported, winner)
    gap = (reported[winner] - reported[losers]) - (audited[winner] - audited[losers])
    return np.asarray((gap[lead > 0] / lead[lead > 0, None]).max(axis=0))


def bounds(reported: Counts, capacity: Counts, winner: int) -> Floats:
    """Return (n,) u_p: the largest error that each batch can hide; capacity (n,) the most valid
    votes that it can hold.
    """
    losers, lead = margins(reported, winner)
    gap = reported[winner] - reported[losers] + capacity
    return np.asarray((gap[lead > 0] / lead[lead > 0, None]).max(axis=0))


def batches_needed(total_bound: float, risk_limit: float, plus_one: bool = False) -> int:
    """Return draws that confirm when no error is found: least n with (1 - 1/U)^n <= alpha.

    plus_one: the rule of Arlo, rounded up after adding one draw.
    """
    if total_bound <= 1:
        return 1
    n = math.log(risk_limit) / math.log(1 - 1 / total_bound)
    return math.ceil(n + 1) if plus_one else math.ceil(n - 1e-9)


def attained_risk(taints: Floats, total_bound: float) -> Floats:
    """Return (n,) the p-value after each drawn batch; a taint of 1 ends it at 1."""
    with np.errstate(divide="ignore"):
        log_p = np.cumsum(
            math.log(max(1 - 1 / total_bound, 1e-300)) - np.log(np.maximum(1 - taints, 0.0))
        )
    return np.minimum(np.exp(np.minimum(log_p, 0.0)), 1.0)
