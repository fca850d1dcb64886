"""The security forces: stay or defect."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator

from sim.actors.base import with_probability
from sim.models.strategy.hazards import defection_rates
from sim.records.decisions.action import Action
from sim.records.decisions.view import DefectionView, View
from sim.records.parameters.root import Parameters


class Forces:
    """Wants safety. One decision stands for one day; the process inverts the hazard of all days at
    once.
    """

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

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the command defects on this day; never by itself where nothing is known of
        the day.
        """
        match view:
            case DefectionView():
                return with_probability(view, chance(view, self.p), rng)
            case _:
                return with_probability(view, 0.0, rng)


def chance(view: DefectionView, p: Parameters) -> float:
    """Return the chance of defecting on one day; 0 where nobody contests the result."""
    published = view.copies_share * view.sheets_published
    rates = defection_rates(
        np.array([view.protest_level]), published, view.loyalty_seen, p.aftermath.hazards
    )
    return 1 - math.exp(-float(rates[0]) * view.contested)
