"""The electoral authority: carries out orders, and admits or refuses whom others name."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import OrderView, View
from sim.records.parameters.root import Parameters


class Authority:
    """Obeys; with the complement of its obedience an order is not carried out."""

    decisions = dict.fromkeys(("carry_out", "admit_substitute", "admit_leader"), YES_NO)
    meanings = {  # noqa: RUF012 (a literal that is never written to)
        "carry_out": "whether an order of the government is carried out",
        "admit_substitute": "whether a substitute for a barred candidate is admitted",
        "admit_leader": "whether an excluded leader is admitted to a ballot that was opened again",
    }
    sees = frozenset({"available", "obedience"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether an order is carried out, a substitute admitted, an excluded leader
        admitted to a reopened ballot.
        """
        if view.decision == "admit_substitute":
            return admit_substitute(view, rng, self.p)
        probability = view.obedience if isinstance(view, OrderView) else 1.0
        return with_probability(view, probability, rng)


def admit_substitute(view: View, rng: Generator, p: Parameters) -> Action:
    """Admit a substitute with a chance drawn from a Beta; the uniform comes first, so no parameter
    moves it.
    """
    u = rng.random()
    probability = float(rng.beta(p.candidacy.admission_a, p.candidacy.admission_b))
    pair = (probability, 1 - probability)
    return Action(view.decision, "yes" if u < probability else "no", YES_NO, pair, pair)
