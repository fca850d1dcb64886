"""Conduct before the night: logits of measures and of a stop, utilities of excluding witnesses
(docs/model/strategy.md, section 6).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.models.numbers.kalman import normal_cdf
from sim.records.parameters.before.conduct import Expulsion, MeasureTerms, Stop


def belief_of_losing(lead_mean: float, lead_sd: float) -> float:
    """Return pi = N01(mean / sd), the belief that the challenger leads; a sure belief (sd 0) gives
    0, 0.5 or 1.
    """
    if lead_sd <= 0:
        return 0.5 if lead_mean == 0 else float(lead_mean > 0)
    return normal_cdf(lead_mean / lead_sd)


def measure_logit(
    terms: MeasureTerms, pi: float, price_of_breach: float, rationality: float
) -> float:
    """Return the logit of taking a measure at one review (Egorov and Sonin 2021; Donno 2013; this
    project's reduction).
    """
    return rationality * (terms.gain * pi - terms.cost - terms.price_weight * price_of_breach)


def expulsion_utilities(
    levels: Sequence[float], pi: float, broad: bool, p: Expulsion
) -> tuple[float, ...]:
    """Return U(e) for each share of tables at which witnesses are kept out."""
    return tuple(p.gain * pi * e - p.cost * e * e - p.scrutiny * e * (1 + broad) for e in levels)


def stop_logit(internal_lead: float, p: Stop) -> float:
    """Return the logit of stopping transmission."""
    return math.log(p.chance / (1 - p.chance)) + p.ahead * (internal_lead <= 0)
