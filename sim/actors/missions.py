"""Observation missions: a statement with a verdict, from findings and from what is public."""

from __future__ import annotations

from numpy.random import Generator

from sim.records.action import Action
from sim.records.finding import INCONSISTENT, UNDECIDED
from sim.records.parameters.root import Parameters
from sim.records.view import View

VERDICTS = ("negative", "positive", "none")


class Missions:
    """Wants to be right.

    `view.findings`: verdicts of the estimators open to the mission that speaks.
    """

    key = "missions"
    decisions = {"statement": VERDICTS}  # noqa: RUF012 (a literal that is never written to)
    sees = frozenset({"contested", "tables_published", "stopped", "findings"})

    def __init__(self, p: Parameters) -> None:
        self.p = p

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the verdict.

        With findings it follows from them (strategy.md and house.md); else by one uniform.
        """
        negative = (
            negative_by_evidence(view) if view.findings else negative_by_conduct(view, self.p)
        )
        silent = bool(view.findings) and not negative and all(f == UNDECIDED for f in view.findings)
        probabilities = (0.0, 0.0, 1.0) if silent else (negative, 1 - negative, 0.0)
        u = rng.random()
        option = "none" if silent else "negative" if u < negative else "positive"
        return Action(self.key, view.decision, option, VERDICTS, probabilities, probabilities)


def negative_by_evidence(view: View) -> float:
    """Return 1 if no rows are out in time or an estimator says inconsistent, else 0."""
    return float(not view.tables_published or INCONSISTENT in view.findings)


def negative_by_conduct(view: View, p: Parameters) -> float:
    """Return the chance of a negative verdict where no estimator is in use."""
    unverified = view.contested and (not view.tables_published or view.stopped)
    return p.missions.negative_unverified if unverified else p.missions.negative_otherwise
