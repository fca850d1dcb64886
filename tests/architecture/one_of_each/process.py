"""A church blesses the announced winner, or does not."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import simpy

from sim.ledger import Event
from sim.names import Names
from sim.processes.world import World, decide
from sim.records.decisions.view import View

STREAM = "strategy/blessing"


@dataclass(frozen=True, slots=True)
class Blessed(Event):
    """A church blessed the announced winner."""

    by: str

    def says(self, n: Names) -> str:
        """Return the event as one sentence."""
        return f"{n.voice(self.by)} blesses whoever was announced."


def start(world: World) -> None:
    """Start the wait for the announcement, for each church of the case."""
    for key, member in world.p.cast.items():
        if "church" in member.roles:
            world.env.process(_bless(world, key))


def _bless(world: World, key: str) -> Generator[simpy.Event, Any, None]:
    yield world.env.timeout(max(0.0, 3.0 - world.env.now))
    if decide(world, key, View("bless", world.env.now), STREAM).option == "yes":
        world.ledger.append(Blessed(world.env.now, key))
