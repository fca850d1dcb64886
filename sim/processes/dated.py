"""Waiting for a day exactly, and for the moment from which a scenario's forcing holds."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.ledger import Event
from sim.processes.world import World, forcing_start, wait_for
from sim.records import events
from sim.records.decisions.forcing import Forcing

Steps = Generator[simpy.Event, Any, None]


def until(world: World, day: float) -> simpy.Timeout:
    """Return a timeout that ends at `day` or the smallest float above it, never below; at once for
    a day gone by.
    """
    delay = max(0.0, day - world.env.now)
    while world.env.now + delay < day:
        delay = math.nextafter(delay, math.inf)
    return world.env.timeout(delay)


def dated(world: World, actor: str, decision: str) -> list[Forcing]:
    """Return the forcings of a decision that name a day or an event, and so create an occasion of
    their own.
    """
    return [
        f
        for f in world.forcings
        if f.actor == actor and f.decision == decision and not (f.day is None and f.after is None)
    ]


def forced_moment(world: World, forcing: Forcing) -> Steps:
    """Wait until a forcing holds."""
    while (start := forcing_start(world, forcing)) is None:
        kind: type[Event] = getattr(events, str(forcing.after))
        yield wait_for(world, kind)
    yield until(world, start)
