"""Which terms a promise has: the probabilities of keeping, signing and renewing, from the
parameters of the negotiation.
"""

from __future__ import annotations

from sim.models.strategy.table.commitment import keeps_irreversible, keeps_reversible, lag_months
from sim.records.parameters.before.negotiation import Negotiation
from sim.records.parameters.before.sanctions import Renewal
from sim.records.parameters.root import Parameters


def answer_lag_months(p: Parameters, issue: str, observer_strength: float) -> float:
    """Return the expected months from a breach of a promise on an issue to its answer."""
    present = observer_strength >= p.negotiation.commitments.mission_present_share
    return lag_months(p.issues[issue].detection_days, p.sanctions.decision_days, present)


def government_keeps(
    p: Parameters, issue: str, lag: float, relief_share: float, imposed: float, pi: float
) -> float:
    """Return P(kept) of a promise of the government, valued by temptations and belief alone."""
    c = p.negotiation.commitments
    return keeps_irreversible(
        c.government_patience,
        lag,
        c.relief_price,
        relief_share,
        imposed,
        p.issues[issue].temptation,
        pi,
        c.steepness,
    )


def relief_kept(p: Negotiation, lag: float) -> float:
    """Return P(kept) of relief owed by the us, of which one tranche falls due."""
    c = p.commitments
    return keeps_reversible(
        c.us_patience, lag, c.relief_gain / c.tranches, c.relief_loss, c.steepness
    )


def signs(p: Parameters, perceived_surplus: float) -> float:
    """Return 1 if a side's perceived surplus reaches the least gain, or the test is off; else 0."""
    least = p.deals.min_gain if p.deals.stakes == "game" else p.negotiation.min_gain
    return 1.0 if not p.negotiation.surplus_test or perceived_surplus >= least else 0.0


def renewal_logit(renewal: Renewal, breaches: float) -> float:
    """Return the log odds that an expiring licence is renewed after so many breaches since its
    issue.
    """
    return renewal.logit - renewal.per_breach * breaches
