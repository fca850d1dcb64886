"""Election night: the decision repeated while it is "delay", the announcement, the tables."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any

import simpy

from sim.processes.columns import Announcement
from sim.processes.world import World, believed_lead, decide, election_fits, record, until_poll
from sim.records.decisions.action import Action
from sim.records.decisions.view import NightView, View
from sim.records.events import (
    MeasureNotCarriedOut,
    NightDecision,
    ResultAnnounced,
    ResultAnnulled,
    TablesPublished,
)
from sim.records.parameters.after.night import OPTIONS

NIGHT = "strategy/night/{k}"
EXPECTATION = "strategy/night/expectation"
ANNOUNCED_LEAD = "strategy/announced_lead"
TABLES = "strategy/tables"
ORDER = "strategy/order/night"

OVERRIDES = frozenset({"altered_tables", "totals_only", "annul"})


def start(world: World) -> None:
    """Start election night."""
    world.env.process(_night(world))


def _night(world: World) -> Generator[simpy.Event, Any, None]:
    yield from until_poll(world, world.p.night.first_days)
    if not election_fits(world) or not world.conduct.held:
        return
    option, k = "delay", 0
    while option == "delay":
        if k > world.p.night.max_delays:
            world.aftermath.night_option = "delay"
            return
        option = decide_night(world, k)
        if option == "delay":
            yield world.env.timeout(world.p.night.every_days)
        k += 1
    option = obeyed(world, option)
    world.aftermath.night_option = option
    if option == "annul":
        record(world, ResultAnnulled(world.env.now))
        return
    yield from _announce(world, option)


def decide_night(world: World, k: int) -> str:
    """Ask the government for the option of this occasion and note it."""
    view = night_view(world, k)
    action = decide(
        world, world.who.incumbent, view, NIGHT.format(k=k), own_lead=view.internal_lead
    )
    lead = view.lead_mean if view.internal_lead is None else view.internal_lead
    record(world, night_event(world, action, k, lead))
    return action.option


def night_event(world: World, action: Action, k: int, lead: float) -> NightDecision:
    """Return the note of a night decision."""
    return NightDecision(
        world.env.now, action.option, action.utilities, action.probabilities, k, lead
    )


def night_view(world: World, k: int) -> NightView:
    """Return what the government sees: its own count, the copies it expects, observers, loyalty,
    guarantees, sanctions.
    """
    conduct, sanctions = world.conduct, world.sanctions
    return NightView(
        "night",
        world.env.now,
        available=options_now(world, k),
        lead_mean=believed_lead(world, world.who.incumbent)[0],
        internal_lead=world.electorate.internal_lead(world.env.now),
        copies_share_expected=expected_copies(world),
        observer_strength=conduct.observer_strength,
        loyalty_seen=conduct.loyalty,
        guarantees=conduct.guarantees,
        q_imp=sanctions.q_imp,
        relief_share=sanctions.relief_share,
        stopped=conduct.stop_minute is not None,
        delays=k,
        exit_cost_added=sanctions.exit_cost_added,
    )


def options_now(world: World, k: int) -> tuple[str, ...]:
    """Return the options of this case; no delay after the last occasion nor past the limit of
    tabulation.
    """
    rules, limit = world.p.night, world.conduct.poll_day + world.p.calendar.tabulation_limit_days
    late = k >= rules.max_delays or world.env.now + rules.every_days > limit
    return tuple(
        option for option in OPTIONS if option in rules.options and not (option == "delay" and late)
    )


def expected_copies(world: World) -> float:
    """Return the government's expectation of the copies that witnesses hold."""
    noise = world.p.night.evidence_noise_sd * float(world.streams(EXPECTATION).standard_normal())
    return min(max(world.electorate.copies_expected_share() + noise, 0.0), 1.0)


def obeyed(world: World, option: str) -> str:
    """Return what the authority does: an override that it refuses to carry out leaves the count."""
    if option not in OVERRIDES:
        return option
    done = decide(world, world.who.authority, View("carry_out", world.env.now), ORDER)
    if done.option == "yes":
        return option
    record(world, MeasureNotCarriedOut(world.env.now, option))
    return "count"


def _announce(world: World, option: str) -> Generator[simpy.Event, Any, None]:
    """Announce when it is due, and publish tables as the option brings them."""
    rules = world.p.night
    z = float(world.streams(ANNOUNCED_LEAD).standard_normal())
    override_lead = lead_to_announce(
        -abs(rules.announced_lead_mean + rules.announced_lead_sd * z), world
    )
    announcement = world.electorate.announcement(option, override_lead, world.env.now)
    yield world.env.timeout(max(announcement.day - world.env.now, 0.0))
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
        1,
        announcement.totals,
    )
    record(world, ResultAnnounced(world.env.now, *said))
    if tables_day is not None:
        yield world.env.timeout(max(tables_day - world.env.now, 0.0))
        world.electorate.publish_tables(world.env.now)
        counted = world.ledger.of(ResultAnnounced)[-1].share_counted
        record(world, TablesPublished(world.env.now, counted))


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
    u = world.streams(TABLES).random(3)
    chances, now, poll = world.p.night.tables, world.env.now, world.conduct.poll_day
    limit = max(poll + world.p.calendar.tabulation_limit_days, now)
    if option in {"count", "altered_tables"}:
        return (
            now + float(u[1]) * (limit - now)
            if u[0] < chances.with_tables and announcement.tables_published
            else None
        )
    end = max(poll + world.p.calendar.gazette_days, limit)
    return limit + float(u[1]) * (end - limit) if u[2] < chances.late else None
