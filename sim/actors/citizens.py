"""Citizens as one actor: whether a protest begins at all. How it spreads is the crowd's
(models/mobilisation).
"""

from __future__ import annotations

import math

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import ProtestView, View
from sim.records.parameters.root import Parameters


class Citizens:
    """Wants to be heard where there is outrage."""

    decisions = {"protest": YES_NO}  # noqa: RUF012 (a literal that is never written to)
    meanings = {"protest": "whether there is protest on a day"}  # noqa: RUF012
    sees = frozenset({"available", "protest_level"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether at least one protest begins; the process counts them by the same uniform.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case ProtestView():
                return with_probability(view, 1 - math.exp(-view.protest_level), rng)
            case _:
                raise KeyError(view.decision)
