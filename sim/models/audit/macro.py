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


def weights(reported: Counts, capacity: Counts, winner: int) -> tuple[Counts, int]:
    """Return (n,) u_p V in whole votes, rounded up, and V, the smallest reported margin.

    A draw by SHA-256 needs whole numbers. A bound rounded up stays a bound, so risks computed with
    weights/V hold as well; with two candidates nothing is rounded.
    """
    losers, lead = margins(reported, winner)
    gap, smallest = reported[winner] - reported[losers] + capacity, int(lead[lead > 0].min())
    scaled = -((-gap[lead > 0] * smallest) // lead[lead > 0, None])
    return np.asarray(scaled.max(axis=0), dtype=np.int64), smallest


def batches_needed(total_bound: float, risk_limit: float, log_so_far: float = 0.0) -> int | None:
    """Return further draws that confirm when no error is found: least n >= 0 with p (1 - 1/U)^n <=
    alpha; None: no number is enough.

    log_so_far: ln p of earlier rounds (`log_risk`). Audit tools add one batch to this number, so
    that a small error does not cost a further round (Arlo, sample sizes of batch comparisons).
    """
    gap = math.log(risk_limit) - log_so_far
    if gap >= 0:
        return 0
    if math.isinf(gap):
        return None
    return 1 if total_bound <= 1 else math.ceil(gap / math.log1p(-1 / total_bound) - 1e-9)


def log_risk(taints: Floats, total_bound: float) -> Floats:
    """Return (n,) ln of the product after each drawn batch; infinite from a taint of 1 on, which no
    later batch outweighs.

    Raises:
        ValueError: a taint above 1 or not finite: its batch holds more than its bound allows.
    """
    if not np.all(taints <= 1):
        raise ValueError("a taint above 1: a batch differs by more than its bound")
    shrink = math.log1p(-1 / total_bound) if total_bound > 1 else -np.finfo(np.float64).max / 1e6
    with np.errstate(divide="ignore"):
        loss = np.cumsum(-np.log1p(-taints))
    return np.asarray(loss + shrink * np.arange(1, len(taints) + 1))


def attained_risk(taints: Floats, total_bound: float) -> Floats:
    """Return (n,) the p-value after each drawn batch; a taint of 1 ends it at 1. taints (n,) at
    most 1.
    """
    return np.exp(np.minimum(log_risk(taints, total_bound), 0.0))


def stands(counted: Counts, winner: int) -> bool:
    """Return whether a full count (K, n) has the winner ahead of every other candidate."""
    totals = counted.sum(axis=1)
    return bool((totals[winner] > np.delete(totals, winner)).all())
