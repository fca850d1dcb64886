"""The mediator: it attends a table or stays away."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import TableView, View
from sim.records.parameters.root import Parameters


class Mediator:
    """Asked at the start and at each new spell of talks; its presence is the covariate
    `mediator`.
    """

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {"attend": YES_NO}
        self.meanings = {"attend": "whether it comes to a spell of talks of a track"}
        self.sees = frozenset({"track", "available"})

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the mediator attends the track's talks.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case TableView():
                return with_probability(
                    view, self.p.negotiation.tracks[view.track].mediator_share, rng
                )
            case _:
                raise KeyError(view.decision)
