"""A state or block abroad before an announced winner, by its stance."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.actors.sender_reviews import believed
from sim.models.strategy.recognition import eu_accepts_probability, winner_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView, View
from sim.records.parameters.cast import Stance
from sim.records.parameters.root import Parameters


class Recogniser:
    """Wants to side with who will govern. "recognise": ally, guarded, patient: the announced
    winner; critical: the challenger where the result is contested.

    "ask_for_tables": a patient one asks the authority for results by table. "call_winner": a
    critical one that sanctions calls the challenger the winner, or nobody.
    """

    sees = frozenset(
        {
            "available",
            "contested",
            "tables_published",
            "copies_share",
            "copies_lead",
            "lead_mean",
            "sheets_published",
        }
    )

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.stance = p.cast[key].recogniser.stance
        asked = ("recognise", "ask_for_tables") if self.stance == "patient" else ("recognise",)
        if self.stance == "critical" and "sender" in p.cast[key].roles:
            asked = ("call_winner",)
        self.decisions = dict.fromkeys(asked, YES_NO)

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether it recognises, asks for results by table, or calls a winner.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case AbroadView(decision="recognise"):
                return with_probability(view, RULES[self.stance](view, self.p), rng)
            case AbroadView():
                return with_probability(view, ANSWERS[view.decision](view, self.p), rng)
            case _:
                raise KeyError(view.decision)


def asks(view: AbroadView, p: Parameters) -> float:
    """Return the chance of asking for results by table."""
    return 0.0 if view.tables_published else p.aftermath.abroad.region_left_asks


def ally(view: AbroadView, p: Parameters) -> float:
    """Return the chance that an ally recognises the announced winner at once."""
    return p.aftermath.abroad.allies


def guarded(view: AbroadView, p: Parameters) -> float:
    """Return the chance that a guarded one accepts the announced winner."""
    return eu_accepts_probability(view.copies_share, view.contested, p.aftermath.abroad)


def patient(view: AbroadView, p: Parameters) -> float:
    """Return the chance of recognising the announced winner before the limit; at once where nobody
    contests.
    """
    return 1 - p.aftermath.abroad.region_left_waits if view.contested else 1.0


def critical(view: AbroadView, p: Parameters) -> float:
    """Return the chance of calling the challenger the winner when contested, else of recognising
    the announced winner (1).
    """
    if not view.contested:
        return 1.0
    return min(call_probability(view, p) + p.aftermath.abroad.region_right_gain, 1.0)


def call_probability(view: AbroadView, p: Parameters) -> float:
    """Return the chance of calling the challenger the winner of a contested election."""
    published = view.copies_share * view.sheets_published
    scale = p.night.outrage.lead_scale
    called = winner_probability(published, believed(view), scale, p.aftermath.abroad)
    return called * view.contested


RULES: dict[Stance, Callable[[AbroadView, Parameters], float]] = {
    "ally": ally,
    "guarded": guarded,
    "patient": patient,
    "critical": critical,
}
ANSWERS: dict[str, Callable[[AbroadView, Parameters], float]] = {
    "ask_for_tables": asks,
    "call_winner": call_probability,
}
