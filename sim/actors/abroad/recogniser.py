"""A state or block abroad before an announced winner, by its stance."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.models.strategy.after.recognition import (
    accepts,
    accepts_uncontested,
    calls_winner,
    withholds,
)
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView, View
from sim.records.parameters.cast import Stance
from sim.records.parameters.root import Parameters

MEANINGS = {
    "recognise": "whether it recognises the announced winner; a critical one the challenger, "
    "where the result is contested",
    "ask_for_tables": "whether it asks the authority for results by table",
    "call_winner": "whether it calls the challenger the winner",
}


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
            "measures",
            "boycott",
            "belief",
            "verdicts",
            "annulled",
            "certified",
        }
    )

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.stance, self.gain = p.cast[key].recogniser.stance, p.cast[key].recogniser.gain
        asked = ("recognise", "ask_for_tables") if self.stance == "patient" else ("recognise",)
        if self.stance == "critical" and "sender" in p.cast[key].roles:
            asked = ("call_winner",)
        self.decisions = dict.fromkeys(asked, YES_NO)
        self.meanings = {decision: MEANINGS[decision] for decision in asked}

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether it recognises, asks for results by table, or calls a winner.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case AbroadView():
                rule = ANSWERS.get(view.decision, RULES[self.stance])
                return with_probability(view, rule(view, self.p, self.gain), rng)
            case _:
                raise KeyError(view.decision)


def asks(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance of asking for results by table."""
    return 0.0 if view.tables_published else p.recogniser.patient.asks


def ally(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance that an ally recognises the announced winner at once."""
    return p.recogniser.ally.share


def guarded(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance that a guarded one accepts the announced winner."""
    rules = p.recogniser.guarded
    if not view.contested:
        return accepts_uncontested(view.boycott, "bar_candidate" in view.measures, rules)
    return float(accepts(view.belief, view.verdicts, 0.0, view.annulled, rules))


def patient(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance of recognising the announced winner before the limit; at once where nobody
    contests.
    """
    if not view.contested:
        return 1.0
    rules = p.recogniser.patient
    return 1 - float(withholds(view.belief, 0.0, view.certified, view.tables_published, rules))


def critical(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance of calling the challenger the winner when contested, else of recognising
    the announced winner, unless the vote was boycotted (as the Lima Group in May 2018).
    """
    return call_probability(view, p, gain) if view.contested else float(not view.boycott)


def call_probability(view: AbroadView, p: Parameters, gain: float) -> float:
    """Return the chance of calling the challenger the winner of a contested election."""
    called = calls_winner(view.belief, gain, view.annulled, p.recogniser.critical)
    return float(called) * view.contested


RULES: dict[Stance, Callable[[AbroadView, Parameters, float], float]] = {
    "ally": ally,
    "guarded": guarded,
    "patient": patient,
    "critical": critical,
}
ANSWERS: dict[str, Callable[[AbroadView, Parameters, float], float]] = {
    "ask_for_tables": asks,
    "call_winner": call_probability,
}
