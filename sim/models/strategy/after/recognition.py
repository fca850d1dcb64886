"""What others make of an announcement: logits and probabilities of sanctions and recognition
(docs/model/strategy.md, section 8).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.models.strategy.after.signal import expit
from sim.models.strategy.response import logistic
from sim.records.decisions.night import Stance
from sim.records.parameters.after.abroad import Critical, Guarded, Observers, Patient, Recognisers
from sim.records.parameters.after.aftermath import Abroad

Floats = NDArray[np.float64]


def clipped(lead: float, scale: float) -> float:
    """Return clip(lead / scale, 0, 1)."""
    return min(max(lead / scale, 0.0), 1.0)


def calls_winner(belief: ArrayLike, gain: float, annulled: ArrayLike, p: Critical) -> Floats:
    """Return the chance that a critical member calls the challenger the winner."""
    called = expit(p.base + gain + p.slope * np.asarray(belief))
    return np.where(annulled, p.annulled * called, called)


def with_conditions(
    verdicts_mean: ArrayLike, criticised: float, p: Observers
) -> NDArray[np.float64]:
    """Return the mean statement, -1 to 1, once every observer has criticised this many conditions
    besides: each weighs `conditions` of a statement.
    """
    weight = p.conditions * criticised
    return np.asarray((np.asarray(verdicts_mean) + weight) / (1 + weight))


def accepts(
    belief: ArrayLike, verdicts_mean: ArrayLike, gain: float, annulled: ArrayLike, p: Guarded
) -> Floats:
    """Return the chance that a guarded member accepts a contested announcement; never after an
    annulment. verdicts_mean: mean statement weighted by credibility, -1 (positive) to 1 (negative).
    """
    taken = np.asarray(p.base + gain - p.slope * np.asarray(belief))
    chance = expit(taken - p.verdicts * np.asarray(verdicts_mean))
    return np.where(annulled, 0.0, chance)


def accepts_uncontested(boycott: bool, barred: bool, p: Guarded) -> float:
    """Return the chance that a guarded member accepts an announcement that nobody contests."""
    if not boycott and not barred:
        return p.uncontested
    return logistic(p.unfree - p.boycott * boycott - p.bar * barred)


def withholds(
    belief: ArrayLike, gain: float, certified: ArrayLike, tables: ArrayLike, p: Patient
) -> Floats:
    """Return the chance that a patient member recognises nobody for a month. certified, tables: 0
    to 1.
    """
    eta = p.base + gain + p.slope * np.asarray(belief)
    return expit(eta - p.court * np.asarray(certified) - p.tables * np.asarray(tables))


def recognition_index(weights: ArrayLike, withheld: ArrayLike) -> Floats:
    """Return R: the weighted share of members that withhold, last axis; 0 without a weight."""
    w = np.asarray(weights, dtype=np.float64)
    total = float(w.sum())
    return np.asarray(np.asarray(withheld) @ w / total if total > 0 else np.zeros(()))


def withheld_chance(
    member: Stance,
    belief: ArrayLike,
    verdicts_mean: ArrayLike,
    annulled: ArrayLike,
    certified: ArrayLike,
    tables: ArrayLike,
    p: Recognisers,
) -> Floats:
    """Return the chance that a member withholds recognition after a contested announcement: calls
    another winner, refuses, or waits.
    """
    if member.stance == "critical":
        return calls_winner(belief, member.gain, annulled, p.critical)
    if member.stance == "guarded":
        return 1 - accepts(belief, verdicts_mean, member.gain, annulled, p.guarded)
    if member.stance == "patient":
        return withholds(belief, member.gain, certified, tables, p.patient)
    shape = np.broadcast_shapes(np.shape(belief), np.shape(annulled))
    return np.where(np.broadcast_to(annulled, shape), 1.0, 1 - p.ally.share)


def share_of_review(cumulative: float, reviews: int) -> float:
    """Return the chance at one of several reviews that gives this cumulative probability over
    all.
    """
    return float(1 - (1 - cumulative) ** (1 / reviews))


def designate_probability(evidence_share: float, contested: bool, breach: bool, p: Abroad) -> float:
    """Return the cumulative probability of new designations; 0 where nothing happened."""
    if contested:
        return logistic(p.designate_base + p.designate_evidence * evidence_share)
    return p.designate_breach if breach else 0.0


def narrow_probability(
    q_imp: float, lead: float, evidence_share: float, lead_scale: float, p: Abroad
) -> float:
    """Return the cumulative probability that the licence is narrowed after a contested
    announcement.
    """
    weight = p.narrow_floor + (1 - p.narrow_floor) * evidence_share
    return logistic(p.narrow_base + p.narrow_slope * q_imp * clipped(lead, lead_scale) * weight)
