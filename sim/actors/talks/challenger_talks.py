"""The platform at the negotiating table: it signs what leaves it better off by enough."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability
from sim.models.strategy.table.promises import signs
from sim.records.decisions.action import Action
from sim.records.decisions.view import SigningView
from sim.records.parameters.root import Parameters

TALKS_DECISIONS: dict[str, tuple[str, ...]] = {"sign": YES_NO}
TALKS_SEES = frozenset({"surplus_self"})


def decide_talks(view: SigningView, rng: Generator, p: Parameters) -> Action:
    """Return "yes" to a package whose perceived surplus reaches the least gain."""
    return with_probability(view, signs(p, view.surplus_self), rng)
