"""What others make of an announcement: logits and probabilities of sanctions and recognition
(docs/model/strategy.md, section 8).
"""

from __future__ import annotations

from sim.models.strategy.night import clipped
from sim.models.strategy.response import logistic
from sim.records.parameters.after.aftermath import Abroad


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


def winner_probability(published_share: float, lead: float, lead_scale: float, p: Abroad) -> float:
    """Return the probability of calling the challenger the winner."""
    return logistic(
        p.winner_base
        + p.winner_evidence * published_share
        + p.winner_lead * clipped(lead, lead_scale)
    )


def eu_accepts_probability(evidence_share: float, contested: bool, p: Abroad) -> float:
    """Return the probability of accepting the announced winner."""
    return logistic(p.eu_base - p.eu_evidence * max(evidence_share, p.eu_floor) * contested)
