"""How much an announcement outrages, as those who still read it do (docs/model/strategy.md, section
8); the night itself is in night_value.py.
"""

from __future__ import annotations

from sim.records.parameters.after.night import Outrage


def clipped(lead: float, scale: float) -> float:
    """Return clip(lead / scale, 0, 1)."""
    return min(max(lead / scale, 0.0), 1.0)


def public_evidence(evidence_share: float, observer_strength: float, p: Outrage) -> float:
    """Return base + evidence * E + observers * O."""
    return p.base + p.evidence * evidence_share + p.observers * observer_strength


def outrage(lead: float, evidence_share: float, observer_strength: float, p: Outrage) -> float:
    """Return A, the outrage that an override would cause, in 0 to base + evidence + observers."""
    return clipped(lead, p.lead_scale) * public_evidence(evidence_share, observer_strength, p)
