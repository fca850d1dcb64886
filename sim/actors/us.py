"""The sanctioning state: negotiating partner, owner of the licence book, and one of those who
recognise a winner.
"""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.us_aftermath import AFTERMATH_DECISIONS, AFTERMATH_SEES, decide_aftermath
from sim.actors.us_sanctions import TALKS_DECISIONS, TALKS_SEES, amendments, decide_talks
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView, View
from sim.records.parameters.root import Parameters


class SanctioningState:
    """Wants concessions from the sanctioned government; pays for sanctions and for empty
    threats.
    """

    key = "us"

    def __init__(self, p: Parameters) -> None:
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {
            **TALKS_DECISIONS,
            **AFTERMATH_DECISIONS,
            "amend": amendments(p),
        }
        self.sees = TALKS_SEES | AFTERMATH_SEES | {"available"}

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the action for `view.decision`."""
        match view:
            case AbroadView():
                return decide_aftermath(view, rng, self.p)
            case _:
                return decide_talks(view, rng, self.p)
