"""Election night: outrage, perceived survival, cost of an override, and what the five options are
worth.

After Przeworski, Rivero and Xi 2015 (exit cost, force), Fearon 2011 (public evidence coordinates),
Magaloni 2010 (unity of the forces), Simpser and Donno 2012 (copies displace one form of override by
another). The formulas are this project's reduction (docs/model/strategy.md, section 7), not the
papers'.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.models.strategy.response import logistic
from sim.records.parameters.after.night import Night, Outrage


@dataclass(frozen=True, slots=True)
class NightSituation:
    """What the government sees: lead (challenger minus incumbent), shares in 0 to 1, number of
    delays so far.
    """

    lead: float
    evidence_share: float
    observer_strength: float
    loyalty: float
    guarantees: float
    q_imp: float
    relief_share: float
    stopped: bool = False
    delays: int = 0
    exit_cost_added: float = 0.0


def clipped(lead: float, scale: float) -> float:
    """Return clip(lead / scale, 0, 1)."""
    return min(max(lead / scale, 0.0), 1.0)


def public_evidence(evidence_share: float, observer_strength: float, p: Outrage) -> float:
    """Return base + evidence * E + observers * O."""
    return p.base + p.evidence * evidence_share + p.observers * observer_strength


def outrage(lead: float, evidence_share: float, observer_strength: float, p: Outrage) -> float:
    """Return A, the outrage that an override would cause, in 0 to base + evidence + observers."""
    return clipped(lead, p.lead_scale) * public_evidence(evidence_share, observer_strength, p)


def survival(loyalty: float, outraged: float, p: Night) -> float:
    """Return q, the perceived chance of surviving an override."""
    return logistic(p.survival_loyalty * loyalty - p.survival_outrage * outraged)


def override_cost(s: NightSituation, outraged: float, p: Night) -> float:
    """Return C: legitimacy, sanctions and repression."""
    public = public_evidence(s.evidence_share, s.observer_strength, p.outrage)
    return (
        p.cost.legitimacy * public
        + p.cost.sanctions * s.q_imp * s.relief_share
        + p.cost.repression * outraged
    )


def totals_utility(s: NightSituation, p: Night) -> float:
    """Return the utility of announcing an own winner without table results, where the challenger
    leads.
    """
    exit_cost = p.exit_cost + s.exit_cost_added
    outraged = outrage(s.lead, s.evidence_share, s.observer_strength, p.outrage)
    q = survival(s.loyalty, outraged, p)
    return (
        q
        + (1 - q) * (p.value_of_opposition - p.fall_factor * exit_cost)
        - override_cost(s, outraged, p)
    )


def night_utilities(s: NightSituation, p: Night) -> tuple[float, ...]:
    """Return the utilities of (count, altered_tables, totals_only, annul, delay), in this order."""
    count, altered, totals, annul = _behind(s, p) if s.lead > 0 else _ahead(p)
    delay = (
        max(totals, count)
        - p.delay_loss
        - p.delay_step * s.delays
        + (p.delay_stop_gain if s.stopped else 0.0)
    )
    return count, altered, totals, annul, delay


def _behind(s: NightSituation, p: Night) -> tuple[float, float, float, float]:
    totals = totals_utility(s, p)
    count = p.value_of_opposition - (p.exit_cost + s.exit_cost_added) * (1 - s.guarantees)
    altered = totals + p.altered_gain - p.altered_exposure * s.evidence_share - p.altered_effort
    return count, altered, totals, totals - p.annul_loss


def _ahead(p: Night) -> tuple[float, float, float, float]:
    return p.ahead.count, p.ahead.altered_tables, p.ahead.totals_only, p.ahead.annul
