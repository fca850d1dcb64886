"""The negotiating tables: each track is a semi-Markov process whose exits compete, and whose deals
come out of rounds.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from sim.models.bargaining.base import ActorTable
from sim.models.strategy.competing_risks import (
    Array,
    Integral,
    first_to_fire,
    integrate,
    log_linear,
    memory_of,
    nearness,
    thinned,
    used_up,
    window,
)
from sim.models.strategy.table.issue_parties import actor_table, row
from sim.models.strategy.table.talks import ABSORBING, MOVING, STEADY, Exits, deal_rate, exits
from sim.processes.before import commitments
from sim.processes.before.licence_book import WITHDRAWN, refresh
from sim.processes.before.occasions import lame_duck, sender
from sim.processes.before.packages import level_now
from sim.processes.before.rounds import hold_round, round_days, rounds_a_month
from sim.processes.beliefs import government_pi
from sim.processes.columns import Breach
from sim.processes.dated import Steps, dated, forced_moment, until
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import TableView
from sim.records.events import (
    AgreementSigned,
    BeliefUpdated,
    BreachDetected,
    CommitmentBroken,
    CommitmentKept,
    ElectionPostponed,
    MeetingCancelled,
    MeetingHeld,
    MeetingScheduled,
    NightDecision,
    OfficeTaken,
    ReliefChanged,
    ResultContested,
    RevenueBegan,
    TrackMoved,
)

SHADOW_DAYS = 30.0
MEETING_STREAM = "strategy/meeting"
EXIT_STREAM = "strategy/talks/{track}/{visit}/{cause}"
MEDIATOR_STREAM = "strategy/talks/{track}/{visit}/mediator"
SUSPEND_STREAM = "strategy/talks/{track}/suspend/{over}"

CHANGES = (
    BeliefUpdated,
    BreachDetected,
    CommitmentBroken,
    CommitmentKept,
    ElectionPostponed,
    NightDecision,
    ReliefChanged,
    ResultContested,
    RevenueBegan,
)
WINDOW_DAYS = 96.0
Stay = Generator[simpy.Event, Any, tuple[str, str]]
Conditions = tuple[tuple[float, ...], int, float, bool]
LEAVE, LOOK_AGAIN, OVER = "suspend_talks", "covariates", "office"


@dataclass(slots=True)
class Meetings:
    """The coming meetings of one track: when the next one is, the uniform that decides it, and how
    many were held.
    """

    days: Iterator[tuple[float, float]]
    day: float
    u: float
    held: int = 0


def start(world: World) -> None:
    """Set the columns, start every track, and wait for concessions, for breaches by the other side
    and for what the scenario fixes.
    """
    p, columns, space = world.p.negotiation, world.negotiation, world.p.issue_space
    columns.breaches += [Breach(day, "past", world.who.incumbent) for day in p.past_breach_days]
    columns.status_quo = list(row(space, space.status_quo))
    columns.ballot_open = p.ballot_open
    weight, table = p.commitments.trust_weight, actor_table(space)
    for key, track in p.tracks.items():
        columns.tracks[key] = track.state
        columns.breaches += [Breach(day, "past", track.other) for day in track.past_breach_days]
        columns.trusts[world.who.incumbent, track.other] = _beta(track.government_trust, weight)
        columns.trusts[track.other, world.who.incumbent] = _beta(track.other_trust, weight)
        process = world.env.process(run(world, key, table))
        world.env.process(end_with_the_government(world, key, process))
        world.env.process(answer_breaches(world, key, process))
        if LEAVE in world.actors[track.other].decisions:
            world.env.process(answer_contest(world, key, process))
        for forcing in dated(world, world.who.incumbent, LEAVE) + [
            each for mediator in world.who.mediators for each in dated(world, mediator, "attend")
        ]:
            if forcing.target in ("", key):
                world.env.process(forced_visit(world, key, process, forcing))
    commitments.start(world)
    if world.p.deals.signed_at:
        signed_before(world)


def signed_before(world: World) -> None:
    """Let an agreement fall due that is signed as the clock starts."""
    p = world.p.deals
    package = tuple(p.signed.get(key, level_now(world, key)) for key in world.p.issues)
    agreement = commitments.open_agreement(world, p.signed_at, package)
    now, n = world.env.now, len(agreement.commitments)
    record(world, AgreementSigned(now, p.signed_at, package, n))


def _beta(mean: float, weight: float) -> tuple[float, float]:
    return weight * mean, weight * (1 - mean)


def run(world: World, key: str, table: ActorTable) -> Steps:
    """Live through the states of one track until it is absorbed."""
    days = round_days(world, key)
    meetings, visit = Meetings(days, *next(days)), 0
    invite_mediator(world, key, visit)
    if world.negotiation.tracks[key] == "scheduled":
        yield from scheduled_meeting(world, key)
    while (before := world.negotiation.tracks[key]) not in ABSORBING:
        visit += 1
        if before == "talks":
            invite_mediator(world, key, visit)
        after, cause = yield from stay(world, key, visit, meetings, table)
        if cause == OVER:
            commitments.lapse(world, key, kept=False)
        if cause == OVER or (after == "talks" and lame_duck(world)):
            return
        move(world, key, after, cause)


def invite_mediator(world: World, key: str, visit: int) -> None:
    """Ask the mediator whether it attends the track."""
    world.negotiation.mediators[key] = False
    for mediator in world.who.mediators[:1]:
        view = TableView("attend", world.env.now, track=key)
        stream = MEDIATOR_STREAM.format(track=key, visit=visit)
        attends = decide(world, mediator, view, stream, key).option == "yes"
        world.negotiation.mediators[key] = attends


def scheduled_meeting(world: World, key: str) -> Steps:
    """Hold the scheduled meeting, with which talks begin, or see it cancelled."""
    day = world.p.negotiation.tracks[key].meeting_day
    assert day is not None
    record(world, MeetingScheduled(world.env.now, key, day))
    while world.env.now < day:
        try:
            yield until(world, day)
        except simpy.Interrupt as sent:
            if sent.cause == LEAVE:
                break
    held = (
        world.env.now >= day
        and decide(
            world,
            world.who.incumbent,
            TableView("meet", world.env.now, track=key),
            MEETING_STREAM,
            key,
        ).option
        == "yes"
    )
    record(world, MeetingHeld(world.env.now, key) if held else MeetingCancelled(world.env.now, key))
    move(world, key, "talks" if held else "suspended", "meeting")


def move(world: World, key: str, after: str, cause: str) -> None:
    """Move a track; promises not yet due lapse when a deal is broken off."""
    before, world.negotiation.tracks[key] = world.negotiation.tracks[key], after
    record(world, TrackMoved(world.env.now, key, before, after, cause))
    if before != after and after in ("suspended", "collapsed"):
        commitments.lapse(world, key)
    cast_shadow(world, key)


def at_home(world: World, key: str) -> bool:
    """Return whether a table is that of incumbent and challenger."""
    return world.p.negotiation.tracks[key].other in world.who.challengers


def cast_shadow(world: World, key: str) -> None:
    """Let talks with a sender add to the price of a breach: what a deal within 30 days may bring
    would be lost.
    """
    other = world.p.negotiation.tracks[key].other
    if "threaten" not in world.actors[other].decisions:
        return
    rate = deal_rate(world.p.negotiation, covariates(world, key), at_home(world, key))
    ahead = 1 - math.exp(-SHADOW_DAYS * rate)
    world.negotiation.shadows[key] = ahead if world.negotiation.tracks[key] == "talks" else 0.0
    refresh(world)


def stay(world: World, key: str, visit: int, meetings: Meetings, table: ActorTable) -> Stay:
    """Stay in a state until a cause fires, a round is signed, or the government leaves; return
    (next state, cause).
    """
    before = world.negotiation.tracks[key]
    ways = exits(world.p.negotiation, before, at_home(world, key))
    left = np.array([_unit(world, key, visit, state) for state in ways.states])
    skip_missed(world, meetings)
    rung, integral, seen = wait_for(world, *CHANGES), None, None
    while True:
        now = _conditions(world, key, ways)
        if integral is None or now != seen or world.env.now >= integral.edges[-1]:
            left = _still_to_come(left, integral, world.env.now)
            integral, seen = integrate(*_path(world, key, now, ways)), now
            fires = first_to_fire(integral, left)
        stop = fires[0] if fires else float(integral.edges[-1])
        met = before == "talks" and meetings.day <= stop
        timer = until(world, min(stop, meetings.day) if met else stop)
        try:
            yield timer | rung
        except simpy.Interrupt as sent:
            ended = _interrupted(before, str(sent.cause))
            if ended is not None:
                return ended
        if timer.processed and met:
            if meet(world, key, meetings, table):
                return "deal", "agreement"
        elif timer.processed and fires:
            return ways.states[fires[1]], "hazard"
        rung = wait_for(world, *CHANGES) if rung.triggered else rung


def _still_to_come(left: Array, integral: Integral | None, now: float) -> Array:
    """Return what is left of each cause's exponential number after the hazard used up so far."""
    return left if integral is None else np.maximum(left - used_up(integral, now), 0.0)


def _interrupted(before: str, cause: str) -> tuple[str, str] | None:
    """Return where an interruption leads (state, cause), or None where the track stays."""
    if cause == OVER:
        return before, OVER
    return ("suspended", LEAVE) if cause == LEAVE and before in ("talks", "deal") else None


def _unit(world: World, key: str, visit: int, state: str) -> float:
    return float(
        world.streams(
            EXIT_STREAM.format(track=key, visit=visit, cause=state)
        ).standard_exponential()
    )


def _conditions(world: World, key: str, ways: Exits) -> Conditions:
    """Return what the rates rest on beside the clock: as long as it stays the same, so does the
    hazard that lies ahead.
    """
    held = "implemented" in ways.states and commitments.outstanding(world, key)
    present, past = (
        steady(world, key),
        sum(breach.day <= world.env.now for breach in world.negotiation.breaches),
    )
    return tuple(present[x] for x in STEADY), past, world.conduct.poll_day, held


def _path(world: World, key: str, conditions: Conditions, ways: Exits) -> tuple[Array, Array]:
    """Return edges (m+1,) from now on and rates (k, m) a day with present covariates; nearness and
    breaches move by the clock.
    """
    p, now = world.p.negotiation, world.env.now
    present, _, poll_day, held = conditions
    edges, moving = window(
        now, WINDOW_DAYS, poll_day, p.nearness_days, memories(world, key), p.breach_half_life_days
    )
    rates = log_linear(ways.base, ways.steady @ np.array(present), ways.moving, moving)
    if held:
        rates[ways.states.index("implemented")] = 0.0
    return edges, rates


def memories(world: World, key: str) -> tuple[float, float]:
    """Return what is remembered of breaches by the incumbent, and of those by the other side of a
    table, which nobody else holds against it.
    """
    other = world.p.negotiation.tracks[key].other
    senders = {track.other for track in world.p.negotiation.tracks.values()}
    now, half_life = world.env.now, world.p.negotiation.breach_half_life_days
    found = world.negotiation.breaches
    own = [breach.day for breach in found if breach.by not in senders]
    others = [breach.day for breach in found if breach.by == other]
    return memory_of(own, now, half_life), memory_of(others, now, half_life)


def steady(world: World, key: str) -> dict[str, float]:
    """Return the covariates that only events change."""
    p = world.p.negotiation
    return {
        "pressure": (1 - world.sanctions.revenue_share) - p.pressure_centre_share,
        "fear": government_pi(world) - p.fear_centre_share,
        "mediator": float(world.negotiation.mediators[key]),
        "contested": float(world.aftermath.contested),
    }


def covariates(world: World, key: str) -> dict[str, float]:
    """Return all covariates now."""
    p, now = world.p.negotiation, world.env.now
    near = float(nearness(np.array([now]), world.conduct.poll_day, p.nearness_days)[0])
    return steady(world, key) | dict(zip(MOVING, (near, *memories(world, key)), strict=True))


def skip_missed(world: World, meetings: Meetings) -> None:
    """Let the meetings pass that would have been held while there were no talks."""
    while meetings.day < world.env.now:
        meetings.day, meetings.u = next(meetings.days)


def meet(world: World, key: str, meetings: Meetings, table: ActorTable) -> bool:
    """Hold the next round: it succeeds with the chance that makes deals come at their rate."""
    p, u = world.p.negotiation, meetings.u
    meetings.day, meetings.u = next(meetings.days)
    if unanswered(world, key) or lame_duck(world):
        return False
    meetings.held += 1
    cast_shadow(world, key)
    rate = deal_rate(p, covariates(world, key), at_home(world, key)) * 30.0
    return hold_round(world, key, meetings.held, u < thinned(rate, rounds_a_month(p, key)), table)


def unanswered(world: World, key: str) -> bool:
    """Return whether a contested announcement still waits for what the other side says to it: till
    then nobody meets.
    """
    p, contests = world.p.negotiation, world.ledger.of(ResultContested)
    asked = LEAVE in world.actors[p.tracks[key].other].decisions
    return asked and bool(contests) and world.env.now < contests[0].day + p.contested_days


def end_with_the_government(world: World, key: str, track: simpy.Process) -> Steps:
    """Let a table end when somebody else takes the office: it was this government that sat
    there.
    """
    yield wait_for(world, OfficeTaken)
    if track.is_alive:
        track.interrupt(OVER)


def answer_breaches(world: World, key: str, track: simpy.Process) -> Steps:
    """Let the incumbent leave the table, some days after it detected that the other side broke a
    promise made there.
    """
    seen = 0
    while True:
        yield wait_for(world, BreachDetected)
        found = world.ledger.of(BreachDetected)
        for event in found[seen:]:
            promise = world.negotiation.commitments.get(event.occasion)
            other = world.p.negotiation.tracks[key].other
            broken = promise is not None and promise.party == other and promise.track == key
            if broken or (event.occasion == WITHDRAWN and sender(world) == other):
                world.env.process(leave_table(world, key, track, event.occasion))
        seen = len(found)


def answer_contest(world: World, key: str, track: simpy.Process) -> Steps:
    """Let the other side say, some days after a contested announcement, whether it leaves the
    table.
    """
    yield wait_for(world, ResultContested)
    yield until(world, world.env.now + world.p.negotiation.contested_days)
    view, stream = TableView(LEAVE, world.env.now, track=key), SUSPEND_STREAM
    other = world.p.negotiation.tracks[key].other
    if world.negotiation.tracks[key] not in ("talks", "deal"):
        return
    action = decide(world, other, view, stream.format(track=key, over="contested"), key)
    if action.option == "yes" and track.is_alive:
        track.interrupt(LEAVE)


def leave_table(world: World, key: str, track: simpy.Process, over: str) -> Steps:
    """Decide, after the usual time, whether to leave the table over a broken promise."""
    yield until(world, world.env.now + world.p.sanctions.decision_days)
    view = TableView(LEAVE, world.env.now, track=key)
    action = decide(
        world, world.who.incumbent, view, SUSPEND_STREAM.format(track=key, over=over), key
    )
    if action.option == "yes" and track.is_alive:
        track.interrupt(LEAVE)


def forced_visit(world: World, key: str, track: simpy.Process, forcing: Forcing) -> Steps:
    """Carry out what a scenario fixes for a table on a day: the government leaves it, the mediator
    comes or goes.
    """
    yield from forced_moment(world, forcing)
    view = TableView(forcing.decision, world.env.now, track=key)
    action = decide(
        world, forcing.actor, view, SUSPEND_STREAM.format(track=key, over="forced"), key
    )
    if forcing.decision == "attend":
        world.negotiation.mediators[key] = action.option == "yes"
    elif action.option != "yes":
        return
    if track.is_alive:
        track.interrupt(LEAVE if forcing.decision == LEAVE else LOOK_AGAIN)
