"""Moments on the clock of a world; `moment` is the only conversion."""

from __future__ import annotations

import datetime as dt
import math
from typing import Protocol

import simpy

from sim.ledger import Event, Ledger
from sim.processes.columns import Conduct
from sim.records import events
from sim.records.moments import ANCHORS, Day, Every, Tied
from sim.records.parameters.root import Parameters
from sim.records.vote.clock import fixed_day, horizon_day, hours_of, inauguration_day, last_moment
from sim.records.vote.polling_hours import PollingHours


class World(Protocol):
    """What of a world the clock reads."""

    @property
    def p(self) -> Parameters:
        """Return the parameters."""

    @property
    def env(self) -> simpy.Environment:
        """Return the clock."""

    @property
    def ledger(self) -> Ledger:
        """Return what happened."""

    @property
    def conduct(self) -> Conduct:
        """Return where the vote lies now."""

    @property
    def as_of_day(self) -> float:
        """Return the day of the start."""


def moment(world: World, given: Day | Tied | float) -> float | None:
    """Return a moment as a day of the clock as things stand now, None while its anchor has not
    happened.
    """
    if isinstance(given, Tied) and given.anchor not in ANCHORS:
        return _after_first(world, getattr(events, given.anchor), given.days)
    if isinstance(given, Tied) and given.anchor == "announcement":
        return _after_first(world, events.ResultAnnounced, given.days)
    vote, poll_day = world.p.vote, world.conduct.poll_day
    anchors = {"as_of": world.as_of_day}
    if isinstance(given, Tied) and given.anchor == "inauguration":
        anchors["inauguration"] = inauguration_day(world.p.calendar, vote, poll_day)
    return fixed_day(given, vote, poll_day, anchors)


def _after_first(world: World, kind: type[Event], days: float) -> float | None:
    first = world.ledger.first(kind)
    return None if first is None else first.day + days


def due(world: World, given: Day | Tied | float) -> float:
    """Return the day of a moment; infinite while its anchor has not happened."""
    day = moment(world, given)
    return math.inf if day is None else day


def deadline(world: World, given: Day | Tied) -> float:
    """Return the day on which a deadline is over; infinite while its anchor has not happened."""
    return due(world, last_moment(given))


def polling_hours(world: World) -> PollingHours:
    """Return when the polls are open, as the vote lies now."""
    return hours_of(world.p.vote, world.conduct.poll_day)


def horizon(world: World) -> float:
    """Return the day on which the clock stops."""
    return horizon_day(world.p.calendar, world.p.vote)


def inauguration(world: World) -> float:
    """Return the day on which the new term begins, as the vote lies now."""
    return inauguration_day(world.p.calendar, world.p.vote, world.conduct.poll_day)


def occasions(world: World, given: Every | tuple[Day | Tied, ...]) -> list[float]:
    """Return the days from now to the horizon on which moments come again, as the vote lies now.

    Whether one still comes is asked on its day (`over`): the end of a recurring moment may move.
    """
    now, end = world.env.now, horizon(world)
    if not isinstance(given, Every):
        return [day for each in given if now <= (day := due(world, each)) < math.inf]
    first = world.p.vote.days[0]
    dates = given.dates(
        first + dt.timedelta(days=math.floor(now)), first + dt.timedelta(days=math.ceil(end))
    )
    days = [float((date - first).days) for date in dates]
    return [day for day in days if now <= day < end]


def over(world: World, given: Every | tuple[Day | Tied, ...]) -> bool:
    """Return whether recurring moments come no more."""
    ends = given.until if isinstance(given, Every) else None
    return ends is not None and world.env.now >= due(world, ends)
