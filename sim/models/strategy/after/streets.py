"""Protest by the day: its mean given the day before, and its expected path.

A daily self-exciting count (Meirowitz and Tucker 2013 on the choice to protest again; equations
are this project's own, docs/model/night.md). The expected path is linear in outrage, so that two
basis paths, for a constant outrage and for one that comes with the evidence, give every path.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.models.strategy.after.signal import expit
from sim.records.parameters.after.streets import Streets

Floats = NDArray[np.float64]

EVIDENCE_FROM, EVIDENCE_BY = 1.0, 5.0
"""Days between which evidence comes out after an announcement."""


def immigrants(day: ArrayLike, mobilised: ArrayLike, p: Streets) -> Floats:
    """Return the mean number of protests that begin on their own `day` days after the
    announcement, at full outrage and frailty 1. mobilised: 0 to 1.
    """
    calls = 1 + p.mobilised * np.asarray(mobilised)
    return np.asarray(p.immigrants_per_day * calls * np.exp(-np.asarray(day) / p.decay_days))


def branching(repressed: ArrayLike, p: Streets) -> Floats:
    """Return the mean number of protests that one sets off on the next day."""
    left = p.branching - p.branching_repressed * np.asarray(repressed)
    return np.clip(left, 0.0, p.branching_most)


def repression_probability(outrage: ArrayLike, p: Streets) -> Floats:
    """Return the chance of high repression at this outrage."""
    return expit(p.repression_base + p.repression_outrage * np.asarray(outrage))


def evidence_share(day: ArrayLike) -> Floats:
    """Return how much of the evidence is out: 0 to day 1, all from day 5, linear between."""
    come = (np.asarray(day, dtype=np.float64) - EVIDENCE_FROM) / (EVIDENCE_BY - EVIDENCE_FROM)
    return np.clip(come, 0.0, 1.0)


def basis_paths(days: int, window: int, mobilised: float, p: Streets) -> Floats:
    """Return expected protests a day at frailty 1, mean of the last `window` days, (2, 2, days).

    First axis: not repressed, repressed. Second: outrage 1 from the start, outrage that comes with
    the evidence. No protest before day 0.
    """
    day = np.arange(days)
    fresh = immigrants(day, mobilised, p) * np.stack((np.ones(days), evidence_share(day)))
    kept = branching(np.array([0.0, 1.0]), p).tolist()
    path = np.array([[_excited(row.tolist(), k) for row in fresh] for k in kept])
    summed = np.cumsum(np.concatenate((np.zeros((2, 2, window)), path), axis=2), axis=2)
    means: Floats = (summed[:, :, window:] - summed[:, :, :-window]) / window
    return means


def _excited(fresh: list[float], kept: float) -> list[float]:
    """Return the sums of what begins on each day and `kept` times the day before."""
    return list(accumulate(fresh, lambda last, new: new + kept * last))
