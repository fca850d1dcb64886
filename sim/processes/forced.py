"""Occasions that a scenario creates: decisions that can be taken at any time, taken on a forced
day.

`handler_of` names every such decision of candidacies, conduct and succession. Decisions that
answer something (the answer to a bar, election night) need no occasion: their option is fixed
wherever they come up.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import simpy

from sim.processes.after import succession
from sim.processes.before import candidacy, conduct, withdrawals
from sim.processes.dated import forced_moment
from sim.processes.world import World, decide
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import View
from sim.records.events import MeasureTaken
from sim.records.who import Who

FORCED = "strategy/forced/{decision}/{target}"


def start(world: World) -> None:
    """Start one process for each forcing of a spontaneous decision that names a day or an event."""
    for forcing in world.forcings:
        handler = handler_of(world.who, forcing)
        if handler is not None and forcing.at is not None:
            world.env.process(_take(world, forcing, handler))


def _take(
    world: World, forcing: Forcing, handler: Callable[[World, Forcing], None]
) -> Generator[simpy.Event, Any, None]:
    yield from forced_moment(world, forcing)
    handler(world, forcing)


def measure(world: World, forcing: Forcing) -> None:
    """Take a measure now, unless it was taken in a review of this very moment."""
    now, name = world.env.now, forcing.decision
    if forcing.option == "no":
        return  # every review finds the option fixed
    just_taken = any(
        event.day == now and event.measure == name for event in world.ledger.of(MeasureTaken)
    )
    if not just_taken and conduct.can_take(world, name, now):
        conduct.consider(world, name, now)


def withdraw(world: World, forcing: Forcing) -> None:
    """Let a minor candidate withdraw."""
    if agreed(world, forcing, forcing.actor):
        withdrawals.withdraw(world, forcing.actor)


def admit_leader(world: World, forcing: Forcing) -> None:
    """Admit the excluded leader."""
    if agreed(world, forcing):
        candidacy.admit_leader(world)


def defect(world: World, forcing: Forcing) -> None:
    """Let the command of the forces defect."""
    if agreed(world, forcing):
        succession.defect(world)


def agreed(world: World, forcing: Forcing, about: str = "") -> bool:
    """Ask the member whose option the scenario fixes."""
    view = View(forcing.decision, world.env.now)
    stream = FORCED.format(decision=forcing.decision, target=about)
    return decide(world, forcing.actor, view, stream).option == "yes"


def handler_of(who: Who, forcing: Forcing) -> Callable[[World, Forcing], None] | None:
    """Return what carries a spontaneous decision out, None where the decision needs an occasion."""
    if forcing.actor == who.incumbent and forcing.decision in conduct.MEASURES:
        return measure
    spontaneous = {
        "withdraw": (who.minors, withdraw),
        "admit_leader": ((who.authority,), admit_leader),
        "defect": ((who.forces,), defect),
    }
    members, handler = spontaneous.get(forcing.decision, ((), None))
    return handler if forcing.actor in members else None
