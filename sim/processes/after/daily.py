"""One step a day after a contested announcement: the street, the command and the way out by
agreement move together (docs/model/night.md).

Nothing wakes up daily. After each piece of news the protest of the days to come and both cumulated
rates are computed to the end, and the process sleeps until the first thing that happens or until
the next news. Days that have begun stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from typing import Any

import simpy

from sim.ledger import Event
from sim.models.strategy.after.cumulated import added, reached
from sim.processes.after import command, streets, succession
from sim.processes.after.command import Ahead
from sim.processes.columns import Street
from sim.processes.dated import until
from sim.processes.world import World, record, wait_for
from sim.records.events import (
    AgreementSigned,
    CommitmentKept,
    OfficeTaken,
    OutlookMoved,
    RecognitionIndex,
    ReliefChanged,
    RevenueBegan,
    SignalMoved,
    TargetConceded,
    TrackMoved,
)

NEWS: tuple[type[Event], ...] = (
    SignalMoved,
    RecognitionIndex,
    ReliefChanged,
    RevenueBegan,
    CommitmentKept,
    AgreementSigned,
    TargetConceded,
    TrackMoved,
    OfficeTaken,
)
NOTED_CHANGE = 0.05

Due = tuple[float, str, float]
"""A day, what is due on it, and its number: events of a protest, odds of an outlook."""


def run(world: World, street: Street) -> Generator[simpy.Event, Any, None]:
    """Let the street, the command and the way out by agreement go on until the office changes."""
    left = {cause: succession.draw(world, cause) for cause in ("defection", "transition")}
    if not world.who.forces:
        left["defection"] = math.inf
    while world.aftermath.office_holder == "incumbent":
        streets.look_ahead(world, street)
        ahead, since = command.look_ahead(world, street), world.env.now
        news = wait_for(world, *NEWS)
        for day, what, number in sorted(agenda(ahead, street, left)):
            yield until(world, day) | news
            if world.env.now < day:
                break
            happen(world, street, ahead, left, (day, what, number))
            if news.triggered:
                break
        else:
            yield news
        for cause, sums in (("defection", ahead.leaving), ("transition", ahead.agreeing)):
            left[cause] -= added(ahead.ends, sums, world.env.now) - added(ahead.ends, sums, since)


def agenda(ahead: Ahead, street: Street, left: dict[str, float]) -> Iterator[Due]:
    """Yield all that happens from now on if nothing new is learnt."""
    for day, count in enumerate(street.counts[street.told :], start=street.told):
        if count:
            yield street.began + day + 1, "protest", count
    for cause, sums in (("defection", ahead.leaving), ("transition", ahead.agreeing)):
        fires = reached(ahead.ends, sums, left[cause])
        if fires is not None:
            yield fires, cause, 0.0
    noted = street.outlook
    for day, q30 in zip(ahead.ends[:-1].tolist(), ahead.q30.tolist(), strict=True):
        if math.isnan(noted) or abs(q30 - noted) >= NOTED_CHANGE:
            noted = q30
            yield day, "outlook", q30


def happen(world: World, street: Street, ahead: Ahead, left: dict[str, float], due: Due) -> None:
    """Note what is due, and let a fall or an agreement have its consequence."""
    day, what, number = due
    if what == "protest":
        street.told = round(day - street.began)
        streets.tell(world, int(number))
    elif what == "outlook":
        street.outlook = number
        if not world.aftermath.left:
            record(world, OutlookMoved(world.env.now, number))
    elif not world.aftermath.left:
        left[what] = math.inf
        if what == "defection":
            succession.command_leaves(world, command.cause_of_fall(ahead, world.env.now))
        else:
            succession.agree_to_leave(world)
