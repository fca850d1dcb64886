"""Protest before the vote, or without a contested announcement: a bar, a refused substitute, a
postponement, a boycott or the detention of the leader begins it (docs/model/night.md).

Its days are counted once, at its beginning; the command may leave over it, at a part of its rate
after a contest. It ends when its cause is undone, with a contested announcement, over which people
march from then on, or when the incumbent leaves.
"""

from __future__ import annotations

import math

import numpy as np

from sim.ledger import Event
from sim.models.numbers.kalman import normal_cdf
from sim.models.strategy.after.command import daily_rate, tabulate
from sim.models.strategy.after.cumulated import cumulated, edges, reached
from sim.models.strategy.after.daily_count import daily_counts, trailing_mean
from sim.processes.after import command, streets, succession
from sim.processes.after.streets import DAYS, Named
from sim.processes.columns import Street
from sim.processes.dated import Steps, until
from sim.processes.world import World, believed_lead, record, wait_for
from sim.records.events import (
    CandidateAdmitted,
    CandidateBarred,
    CandidateReadmitted,
    ElectionPostponed,
    LeaderDetained,
    MeasureUndone,
    OutcryBegan,
    ResponseChosen,
    ResultContested,
    SubstituteRefused,
)

OUTCRY = "strategy/outcry/{cause}"
CAUSES: tuple[type[Event], ...] = (
    CandidateBarred,
    SubstituteRefused,
    ElectionPostponed,
    ResponseChosen,
    LeaderDetained,
)
MEASURES = {"postpone": "postpone", "detention": "detain_leader"}
AFTER_A_BAR = frozenset({"substitute_refused", "boycott"})


def start(world: World) -> None:
    """Wait for what provokes people; without citizens there is no street."""
    if world.who.citizens:
        world.env.process(_watch(world))


def _watch(world: World) -> Steps:
    seen, begun, at_bar = dict.fromkeys(CAUSES, 0), dict[str, int](), 0.0
    poll_day = world.conduct.poll_day
    while True:
        yield wait_for(world, *CAUSES)
        for kind in CAUSES:
            news = world.ledger.of(kind)[seen[kind] :]
            seen[kind] += len(news)
            for cause in filter(None, (cause_of(event, poll_day) for event in news)):
                would_win = chance(world)
                at_bar = would_win if cause == "bar_candidate" else at_bar
                begun[cause] = begun.get(cause, 0) + 1
                name = cause if begun[cause] == 1 else f"{cause}/{begun[cause]}"
                begin(world, cause, name, at_bar if cause in AFTER_A_BAR else would_win)
        poll_day = world.conduct.poll_day


def cause_of(event: Event, poll_day: float) -> str:
    """Return what an event provokes people over, "" where it does not. poll_day: before it."""
    match event:
        case CandidateBarred():
            return "bar_candidate"
        case SubstituteRefused():
            return "substitute_refused"
        case ElectionPostponed(new_day=new) if new > poll_day:
            return "postpone"
        case ResponseChosen(option="boycott"):
            return "boycott"
        case LeaderDetained():
            return "detention"
        case _:
            return ""


def chance(world: World) -> float:
    """Return the public's chance that the challenger's candidate would have won."""
    mean, sd = believed_lead(world, world.who.citizens)
    return normal_cdf(mean / sd) if sd > 0 else float(mean > 0)


def begin(world: World, cause: str, name: str, would_win: float) -> None:
    """Begin one outcry. name: of its streams. would_win: chance in the public's eyes that the
    candidate would have won.
    """
    record(world, OutcryBegan(world.env.now, world.who.challenger, cause))
    outraged, stream = world.p.streets.outcry * would_win, OUTCRY.format(cause=name)
    named = Named(f"{stream}/mobilise", stream, f"{stream}/protest")
    street = streets.gathered(world, outraged, named)
    fading = (street.fading * outraged).tolist()
    street.counts = daily_counts(fading, street.branching, street.uniforms)
    unit = float(world.streams(f"{stream}/defection").standard_exponential())
    falls = day_of_fall(world, street, unit)
    world.env.process(_goes_on(world, cause, street, falls))


def day_of_fall(world: World, street: Street, unit: float) -> float:
    """Return the day on which the command would leave over an outcry, infinite if it stays."""
    if not world.who.forces:
        return math.inf
    p, days = world.p.command, np.arange(DAYS, dtype=float)
    week = trailing_mean(street.counts, p.protest_days) / street.scale
    rate, _ = daily_rate(command.pressure(world, week, days), p, tabulate(p))
    ends = edges(street.began, street.began, DAYS)
    falls = reached(ends, cumulated(ends, rate * world.p.streets.outcry_rate), unit)
    return math.inf if falls is None else falls


def _goes_on(world: World, cause: str, street: Street, falls: float) -> Steps:
    """Note the protests of each day until it is over, or until the command leaves."""
    days = [(street.began + d + 1, n) for d, n in enumerate(street.counts) if n]
    last = days[-1][0] if days else street.began
    due = [*days, (falls, 0)] if falls <= last else days
    for day, events in sorted(due):
        yield until(world, day)
        if ended(world, cause, street.began):
            return
        if events:
            streets.tell(world, events)
        else:
            week = [n for day, n in days if 0 <= falls - day <= 7]
            succession.command_leaves(world, command.cause_of_early_fall(sum(week) / 7, world.p))


def ended(world: World, cause: str, began: float) -> bool:
    """Return whether an outcry is over: people march over the result by now, the incumbent is
    leaving, or what provoked them is undone.
    """
    if world.ledger.of(ResultContested) or succession.leaving(world):
        return True
    if cause in MEASURES:
        undone = (e for e in world.ledger.of(MeasureUndone) if e.measure == MEASURES[cause])
        return any(e.day >= began for e in undone)
    stands = (*world.ledger.of(CandidateReadmitted), *world.ledger.of(CandidateAdmitted))
    return any(e.day >= began for e in stands)
