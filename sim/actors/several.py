"""A member with several roles: each decision is that of the role to which it belongs."""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import Actor
from sim.records.decisions.action import Action
from sim.records.decisions.view import View


class Several:
    """Roles side by side; where two declare one decision, the first takes it."""

    def __init__(self, key: str, roles: tuple[Actor, ...]) -> None:
        self.key = key
        self.roles = roles
        self.decisions: dict[str, tuple[str, ...]] = {}
        for role in reversed(roles):
            self.decisions |= role.decisions
        self.meanings: dict[str, str] = {}
        for role in reversed(roles):
            self.meanings |= role.meanings
        self.sees = frozenset().union(*(role.sees for role in roles))

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the action of the role that takes `view.decision`.

        Raises:
            KeyError: no role takes it.
        """
        for role in self.roles:
            if view.decision in role.decisions:
                return role.decide(view, rng)
        raise KeyError(view.decision)
