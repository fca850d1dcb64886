"""Who holds the office: defection, negotiated transition, exile or detention of the candidate,
handover, inauguration.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.processes.dated import until_moment
from sim.processes.moments import horizon
from sim.processes.world import World, decide, forced_option, record
from sim.records.decisions.view import View
from sim.records.events import (
    CandidateDetained,
    CandidateExiled,
    Decided,
    ForcesDefected,
    Inaugurated,
    OfficeTaken,
    TransitionAgreed,
)

HAZARD = "strategy/hazard/{cause}"
OFFICE = "strategy/aftermath/office"
HANDOVER = "strategy/aftermath/handover"


def start(world: World) -> None:
    """Wait for a contested announcement (its repression is decided last) and for the
    inauguration.
    """
    world.env.process(_inauguration(world))


def draw(world: World, cause: str) -> float:
    """Return the exponential number of a hazard."""
    return float(world.streams(HAZARD.format(cause=cause)).standard_exponential())


def command_leaves(world: World, cause: str) -> None:
    """Let the command leave the incumbent, unless a scenario fixes that it stays."""
    fixed = forced_option(world, world.who.forces, "defect")
    option, now = fixed or "yes", world.env.now
    record(world, Decided(now, world.who.forces, "defect", option, 1.0, fixed is not None))
    if option == "yes":
        defect(world, cause)


def defect(world: World, cause: str = "scenario") -> None:
    """Let the command defect, unless the incumbent is leaving already."""
    if leaving(world):
        return
    record(world, ForcesDefected(world.env.now, cause))
    leave(world)


def leaving(world: World) -> bool:
    """Return whether the incumbent is out of office, or leaves it within days."""
    return world.aftermath.left or world.aftermath.office_holder != "incumbent"


def agree_to_leave(world: World) -> None:
    """Let a negotiated way out be agreed."""
    if not leaving(world):
        record(world, TransitionAgreed(world.env.now, world.conduct.guarantees))
        leave(world)


def leave(world: World) -> None:
    """Let the incumbent leave after some days."""
    world.aftermath.left = True
    world.env.process(_leaves(world))


def _leaves(world: World) -> Generator[simpy.Event, Any, None]:
    yield world.env.timeout(world.p.succession.leaves_days)
    to_opposition = float(world.streams(OFFICE).random()) < world.p.succession.office_to_opposition
    take_office(world, "opposition" if to_opposition else "interim")


def take_office(world: World, holder: str) -> None:
    """Let somebody else take the office."""
    if world.aftermath.office_holder != holder:
        world.aftermath.office_holder = holder
        record(world, OfficeTaken(world.env.now, holder))


def fate(world: World) -> Generator[simpy.Event, Any, None]:
    """Invert exile and detention of the candidate; the first one ends both, and so does the
    incumbent's departure.
    """
    p, name = world.p.succession, world.conduct.carrier
    early = world.conduct.poll_day + world.p.aftermath.early_days
    waits = {
        cause: draw(world, cause) / rate if rate > 0 else math.inf
        for cause, rate in (("exile", p.exile), ("detention", p.detention))
    }
    cause = min(waits, key=lambda key: waits[key])
    day = early + waits[cause]
    if name is None or day >= horizon(world):
        return
    yield world.env.timeout(max(day - world.env.now, 0.0))
    if not world.aftermath.left and world.aftermath.office_holder == "incumbent":
        record(
            world, (CandidateExiled if cause == "exile" else CandidateDetained)(world.env.now, name)
        )


def _inauguration(world: World) -> Generator[simpy.Event, Any, None]:
    """Hand over, or not, to an announced winner of the opposition; a vote held later waits for its
    own limit.
    """
    yield from until_moment(world, world.p.calendar.inauguration)
    hand_over(world)
    record(world, Inaugurated(world.env.now, world.aftermath.office_holder))
    late = world.conduct.poll_day + world.p.aftermath.limit_days
    if world.env.now < late < horizon(world):
        yield world.env.timeout(late - world.env.now)
        hand_over(world)


def hand_over(world: World) -> None:
    """Ask the government to hand over where it has announced that somebody else won."""
    announced = world.aftermath.announcement
    if (
        announced is None
        or announced.winner in ("incumbent", "none")
        or world.aftermath.office_holder != "incumbent"
    ):
        return
    if (
        decide(world, world.who.incumbent, View("handover", world.env.now), HANDOVER).option
        == "yes"
    ):
        take_office(world, announced.winner)
