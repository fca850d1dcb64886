"""The court before which a contested result is brought."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import View
from sim.records.parameters.root import Parameters


class Court:
    """Certifies the announced result, or rules nothing; it is asked only where there is a
    petition.
    """

    decisions = {"certify": YES_NO}  # noqa: RUF012 (a literal that is never written to)
    sees = frozenset({"available"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the announced result is certified."""
        return with_probability(view, self.p.aftermath.government.certify, rng)
