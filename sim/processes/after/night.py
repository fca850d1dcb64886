"""Election night: the decision repeated while it is "delay", the announcement, the tables."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import simpy

from sim.processes.after.night_examined import examine
from sim.processes.after.night_seen import night_view
from sim.processes.after.second_round import called, of_round
from sim.processes.columns import Announcement
from sim.processes.moments import deadline
from sim.processes.world import World, closing_day, decide, election_fits, record, until_poll
from sim.records.decisions.action import Action
from sim.records.decisions.view import NightView, OrderView
from sim.records.events import (
    MeasureNotCarriedOut,
    NightDecision,
    ResultAnnounced,
    ResultAnnulled,
    TablesPublished,
)
from sim.records.parameters.after.night import OPTIONS

NIGHT = "strategy/night/{k}"
FIRST = "strategy/night/first"
GAPS = "strategy/night/gaps"
ANNOUNCED_LEAD = "strategy/announced_lead"
TABLES = "strategy/tables"
ORDER = "strategy/order/night"

OVERRIDES = frozenset({"altered_tables", "totals_only", "annul"})
FIRST_LEAST, FIRST_MOST = 2.0, 24.0
LEAD_LEAST, LEAD_MOST = 0.005, 0.8
MOST_DELAYS = 12
HOURS = 24.0


def start(world: World) -> None:
    """Start election night."""
    world.env.process(_night(world))


def _night(world: World) -> Generator[simpy.Event, Any, None]:
    gaps = gap_days(world)
    after_poll = closing_day(world) - world.conduct.poll_day + first_hours(world) / HOURS
    yield from until_poll(world, after_poll)
    if not election_fits(world) or not world.conduct.held:
        return
    option, k = "delay", 0
    while option == "delay":
        if k > world.p.night.max_delays:
            world.aftermath.night_option = "delay"
            return
        gap = gaps[min(k, MOST_DELAYS - 1)]
        view = night_view(world, k, gap)
        option = decide_night(world, view)
        if option == "delay":
            yield world.env.timeout(gap)
        k += 1
    option = obeyed(world, option)
    world.aftermath.night_option = option
    if option in OVERRIDES:
        examine(world, view, option)
    if option == "annul":
        record(world, ResultAnnulled(world.env.now))
        return
    yield from _announce(world, option)


def first_hours(world: World) -> float:
    """Return the hours from the close to the first decision."""
    rules, z = world.p.night, float(world.streams(of_round(world, FIRST)).standard_normal())
    hours = rules.first_hours * math.exp(rules.first_sigma * z)
    return min(max(hours, FIRST_LEAST), FIRST_MOST)


def gap_days(world: World) -> list[float]:
    """Return the days between the decisions; as many numbers, however many are needed."""
    rules, u = world.p.night, world.streams(of_round(world, GAPS)).random(MOST_DELAYS)
    span = rules.gap_until_hours - rules.gap_from_hours
    return [float(rules.gap_from_hours + span * x) / HOURS for x in u]


def decide_night(world: World, view: NightView) -> str:
    """Ask the incumbent for the option of this occasion and note it."""
    stream = of_round(world, NIGHT.format(k=view.delays))
    action = decide(world, world.who.incumbent, view, stream)
    record(world, night_event(world, action, view))
    return action.option


def night_event(world: World, action: Action, view: NightView) -> NightDecision:
    """Return the note of a night decision."""
    lead = view.lead_mean if view.internal_lead is None else view.internal_lead
    best = best_reply(action) if lead > 0 else ""
    said = action.option, action.utilities, action.probabilities
    return NightDecision(
        world.env.now, *said, view.delays, lead, best, view.copies_seen, view.loyalty_seen
    )


def best_reply(action: Action) -> str:
    """Return the option that is worth most, delays apart."""
    worth = dict(zip(OPTIONS, action.utilities, strict=True))
    del worth["delay"]
    return max(worth, key=lambda option: worth[option])


def obeyed(world: World, option: str) -> str:
    """Return what the authority does: an override that it refuses to carry out leaves the count."""
    if option not in OVERRIDES:
        return option
    view = OrderView("carry_out", world.env.now, obedience=world.conduct.obedience)
    if decide(world, world.who.authority, view, ORDER).option == "yes":
        return option
    record(world, MeasureNotCarriedOut(world.env.now, option))
    return "count"


def _announce(world: World, option: str) -> Generator[simpy.Event, Any, None]:
    """Announce when it is due, and publish tables as the option brings them."""
    override_lead = lead_to_announce(-wanted_lead(world), world)
    announcement = world.electorate.announcement(option, override_lead, world.env.now)
    yield world.env.timeout(max(announcement.day - world.env.now, 0.0))
    if called(world, announcement):
        start(world)
        return
    tables_day = day_of_tables(world, option, announcement)
    at_once = tables_day is not None and tables_day <= world.env.now
    world.aftermath.announcement = replace(
        announcement, day=world.env.now, tables_published=at_once
    )
    said = (
        announcement.winner,
        announcement.lead,
        announcement.share_counted,
        at_once,
        bulletins_so_far(world),
        announcement.totals,
    )
    record(world, ResultAnnounced(world.env.now, *said))
    if tables_day is not None:
        yield world.env.timeout(max(tables_day - world.env.now, 0.0))
        world.electorate.publish_tables(world.env.now)
        counted = world.ledger.of(ResultAnnounced)[-1].share_counted
        record(world, TablesPublished(world.env.now, counted))


def bulletins_so_far(world: World) -> int:
    """Return the number of bulletins so far, the announcement with them."""
    standing = world.electorate.standing
    return 1 if standing is None else len(standing.bulletins)


def wanted_lead(world: World) -> float:
    """Return the incumbent's lead that an override announces: lognormal."""
    rules, z = world.p.night, float(world.streams(ANNOUNCED_LEAD).standard_normal())
    lead = rules.announced_lead * math.exp(rules.announced_lead_sigma * z)
    return min(max(lead, LEAD_LEAST), LEAD_MOST)


def lead_to_announce(wanted: float, world: World) -> float:
    """Return the lead of an override: nobody who is ahead by more announces less than the own
    count.
    """
    counted = world.electorate.internal_lead(world.env.now)
    return wanted if counted is None else min(wanted, counted)


def day_of_tables(world: World, option: str, announcement: Announcement) -> float | None:
    """Return the day on which results by table come out, None if never; three uniforms, whatever
    the option.
    """
    u = world.streams(of_round(world, TABLES)).random(3)
    chances, now = world.p.night.tables, world.env.now
    limit = max(deadline(world, world.p.calendar.tabulation_limit), now)
    if option in {"count", "altered_tables"}:
        return (
            now + float(u[1]) * (limit - now)
            if u[0] < chances.with_tables and announcement.tables_published
            else None
        )
    end = max(deadline(world, world.p.calendar.gazette), limit)
    return limit + float(u[1]) * (end - limit) if u[2] < chances.late else None
