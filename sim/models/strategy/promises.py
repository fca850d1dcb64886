"""Which terms a promise has: the probabilities of keeping, signing and renewing, from the
parameters of the negotiation.
"""

from __future__ import annotations

from sim.models.strategy.commitment import keeps_irreversible, keeps_reversible, lag_months
from sim.records.decisions.agreement import GOVERNMENT_ISSUES, RELIEF_ISSUES
from sim.records.parameters.before.negotiation import Candidacies, Issue, Negotiation
from sim.records.parameters.before.sanctions import Renewal


def issue_terms(p: Negotiation, issue: str) -> Issue:
    """Return the terms of one of the six issues.

    Raises:
        KeyError: no such issue.
    """
    if issue not in GOVERNMENT_ISSUES + RELIEF_ISSUES:
        raise KeyError(issue)
    terms: Issue = getattr(p.issues, issue)
    return terms


def temptation(p: Negotiation, issue: str) -> float:
    """Return how tempting it is to break a promise of the government on an issue.

    Raises:
        KeyError: the government owes nothing on that issue.
    """
    terms = issue_terms(p, issue)
    if not isinstance(terms, Candidacies):
        raise KeyError(issue)
    return terms.temptation


def answer_lag_months(
    p: Negotiation, issue: str, decision_days: float, observer_strength: float
) -> float:
    """Return the expected months from a breach of a promise on an issue to its answer."""
    present = observer_strength >= p.commitments.mission_present_share
    return lag_months(issue_terms(p, issue).detection_days, decision_days, present)


def government_keeps(
    p: Negotiation, issue: str, lag: float, relief_share: float, imposed: float, pi: float
) -> float:
    """Return P(kept) of a promise of the government."""
    c = p.commitments
    return keeps_irreversible(
        c.government_patience,
        lag,
        c.relief_price,
        relief_share,
        imposed,
        temptation(p, issue),
        pi,
        c.steepness,
    )


def relief_kept(p: Negotiation, lag: float) -> float:
    """Return P(kept) of relief owed by the us, of which one tranche falls due."""
    c = p.commitments
    return keeps_reversible(
        c.us_patience, lag, c.relief_gain / c.tranches, c.relief_loss, c.steepness
    )


def signs(p: Negotiation, perceived_surplus: float) -> float:
    """Return 1 if a side's perceived surplus reaches the least gain, or the test is off; else 0."""
    return 1.0 if not p.surplus_test or perceived_surplus >= p.min_gain else 0.0


def renewal_logit(renewal: Renewal, breaches: float) -> float:
    """Return the log odds that an expiring licence is renewed after so many breaches since its
    issue.
    """
    return renewal.logit - renewal.per_breach * breaches
