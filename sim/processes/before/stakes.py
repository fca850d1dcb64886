"""Election night as the two sides of a table foresee it, and what each item does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.actors.election_night import night_inputs
from sim.models.strategy.conduct import belief_of_losing, expulsion_utilities
from sim.models.strategy.night import types
from sim.models.strategy.night.night_inputs import VALUED, NightInputs, NightValues
from sim.models.strategy.night.night_value import night_value
from sim.models.strategy.response import choice_probabilities
from sim.models.strategy.table.deals import Item, at_nodes, changes
from sim.processes.after.night_seen import anticipated, members, witness, witnesses
from sim.processes.before.occasions import sender
from sim.processes.before.packages import level_now
from sim.processes.before.types import exit_cost
from sim.processes.day.missions import conditions
from sim.processes.effects.base import Effect, Promise
from sim.processes.effects.copies import EXPULSION_CAP
from sim.processes.effects.register import EFFECTS
from sim.processes.moments import inauguration
from sim.processes.world import World, believed_lead
from sim.records.decisions.night import Witness
from sim.records.decisions.view import NightView
from sim.records.parameters.cast import observers_of

STANDING = ("talks", "deal", "implemented")


@dataclass(frozen=True, slots=True)
class Offer:
    """A level of an issue that can be agreed now; relief: the share that comes with it."""

    issue: str
    level: float
    promise: Promise
    relief: float


def offers(world: World, track: str) -> list[list[Offer]]:
    """Return what is on a table, by issue: levels above what has been delivered."""
    issues = [key for key in world.p.issues if is_open(world, key, track)]
    found = [
        [
            offer(world, key, level)
            for level in world.p.issues[key].levels
            if level > level_now(world, key)
        ]
        for key in issues
    ]
    staged = {key for key in issues if world.p.issues[key].brings}
    useful = [[o for o in own if o.issue not in staged or o.relief > 0] for own in found]
    return [own for own in useful if own]


def effect_of(world: World, issue: str) -> Effect:
    """Return what an issue does."""
    return EFFECTS[world.p.issues[issue].effect]


def is_open(world: World, issue: str, track: str) -> bool:
    """Return whether an issue is on a table: the calendar has not closed it, one who delivers it
    sits there, and the tables of all who do stand.
    """
    effect, p = effect_of(world, issue), world.p.negotiation
    late = world.env.now >= effect.closes(world) or not effect.available(world)
    said = world.aftermath.announcement is not None or world.aftermath.contested
    if late or (said and not effect.after_vote):
        return False
    here, by = p.tracks[track].other, set(world.p.issues[issue].by)
    elsewhere = {
        p.tracks[key].other for key, state in world.negotiation.tracks.items() if state in STANDING
    }
    away = by & {each.other for each in p.tracks.values()}
    return bool(by - away or here in by) and away <= elsewhere | {here}


def offer(world: World, issue: str, level: float) -> Offer:
    """Return a level of an issue, and what it would bring."""
    terms, p = world.p.issues[issue], world.p
    place, relief = terms.levels.index(level), 0.0
    for key in terms.brings[place] if terms.brings else ():
        if key in world.sanctions.book and world.sanctions.book[key].status != "in_force":
            relief += p.licences[key].value / p.sanctions.reference_value
    everybody = all_witnesses(world).values()
    return Offer(
        issue,
        level,
        Promise(
            part=level / terms.levels[-1],
            level=p.candidacy.leader_lead_gain if terms.effect == "ballot" else level,
            relief=world.sanctions.q_imp * relief,
            exit_cost=p.sanctions.personal_relief_exit_cost,
            copies=copies_expected(world, free=True),
            credibility=tuple(w.credibility for w in everybody),
            reach=tuple(w.reach for w in everybody),
        ),
        relief,
    )


def all_witnesses(world: World) -> dict[str, Witness]:
    """Return every observer who is there or could be invited, by key."""
    return {
        key: witness(mission)
        for key, mission in observers_of(world.p.cast).items()
        if mission.presence in ("present", "broad")
    }


def copies_expected(world: World, *, free: bool) -> float:
    """Return the copies expected before the vote, over tables: capacity, accreditation, and whom
    the incumbent is likely to keep out at its present belief. free: as an agreement on copies has
    it.
    """
    rules, columns = world.p.conduct.expulsion, world.conduct
    agreed = free or columns.copies_agreed
    pi = belief_of_losing(*believed_lead(world, world.who.incumbent))
    worth = expulsion_utilities(rules.levels, pi, columns.broad_observation, rules)
    levels = np.minimum(rules.levels, EXPULSION_CAP if agreed else 1.0)
    kept_out = float(levels @ choice_probabilities(worth, rules.rationality))
    kept_out *= world.p.conduct.expulsion_available
    accredited = 1.0 if agreed else columns.accreditation_factor
    return float(world.p.sheets.capacity_mean * accredited * (1 - kept_out))


def foreseen(world: World, *, own: bool) -> NightInputs:
    """Return the night as it looks now, 1 row. own: with what the incumbent knows of itself; others
    take its types to be at their medians.
    """
    night, columns = world.p.night, world.conduct
    mean, sd = believed_lead(world, world.who.citizens)
    here, known = witnesses(world), anticipated(world)
    statements = dict(zip(here, known.statements, strict=True))
    everybody = all_witnesses(world)
    view = NightView(
        "night",
        world.env.now,
        available=night.options,
        lead_mean=believed_lead(world, world.who.incumbent)[0],
        internal_lead=None,
        loyalty_seen=columns.loyalty_seen if own else night.loyalty_mean,
        copies_seen=copies_expected(world, free=False),
        opinion_challenger=belief_of_losing(mean, sd),
        opinion_lead=mean,
        observers=tuple(
            here.get(key, replace(each, credibility=0.0, reach=0.0))
            for key, each in everybody.items()
        ),
        members=tuple(members(world).values()),
        delays=0,
        stopped=False,
        price=world.sanctions.q_imp * world.sanctions.relief_share,
        guarantees=columns.guarantees,
        anticipated=replace(known, statements=tuple(statements.get(key) for key in everybody)),
        exit_cost=exit_cost(world) if own else types.exit_cost(0.0, night),
        value=columns.value if own else night.value_of_opposition,
        audited=columns.audited > 0,
        days_left=max(inauguration(world) - world.conduct.poll_day, 0.0),
        commanded=bool(world.who.forces),
        conditions=len(conditions(world)),
    )
    return night_inputs(view, 0.0)


def items(world: World, track: str, table: Sequence[Sequence[Offer]]) -> list[list[Item]]:
    """Return the items on a table, the status quo of each issue first: what each does to either
    side's night, and is worth beside it.
    """
    every = [each for own in table for each in own]
    other = world.p.negotiation.tracks[track].other
    dv = differences(world, world.who.incumbent, every, own=True)[0]
    dvo = differences(world, other, every, own=False)[1]
    found, k = [], 0
    for own in table:
        quo = level_now(world, own[0].issue)
        given = other not in world.p.issues[own[0].issue].by
        row = [Item(quo, given)]
        for each in own:
            worth = beside(world, each, other)
            row.append(Item(each.level, given, float(dv[k]), float(dvo[k]), worth))
            k += 1
        found.append(row)
    return found


def beside(world: World, each: Offer, other: str) -> tuple[float, float]:
    """Return what an item is worth beside the night, to the incumbent and to the other side."""
    worth, part = world.p.issues[each.issue].worth, each.promise.part
    role = "sender" if other == sender(world) else "challenger"
    money = world.p.deals.relief_worth * each.relief
    return money + part * worth.get("incumbent", 0.0), part * worth.get(role, 0.0)


def differences(world: World, who: str, every: Sequence[Offer], *, own: bool) -> np.ndarray:
    """Return what each item alone does to (V, Vo) at somebody's belief of the lead, (2, N)."""
    nodes = at_nodes(foreseen(world, own=own), *belief(world, who))
    after = [effect_of(world, o.issue).night(nodes, o.promise) for o in every]
    values = changes(nodes, after, lambda inputs: valued(world, inputs))
    return np.asarray(values[:, 1:] - values[:, :1])


def belief(world: World, who: str) -> tuple[float, float]:
    """Return mean and sd of a belief of the lead; once votes are counted the incumbent knows."""
    counted = world.electorate.internal_lead(world.env.now) if world.conduct.held else None
    if who == world.who.incumbent and counted is not None:
        return counted, 0.0
    return believed_lead(world, who)


def valued(world: World, inputs: NightInputs) -> NightValues:
    """Return what the options of each night are worth; those that a case lacks are no options."""
    values = night_value(inputs, world.p)
    lacks = [option not in world.p.night.options for option in VALUED]
    return replace(values, utility=np.where(lacks, -np.inf, values.utility))


def worth_now(world: World, issue: str, part: float) -> float:
    """Return what keeping a promise does to the incumbent's night now: below 0 it tempts to
    break.
    """
    terms, effect = world.p.issues[issue], effect_of(world, issue)
    if effect.from_vote or not effect.touches or world.aftermath.announcement is not None:
        return 0.0
    reached = min(terms.levels, key=lambda level: abs(level - part * terms.levels[-1]))
    return float(
        differences(world, world.who.incumbent, [offer(world, issue, reached)], own=True)[0, 0]
    )
