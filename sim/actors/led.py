"""A member whose decisions a user's own code takes, after its rule has drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from numpy.random import Generator

from sim.actors.base import Actor
from sim.records.decisions.action import Action
from sim.records.decisions.view import View

Policy = Callable[[View, Action, Generator], str]
"""(what the member knows, what its rule drew, random numbers of its own) -> one of the options."""


class Led:
    """An actor with a policy. The rule draws first, so that no other draw moves; an option that a
    scenario fixes wins over both.
    """

    def __init__(self, actor: Actor, policy: Policy, rng: Generator) -> None:
        self.key = actor.key
        self.decisions: Mapping[str, tuple[str, ...]] = actor.decisions
        self.meanings = actor.meanings
        self.sees = actor.sees
        self._actor, self._policy, self._rng = actor, policy, rng

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the rule's action with the option that the policy chose.

        Raises:
            ValueError: the policy returned what is no option here.
        """
        action = self._actor.decide(view, rng)
        option = self._policy(view, action, self._rng)
        there = action.options if view.available is None else view.available
        if option not in action.options or option not in there:
            raise ValueError(
                f"the policy of {self.key} returned {option!r} for {view.decision!r}; there are: "
                f"{', '.join(x for x in action.options if x in there)}"
            )
        return replace(action, option=option)
