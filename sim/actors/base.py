"""The one interface of all actors: a pure choice on an information set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from numpy.random import Generator

from sim.models.strategy.response import NEVER, choice_probabilities, choose, logistic
from sim.records.decisions.action import Action
from sim.records.decisions.view import View

YES_NO = ("yes", "no")


class Actor(Protocol):
    """Chooses on a View, and declares what it chooses among and what it looks at."""

    @property
    def key(self) -> str:
        """Return the key of the member in the cast."""
        ...

    @property
    def decisions(self) -> Mapping[str, tuple[str, ...]]:
        """Return decision -> closed list of options."""
        ...

    @property
    def meanings(self) -> Mapping[str, str]:
        """Return decision -> what is decided, in words."""
        ...

    @property
    def sees(self) -> frozenset[str]:
        """Return the fields of its views that may move a decision."""
        ...

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the action for `view.decision`.

        Draws a number of random numbers that no parameter and no view changes.
        """
        ...


def pick(
    view: View,
    options: Sequence[str],
    utilities: Sequence[float],
    rationality: float,
    rng: Generator,
) -> Action:
    """Choose by logit response; options outside `view.available` get utility -inf, and their Gumbel
    is drawn all the same.
    """
    allowed = [
        u if view.available is None or option in view.available else NEVER
        for option, u in zip(options, utilities, strict=True)
    ]
    chosen = choose(allowed, rationality, rng)
    probabilities = choice_probabilities(allowed, rationality)
    return Action(view.decision, options[chosen], tuple(options), tuple(allowed), probabilities)


def yes_or_no(view: View, eta: float, rng: Generator) -> Action:
    """Choose "yes" with probability L(eta), by one uniform."""
    return with_probability(view, logistic(eta), rng)


def with_probability(view: View, probability: float, rng: Generator) -> Action:
    """Choose "yes" with the given probability, by one uniform; "no" where "yes" is not
    available.
    """
    u = rng.random()
    if view.available is not None and "yes" not in view.available:
        probability = 0.0
    option = "yes" if u < probability else "no"
    return Action(
        view.decision,
        option,
        YES_NO,
        (probability, 1 - probability),
        (probability, 1 - probability),
    )
