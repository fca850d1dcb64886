"""Who holds the office: defection, negotiated transition, exile or detention of the candidate,
handover, inauguration.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.models.strategy.hazards import (
    defection_rates,
    first_day,
    trailing_protest,
    transition_rate,
)
from sim.processes.world import World, decide, forced_option, record, wait_for
from sim.records.decisions.view import View
from sim.records.events import (
    CandidateDetained,
    CandidateExiled,
    CommitmentKept,
    Decided,
    ForcesDefected,
    Inaugurated,
    OfficeTaken,
    RepressionLevel,
    TransitionAgreed,
)

HAZARD = "strategy/hazard/{cause}"
OFFICE = "strategy/aftermath/office"
HANDOVER = "strategy/aftermath/handover"


def start(world: World) -> None:
    """Wait for a contested announcement (its repression is decided last) and for the
    inauguration.
    """
    world.env.process(_contested(world))
    world.env.process(_inauguration(world))


def _contested(world: World) -> Generator[simpy.Event, Any, None]:
    yield wait_for(world, RepressionLevel)
    yield world.env.timeout(0)
    if world.who.forces:
        world.env.process(_defection(world))
    world.env.process(_transition(world))
    world.env.process(_fate(world))


def draw(world: World, cause: str) -> float:
    """Return the exponential number of a hazard."""
    return float(world.streams(HAZARD.format(cause=cause)).standard_exponential())


def _defection(world: World) -> Generator[simpy.Event, Any, None]:
    """Invert the forces' hazard: first without published sheets, again once it is known whether
    they are out.
    """
    start_day, needed = world.env.now, draw(world, "defection")
    early = world.conduct.poll_day + world.p.aftermath.early_days
    day = defection_day(world, start_day, needed, math.inf)
    if day is None or day >= early:
        yield world.env.timeout(max(early - world.env.now, 0.0))
        day = defection_day(world, start_day, needed, early)
    if day is not None:
        yield world.env.timeout(max(day - world.env.now, 0.0))
        fixed = forced_option(world, world.who.forces, "defect")
        record(
            world,
            Decided(
                world.env.now, world.who.forces, "defect", fixed or "yes", 1.0, fixed is not None
            ),
        )
        if fixed != "no":
            defect(world)


def defection_day(
    world: World, start_day: float, needed: float, published_from: float
) -> float | None:
    """Return the day on which the forces' cumulated hazard reaches `needed`."""
    first = math.floor(start_day)
    days = np.arange(first, math.ceil(world.p.calendar.horizon_day))
    counts = np.array(
        [world.aftermath.protest_days.get(int(day), 0) for day in days], dtype=np.int64
    )
    early = world.conduct.poll_day + world.p.aftermath.early_days
    seen = world.electorate.copies_scanned_share(early) * world.aftermath.sheets_published
    published = np.where(days >= published_from, seen, 0.0)
    p = world.p.aftermath.hazards
    return first_day(
        start_day,
        defection_rates(trailing_protest(counts, p), published, world.conduct.loyalty, p),
        needed,
    )


def defect(world: World) -> None:
    """Let the command defect, unless the incumbent is leaving already."""
    if world.aftermath.left or world.aftermath.office_holder != "incumbent":
        return
    record(world, ForcesDefected(world.env.now))
    leave(world)


def _transition(world: World) -> Generator[simpy.Event, Any, None]:
    """Invert the hazard of a negotiated transition; a kept promise of guarantees changes it on its
    day.
    """
    left, fires = draw(world, "transition"), False
    while not fires:
        since, guarantees = world.env.now, world.conduct.guarantees
        rate = transition_rate(
            guarantees, world.aftermath.outrage[world.who.incumbent], world.p.aftermath.hazards
        )
        fires = yield from _waited(world, left / rate if rate > 0 else math.inf)
        left = max(left - rate * (world.env.now - since), 0.0)
    if not world.aftermath.left and world.aftermath.office_holder == "incumbent":
        record(world, TransitionAgreed(world.env.now, guarantees))
        leave(world)


def _waited(world: World, days: float) -> Generator[simpy.Event, Any, bool]:
    """Wait so many days or until a promise is kept; return whether the days are over."""
    timer = world.env.timeout(min(days, world.p.calendar.horizon_day))
    yield timer | wait_for(world, CommitmentKept)
    return timer.processed and math.isfinite(days)


def leave(world: World) -> None:
    """Let the incumbent leave after some days."""
    world.aftermath.left = True
    world.env.process(_leaves(world))


def _leaves(world: World) -> Generator[simpy.Event, Any, None]:
    yield world.env.timeout(world.p.aftermath.hazards.leaves_days)
    to_opposition = (
        float(world.streams(OFFICE).random()) < world.p.aftermath.hazards.office_to_opposition
    )
    take_office(world, "opposition" if to_opposition else "interim")


def take_office(world: World, holder: str) -> None:
    """Let somebody else take the office."""
    if world.aftermath.office_holder != holder:
        world.aftermath.office_holder = holder
        record(world, OfficeTaken(world.env.now, holder))


def _fate(world: World) -> Generator[simpy.Event, Any, None]:
    """Invert exile and detention of the candidate; the first one ends both, and so does the
    incumbent's departure.
    """
    p, name = world.p.aftermath.hazards, world.conduct.carrier
    early = world.conduct.poll_day + world.p.aftermath.early_days
    waits = {
        cause: draw(world, cause) / rate if rate > 0 else math.inf
        for cause, rate in (("exile", p.exile), ("detention", p.detention))
    }
    cause = min(waits, key=lambda key: waits[key])
    day = early + waits[cause]
    if name is None or day >= world.p.calendar.horizon_day:
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
    yield world.env.timeout(world.p.calendar.inauguration_day - world.env.now)
    hand_over(world)
    record(world, Inaugurated(world.env.now, world.aftermath.office_holder))
    late = world.conduct.poll_day + world.p.aftermath.limit_days
    if world.env.now < late < world.p.calendar.horizon_day:
        yield world.env.timeout(late - world.env.now)
        hand_over(world)


def hand_over(world: World) -> None:
    """Ask the government to hand over where the announced winner is the opposition."""
    announced = world.aftermath.announcement
    if (
        announced is None
        or announced.winner != "opposition"
        or world.aftermath.office_holder != "incumbent"
    ):
        return
    if (
        decide(world, world.who.incumbent, View("handover", world.env.now), HANDOVER).option
        == "yes"
    ):
        take_office(world, "opposition")
