"""The minor candidates: recognise the announced winner or not; withdraw only where a scenario says
so.
"""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import AcceptanceView, View
from sim.records.parameters.root import Parameters


class Minor:
    """A signatory of the pledge accepts any announcement, the others one that nobody contests."""

    decisions = dict.fromkeys(("recognise", "withdraw"), YES_NO)
    meanings = {  # noqa: RUF012 (a literal that is never written to)
        "recognise": "whether it recognises the announced winner",
        "withdraw": "whether it withdraws before the vote (only where a scenario says so)",
    }
    sees = frozenset({"available", "pledged", "contested"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether one minor candidate recognises the announced winner, or withdraws (never
        by itself).
        """
        match view:
            case AcceptanceView():
                return with_probability(view, float(view.pledged or not view.contested), rng)
            case _:
                return with_probability(view, 0.0, rng)
