"""The court before which a contested result is brought."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.records.decisions.action import Action
from sim.records.decisions.view import CertifyView, View
from sim.records.parameters.root import Parameters


class Court:
    """Certifies the announced result, annuls the vote, or rules nothing; it is asked only where
    there is a petition.
    """

    decisions = dict.fromkeys(("certify", "annul"), YES_NO)
    meanings = {  # noqa: RUF012 (a literal that is never written to)
        "certify": "whether the announced result is certified, early or in the end",
        "annul": "whether the vote is annulled on the challenger's petition",
    }
    sees = frozenset({"available", "early"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return whether the announced result is certified, or the vote annulled."""
        rules = self.p.court
        match view:
            case CertifyView():
                # the late ruling is asked only where the early one said no
                late = max(rules.certify_in_the_end - rules.certify, 0.0) / max(
                    1 - rules.certify, 1e-9
                )
                chance = rules.certify if view.early else min(late, 1.0)
                return with_probability(view, chance, rng)
            case _:
                return with_probability(view, rules.independence, rng)
