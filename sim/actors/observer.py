"""Observation missions: a statement with a verdict, from findings and from what is public."""

from __future__ import annotations

from numpy.random import Generator

from sim.records.decisions.action import Action
from sim.records.decisions.view import StatementView, View
from sim.records.parameters.root import Parameters
from sim.records.seen.finding import INCONSISTENT, UNDECIDED

VERDICTS = ("negative", "positive", "none")


class Observer:
    """Wants to be right."""

    decisions = {"statement": VERDICTS}  # noqa: RUF012 (a literal that is never written to)
    meanings = {  # noqa: RUF012 (a literal that is never written to)
        "statement": "its statement on the conduct of the election: negative, positive or none"
    }
    sees = frozenset({"tables_published", "doubt", "findings"})

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the verdict. With findings it follows from them; else by one uniform.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case StatementView():
                return statement(view, rng)
            case _:
                raise KeyError(view.decision)


def statement(view: StatementView, rng: Generator) -> Action:
    """Return the verdict of a mission (docs/model/strategy.md, section 8); it says nothing where
    every finding open to it is undecided.
    """
    negative = negative_by_evidence(view) if view.findings else view.doubt
    silent = bool(view.findings) and not negative and all(f == UNDECIDED for f in view.findings)
    probabilities = (0.0, 0.0, 1.0) if silent else (negative, 1 - negative, 0.0)
    u = rng.random()
    option = "none" if silent else "negative" if u < negative else "positive"
    return Action(view.decision, option, VERDICTS, probabilities, probabilities)


def negative_by_evidence(view: StatementView) -> float:
    """Return 1 if no rows are out in time or an estimator says inconsistent, else 0."""
    return float(not view.tables_published or INCONSISTENT in view.findings)
