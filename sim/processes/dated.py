"""Waiting for a day exactly, for a moment, and for the moment from which a scenario's forcing
holds.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.models.strategy.table.talks import DAYTIME, in_daytime, in_office_hours
from sim.processes.moments import due, moment
from sim.processes.world import World, wait_for
from sim.records import events
from sim.records.decisions.forcing import Forcing
from sim.records.moments import Day, Tied

Steps = Generator[simpy.Event, Any, None]


def until(world: World, day: float) -> simpy.Timeout:
    """Return a timeout that ends at `day` or the smallest float above it, never below; at once for
    a day gone by.
    """
    delay = max(0.0, day - world.env.now)
    while world.env.now + delay < day:
        delay = math.nextafter(delay, math.inf)
    return world.env.timeout(delay)


def by_day(world: World, day: float) -> float:
    """Return when something of `day` becomes public: now if it is due and day, else on its day
    between 8:00 and 20:00, on the next one where that has gone by.
    """
    moved, now = in_daytime(day), world.env.now
    if day <= now and DAYTIME[0] <= 24 * (now % 1) <= DAYTIME[1]:
        return now
    return moved if moved >= now else max(in_daytime(day + 1), now)


def in_office(world: World, day: float) -> float:
    """Return when an office acts that is due to act on `day`: on a working day, in its hours."""
    first, hours = world.p.vote.days[0].weekday(), world.p.negotiation.hours
    moved, now = in_office_hours(day, day % 1, first, hours), world.env.now
    return moved if moved >= now else max(in_office_hours(day + 1, day % 1, first, hours), now)


def until_moment(world: World, given: Day | Tied | float) -> Steps:
    """Wait for a moment, however far what it hangs on is moved meanwhile (`yield from`)."""
    while (day := moment(world, given)) is None:
        anchor = given.anchor if isinstance(given, Tied) else ""
        yield wait_for(world, getattr(events, anchor, events.ResultAnnounced))
    yield until(world, day)
    while world.env.now < due(world, given):
        yield until(world, due(world, given))


def dated(world: World, actor: str, decision: str) -> list[Forcing]:
    """Return the forcings of a decision that name a time, and so an occasion of their own."""
    return [
        f
        for f in world.forcings
        if f.actor == actor and f.decision == decision and f.at is not None
    ]


def forced_moment(world: World, forcing: Forcing) -> Steps:
    """Wait until a forcing holds."""
    if forcing.at is not None:
        yield from until_moment(world, forcing.at)
