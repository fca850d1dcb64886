"""A church that may bless whoever was announced."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import View
from sim.records.parameters.root import Parameters


class Church:
    """Asked once, after the announcement."""

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {"bless": YES_NO}
        self.meanings = {"bless": "whether it blesses the announced winner"}
        self.sees = frozenset({"available"})

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether it blesses."""
        if view.decision != "bless":
            raise KeyError(view.decision)
        return with_probability(view, 0.5, rng)
