"""Who sanctions: negotiating partner, owner of the licence book, and reviewer of both."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.abroad.sender_reviews import (
    REVIEW_DECISIONS,
    REVIEW_MEANINGS,
    REVIEW_SEES,
    decide_review,
)
from sim.actors.talks.sender_talks import (
    TALKS_DECISIONS,
    TALKS_MEANINGS,
    TALKS_SEES,
    amendments,
    decide_talks,
)
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView, View
from sim.records.parameters.root import Parameters


class Sender:
    """Wants concessions from the sanctioned incumbent; pays for sanctions and for empty threats."""

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {
            **TALKS_DECISIONS,
            **REVIEW_DECISIONS,
            "amend": amendments(p),
        }
        self.meanings = TALKS_MEANINGS | REVIEW_MEANINGS
        self.sees = TALKS_SEES | REVIEW_SEES | {"available"}

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the action for `view.decision`.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case AbroadView():
                return decide_review(view, rng, self.p)
            case _:
                return decide_talks(view, rng, self.p)
