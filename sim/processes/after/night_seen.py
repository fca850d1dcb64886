"""What the incumbent sees on election night: its count, what it expects, and who will speak."""

from __future__ import annotations

from sim.models.numbers.kalman import normal_cdf
from sim.processes.before.types import copies_seen, exit_cost
from sim.processes.day.missions import comes, conditions
from sim.processes.moments import deadline, inauguration
from sim.processes.world import World, believed_lead
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.night import Anticipated, Stance, Witness
from sim.records.decisions.view import NightView
from sim.records.parameters.after.night import OPTIONS
from sim.records.parameters.cast import abroad, observers_of
from sim.records.parameters.watching.missions import Mission

AHEAD = frozenset({"count", "delay"})


def night_view(world: World, k: int, gap_days: float) -> NightView:
    """Return what the incumbent sees. gap_days: until the next occasion, should it put off this
    one.
    """
    conduct, lead = world.conduct, world.electorate.internal_lead(world.env.now)
    believed = believed_lead(world, world.who.incumbent)[0]
    mean, sd = believed_lead(world, world.who.citizens)
    return NightView(
        "night",
        world.env.now,
        available=options_now(world, k, gap_days, believed if lead is None else lead),
        lead_mean=believed,
        internal_lead=lead,
        loyalty_seen=conduct.loyalty_seen,
        copies_seen=copies_seen(world),
        opinion_challenger=normal_cdf(mean / sd) if sd > 0 else float(mean > 0),
        opinion_lead=mean,
        observers=tuple(witnesses(world).values()),
        members=tuple(members(world).values()),
        delays=k,
        stopped=conduct.stop_minute is not None,
        price=world.sanctions.q_imp * world.sanctions.relief_share,
        guarantees=conduct.guarantees,
        anticipated=anticipated(world),
        exit_cost=exit_cost(world),
        value=conduct.value,
        audited=conduct.audited > 0,
        days_left=max(inauguration(world) - world.env.now, 0.0),
        commanded=bool(world.who.forces),
        conditions=len(conditions(world)),
    )


def options_now(world: World, k: int, gap_days: float, lead: float) -> tuple[str, ...]:
    """Return the options of this case: who is ahead, or has left office before the vote, only
    counts or waits; no delay after the last occasion nor past the limit of tabulation.
    """
    behind = lead > 0 and world.aftermath.office_holder == "incumbent"
    rules, limit = world.p.night, deadline(world, world.p.calendar.tabulation_limit)
    late = k >= rules.max_delays or world.env.now + gap_days > limit
    return tuple(
        option
        for option in OPTIONS
        if option in rules.options
        and not (option == "delay" and late)
        and (behind or option in AHEAD)
    )


def members(world: World) -> dict[str, Stance]:
    """Return those abroad whose recognition counts, by key."""
    return {
        key: Stance(each.stance, each.weight, each.gain)
        for key, each in abroad(world.p.cast).items()
    }


def witness(mission: Mission) -> Witness:
    """Return what is known of an observer beforehand."""
    return Witness(mission.credibility, mission.reach, mission.negative, mission.public)


def witnesses(world: World) -> dict[str, Witness]:
    """Return the observers that are in the country, by key."""
    return {
        key: witness(mission)
        for key, mission in observers_of(world.p.cast).items()
        if comes(world, mission)
    }


def anticipated(world: World) -> Anticipated:
    """Return what the scenario fixes without a date: everybody reckons with it, and with what
    nobody is there to do.
    """
    fixed = {(f.actor, f.decision): f for f in world.forcings if f.at is None and not f.target}
    who = world.who
    return Anticipated(
        published=said(fixed, who.challenger, "publish_sheets"),
        statements=tuple(statement(fixed, key) for key in witnesses(world)),
        withheld=tuple(withheld(fixed, key, member) for key, member in members(world).items()),
        petition=said(fixed, who.incumbent, "petition") if who.court else False,
        certified=said(fixed, who.court, "certify"),
        mobilised=said(fixed, who.challenger, "mobilise"),
        protest=said(fixed, who.citizens, "protest") if who.citizens else False,
        repressed=said(fixed, who.incumbent, "repression"),
    )


Fixed = dict[tuple[str, str], Forcing]


def said(fixed: Fixed, actor: str, decision: str) -> bool | None:
    """Return whether a decision is fixed as yes, None where it is not fixed."""
    forcing = fixed.get((actor, decision))
    return None if forcing is None else forcing.option == "yes"


def statement(fixed: Fixed, observer: str) -> float | None:
    """Return V of an observer's fixed statement."""
    forcing = fixed.get((observer, "statement"))
    verdicts = {"negative": 1.0, "positive": -1.0, "none": 0.0}
    return None if forcing is None else verdicts.get(forcing.option)


def withheld(fixed: Fixed, key: str, member: Stance) -> bool | None:
    """Return whether a member's fixed answer withholds recognition."""
    answers = [said(fixed, key, decision) for decision in ("call_winner", "recognise")]
    known = next((answer for answer in answers if answer is not None), None)
    return known if known is None or member.stance == "critical" else not known
