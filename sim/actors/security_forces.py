"""The security forces: stay or defect."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator

from sim.actors.base import with_probability
from sim.models.strategy.hazards import defection_rates
from sim.records.action import Action
from sim.records.parameters.root import Parameters
from sim.records.view import View


class SecurityForces:
    """Wants safety; its loyalty is its own. One decision stands for one day (the process inverts
    all days at once).
    """

    key = "security_forces"
    decisions = {"defect": ("yes", "no")}  # noqa: RUF012 (a literal that is never written to)
    sees = frozenset(
        {
            "available",
            "protest_level",
            "sheets_published",
            "copies_share",
            "loyalty_seen",
            "contested",
        }
    )

    def __init__(self, p: Parameters) -> None:
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the command defects on this day."""
        published = (view.copies_share or 0.0) * view.sheets_published
        level, loyalty = (
            np.array([view.protest_level or 0.0]),
            1.0 if view.loyalty_seen is None else view.loyalty_seen,
        )
        rate = (
            float(defection_rates(level, published, loyalty, self.p.aftermath.hazards)[0])
            * view.contested
        )
        return with_probability(self.key, view, 1 - math.exp(-rate), rng)
