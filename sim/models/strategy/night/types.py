"""What is true of a case and nobody knows: its types, from standard normal and uniform numbers
(docs/model/night.md).
"""

from __future__ import annotations

import math

from sim.records.parameters.after.night import Night

VALUE_MOST = 0.5
LOYALTY_LEAST = 0.3


def clipped(x: float, low: float, high: float) -> float:
    """Return x within low and high."""
    return min(max(x, low), high)


def exit_cost(z: float, p: Night) -> float:
    """Return X, what leaving office costs: lognormal, more for each term served."""
    median = p.exit_cost * (1 + p.exit_cost_per_term * (p.terms_served - 1))
    return median * math.exp(p.exit_cost_sigma * z)


def value_of_opposition(z: float, p: Night) -> float:
    """Return v, what an orderly life in opposition is worth."""
    return clipped(p.value_of_opposition + p.value_of_opposition_sd * z, 0.0, VALUE_MOST)


def loyalty(z: float, p: Night) -> float:
    """Return F, the loyalty of the command."""
    return clipped(p.loyalty_mean + p.loyalty_sd * z, LOYALTY_LEAST, 1.0)


def loyalty_seen(true: float, z: float, p: Night) -> float:
    """Return what the incumbent takes F to be."""
    return clipped(true + p.loyalty_noise_sd * z, 0.0, 1.0)


def copies_seen(true: float, z: float, p: Night) -> float:
    """Return the copies that the incumbent expects witnesses to hold; none where there are none."""
    return clipped(true + p.copies_noise_sd * z, 0.02, 0.98) if true > 0 else 0.0


def obedience(u: float, p: Night) -> float:
    """Return the chance that the authority carries out an order, Beta(obedience_shape, 1)."""
    return float(u ** (1 / p.obedience_shape))
