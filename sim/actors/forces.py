"""The security forces: stay or defect."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import View
from sim.records.parameters.root import Parameters


class Forces:
    """Wants safety. The process inverts the rate of all days at once; a scenario can fix a day."""

    decisions = {"defect": ("yes", "no")}  # noqa: RUF012 (a literal that is never written to)
    meanings = {"defect": "whether the command leaves the government"}  # noqa: RUF012
    sees = frozenset({"available"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the command defects now: never by itself on a day that is only named."""
        return with_probability(view, 0.0, rng)
