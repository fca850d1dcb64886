"""The minor candidates: recognise the announced winner or not; withdraw, and endorse somebody."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.models.strategy.response import draw_by_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import AcceptanceView, View
from sim.records.parameters.root import Parameters

ENDORSED = ("challenger", "incumbent", "nobody")


class Minor:
    """A signatory of the pledge accepts any announcement, the others one that nobody contests."""

    decisions = {  # noqa: RUF012 (a literal that is never written to)
        "recognise": YES_NO,
        "withdraw": YES_NO,
        "endorse": ENDORSED,
    }
    meanings = {  # noqa: RUF012 (a literal that is never written to)
        "recognise": "whether it recognises the announced winner",
        "withdraw": "whether it withdraws before the vote (by itself at a rate of the case)",
        "endorse": "whom it endorses when it withdraws",
    }
    sees = frozenset({"available", "pledged", "contested"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether one minor candidate recognises the announced winner, withdraws (asked only
        where a scenario says so: never by itself), or whom it endorses.
        """
        match view:
            case AcceptanceView():
                return with_probability(view, float(view.pledged or not view.contested), rng)
            case View(decision="endorse"):
                return endorse(view, rng, self.p)
            case _:
                return with_probability(view, 0.0, rng)


def endorse(view: View, rng: Generator, p: Parameters) -> Action:
    """Endorse the challenger's candidate, the incumbent or nobody, by one uniform; nobody in place
    of who cannot be endorsed.
    """
    rules, there = p.candidacy, view.available or ENDORSED
    challenger = rules.endorse_challenger * ("challenger" in there)
    incumbent = min(rules.endorse_incumbent, 1 - rules.endorse_challenger) * ("incumbent" in there)
    chances = (challenger, incumbent, 1 - challenger - incumbent)
    chosen = ENDORSED[draw_by_probability(chances, rng)]
    return Action(view.decision, chosen, ENDORSED, chances, chances)
