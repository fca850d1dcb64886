"""Third states in four blocks: allies, the EU, and two parts of the region."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.actors.us_aftermath import call_probability
from sim.models.strategy.recognition import accepts, accepts_uncontested, withholds
from sim.records.decisions.action import Action
from sim.records.decisions.view import AbroadView, View
from sim.records.parameters.root import Parameters

RIGHT_GAIN = 0.6


class ThirdStates:
    """One block. "recognise": allies, eu, region_left: the announced winner; region_right, when
    contested: the challenger.

    "ask_for_tables": region_left asks the authority for results by table.
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

    def __init__(self, key: str, p: Parameters) -> None:
        self.key = key
        self.p = p
        asked = ("recognise", "ask_for_tables") if key == "region_left" else ("recognise",)
        self.decisions = dict.fromkeys(asked, YES_NO)

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the block recognises, or asks for results by table.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case AbroadView():
                rule = asks if view.decision == "ask_for_tables" else RULES[self.key]
                return with_probability(self.key, view, rule(view, self.p), rng)
            case _:
                raise KeyError(view.decision)


def asks(view: AbroadView, p: Parameters) -> float:
    """Return the chance of asking for results by table."""
    return 0.0 if view.tables_published else p.recogniser.patient.asks


def allies(view: AbroadView, p: Parameters) -> float:
    """Return the chance that allies recognise the announced winner at once."""
    return p.recogniser.ally.share


def eu(view: AbroadView, p: Parameters) -> float:
    """Return the chance that the EU accepts the announced winner."""
    rules = p.recogniser.guarded
    if not view.contested:
        return accepts_uncontested(view.boycott, "bar_candidate" in view.measures, rules)
    return float(accepts(view.belief, view.verdicts, 0.0, view.annulled, rules))


def region_left(view: AbroadView, p: Parameters) -> float:
    """Return the chance of recognising the announced winner before the limit; at once where nobody
    contests.
    """
    if not view.contested:
        return 1.0
    rules = p.recogniser.patient
    return 1 - float(withholds(view.belief, 0.0, view.certified, view.tables_published, rules))


def region_right(view: AbroadView, p: Parameters) -> float:
    """Return the chance of calling the challenger the winner when contested, else of recognising
    the announced winner (1).
    """
    return call_probability(view, p, RIGHT_GAIN) if view.contested else 1.0


RULES: dict[str, Callable[[AbroadView, Parameters], float]] = {
    "allies": allies,
    "eu": eu,
    "region_left": region_left,
    "region_right": region_right,
}
