"""Conduct of the election: weekly measures, exclusion of witnesses, stop of transmission, and what
a concession undoes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Any

import simpy

from sim.processes.before import detention, types
from sim.processes.effects.copies import EXPULSION_CAP
from sim.processes.moments import occasions, over, polling_hours
from sim.processes.world import (
    World,
    believed_lead,
    closing_day,
    decide,
    election_fits,
    forced_option,
    record,
    until_poll,
    wait_for,
)
from sim.records.decisions.view import ExpulsionView, MeasureView, OrderView, StopView
from sim.records.events import (
    CandidateBarred,
    ElectionPostponed,
    MeasureNotCarriedOut,
    MeasureTaken,
    MeasureUndone,
    ResultAnnounced,
    SecondRoundCalled,
    TargetConceded,
    TransmissionStopped,
)

MEASURE = "strategy/measure/{measure}/{review:g}"
ORDER = "strategy/order/{order}"
EXPULSION = "strategy/expulsion"
TRANSMISSION = "strategy/transmission"

WEEK = 7.0
ORDERED = frozenset({"bar_candidate", "postpone", "block_accreditation"})


def start(world: World) -> None:
    """Set the columns of conduct and start the weekly reviews, the day, and the wait for
    concessions.
    """
    rules, columns = world.p.conduct, world.conduct
    types.draw(world)
    columns.broad_observation = rules.broad_observation
    columns.observer_strength = clipped(
        rules.observer_strength + rules.broad_gain * rules.broad_observation
    )
    world.env.process(_reviews(world))
    world.env.process(_on_the_day(world))
    world.env.process(_concessions(world))


def clipped(x: float) -> float:
    """Return x clipped to 0 .. 1."""
    return min(max(x, 0.0), 1.0)


def _reviews(world: World) -> Generator[simpy.Event, Any, None]:
    for review in occasions(world, world.p.calendar.reviews):
        yield world.env.timeout(review - world.env.now)
        if over(world, world.p.calendar.reviews) or world.conduct.round > 1:
            continue  # a later decision of the same day may still move the end
        if world.aftermath.office_holder != "incumbent":
            return
        for measure in MEASURES:
            if can_take(world, measure, review):
                consider(world, measure, review)


def can_take(world: World, measure: str, review: float) -> bool:
    """Return whether a measure is open at a review: it exists here (or the scenario forces it) and
    is not yet taken.
    """
    terms = getattr(world.p.conduct.measures, measure)
    forced = forced_option(world, world.who.incumbent, measure) == "yes"
    if not forced and (measure not in world.p.conduct.available or review < terms.from_day):
        return False
    again = terms is not None and terms.repeats
    return (again or measure not in taken(world)) and has_object(world, measure)


def has_object(world: World, measure: str) -> bool:
    """Return whether there is somebody to bar, or to detain."""
    somebody = {"bar_candidate": world.conduct.carrier, "detain_leader": world.p.candidacy.leader}
    return bool(somebody.get(measure, True))


def taken(world: World) -> set[str]:
    """Return the measures that were ever taken (a measure once undone is not taken again)."""
    return {event.measure for event in world.ledger.of(MeasureTaken)}


def consider(world: World, measure: str, review: float) -> None:
    """Ask the government whether it takes a measure now."""
    mean, sd = believed_lead(world, world.who.incumbent)
    view = MeasureView(
        measure,
        world.env.now,
        lead_mean=mean,
        lead_sd=sd,
        price_of_breach=world.sanctions.price_of_breach,
    )
    action = decide(
        world, world.who.incumbent, view, MEASURE.format(measure=measure, review=review)
    )
    if action.option == "yes":
        take(world, measure, action.probability)


def take(world: World, measure: str, probability: float) -> None:
    """Note a measure and carry it out, unless it is an order to the authority that does not
    obey.
    """
    record(world, MeasureTaken(world.env.now, measure, probability))
    if measure in ORDERED and not carried_out(world, measure):
        return
    world.conduct.measures.append(measure)
    EFFECTS[measure](world)


def carried_out(world: World, order: str) -> bool:
    """Ask the authority to carry out an order; note it when it does not."""
    view = OrderView("carry_out", world.env.now, obedience=world.conduct.obedience)
    done = decide(world, world.who.authority, view, ORDER.format(order=order))
    if done.option != "yes":
        record(world, MeasureNotCarriedOut(world.env.now, order))
    return done.option == "yes"


def bar_candidate(world: World) -> None:
    """Bar the candidate who carries the platform's support; what follows is the candidacies'
    business.
    """
    name = world.conduct.carrier
    if name:
        world.conduct.statuses[name], world.conduct.carrier = "barred", None
        record(world, CandidateBarred(world.env.now, name))


def postponed_days(world: World) -> float:
    """Return by how much a postponement moves the vote: whole weeks, so that it falls on the same
    day of the week.
    """
    return WEEK * math.ceil(world.p.conduct.postponement_days / WEEK)


def postpone(world: World) -> None:
    """Move the poll."""
    world.conduct.poll_day += postponed_days(world)
    record(world, ElectionPostponed(world.env.now, world.conduct.poll_day))


def arrests(world: World) -> None:
    """Arrest campaign staff: the talks start from a worse status quo of detentions."""
    quo = world.negotiation.status_quo
    for place, issue in enumerate(world.p.issue_space.issues):
        if quo and world.p.issues[issue].effect == "release":
            quo[place] = max(0.0, quo[place] - world.p.conduct.detentions_step)


def block_accreditation(world: World) -> None:
    """Obstruct the accreditation of witnesses."""
    if not world.conduct.copies_agreed:
        world.conduct.accreditation_factor = world.p.conduct.accreditation_factor


def withdraw_invitations(world: World) -> None:
    """Withdraw the invitations of missions: who needs one goes, the others stay."""
    world.conduct.uninvited = True
    world.conduct.observer_strength = clipped(
        world.conduct.observer_strength - world.p.conduct.withdrawal_loss
    )


EFFECTS: dict[str, Callable[[World], None]] = {
    "bar_candidate": bar_candidate,
    "postpone": postpone,
    "arrests": arrests,
    "block_accreditation": block_accreditation,
    "withdraw_invitations": withdraw_invitations,
    "detain_leader": detention.detain,
}
MEASURES = tuple(EFFECTS)


def _concessions(world: World) -> Generator[simpy.Event, Any, None]:
    """Undo what a conceding government still can: invite again, restore the date. Candidacies undo
    a bar.
    """
    seen = 0
    while True:
        yield wait_for(world, TargetConceded)
        conceded = world.ledger.of(TargetConceded)
        for event in conceded[seen:]:
            undo(world, event.over)
        seen = len(conceded)


def undo(world: World, over: str) -> None:
    """Undo a withdrawn invitation, a postponement or a detention, while that is possible."""
    columns, rules = world.conduct, world.p.conduct
    if over.startswith("withdraw_invitations") and "withdraw_invitations" in columns.measures:
        if world.env.now < columns.poll_day:
            columns.observer_strength = clipped(columns.observer_strength + rules.withdrawal_loss)
            columns.uninvited = False
            _undone(world, "withdraw_invitations")
    elif (
        over.startswith("postpone")
        and "postpone" in columns.measures
        and world.env.now <= rules.restore_until_day
    ):
        columns.poll_day -= postponed_days(world)
        _undone(world, "postpone")
        record(world, ElectionPostponed(world.env.now, columns.poll_day))
    elif over.startswith("detention"):
        detention.release(world)


def _undone(world: World, measure: str) -> None:
    world.conduct.measures.remove(measure)
    record(world, MeasureUndone(world.env.now, measure))


def _on_the_day(world: World) -> Generator[simpy.Event, Any, None]:
    yield from until_poll(world, world.p.conduct.expulsion.decision_days)
    if not election_fits(world) or world.aftermath.office_holder != "incumbent":
        return
    exclude(world)
    after_close = world.p.conduct.stop.decision_hours / 24
    yield from until_poll(world, closing_day(world) - world.conduct.poll_day + after_close)
    at = stop(world)
    if at is not None:
        yield world.env.timeout(at - world.env.now)
        carry_out_stop(world)


def exclude(world: World) -> None:
    """Decide the share of tables at which witnesses are kept out; the electorate notes the realised
    share.
    """
    if (
        not world.p.conduct.expulsion_available
        and forced_option(world, world.who.incumbent, "expulsion") is None
    ):
        return
    mean, sd = believed_lead(world, world.who.incumbent)
    broad = world.conduct.broad_observation
    view = ExpulsionView(
        "expulsion", world.env.now, lead_mean=mean, lead_sd=sd, broad_observation=broad
    )
    level = float(decide(world, world.who.incumbent, view, EXPULSION).option)
    if world.conduct.copies_agreed:
        level = min(level, EXPULSION_CAP)
    if level > 0 and carried_out(world, "expulsion"):
        world.conduct.expulsion_share = level


def stop(world: World) -> float | None:
    """Decide on a stop of transmission; return the day from which it holds."""
    rules, now = world.p.conduct.stop, world.env.now
    if (
        not world.p.conduct.stop_available
        and forced_option(world, world.who.incumbent, "transmission_stop") is None
    ):
        return None
    believed, counted = (
        believed_lead(world, world.who.incumbent)[0],
        world.electorate.internal_lead(now),
    )
    view = StopView("transmission_stop", now, lead_mean=believed, internal_lead=counted)
    wanted = decide(world, world.who.incumbent, view, TRANSMISSION).option == "yes"
    if not wanted or not carried_out(world, "transmission_stop"):
        return None
    u = float(world.streams(TRANSMISSION).random(2)[1])
    after_close = rules.earliest_days + u * (rules.latest_days - rules.earliest_days)
    return max(closing_day(world) + after_close, now)


def carry_out_stop(world: World) -> None:
    """Stop transmission, unless a first bulletin is already out."""
    said = world.ledger
    if said.first(ResultAnnounced) is not None or said.first(SecondRoundCalled) is not None:
        record(world, MeasureNotCarriedOut(world.env.now, "transmission_stop", "too_late"))
        return
    minute = polling_hours(world).minute_of(world.env.now)
    world.conduct.stop_minute = minute
    if world.conduct.held:
        world.electorate.stop_transmission(minute)
    record(world, TransmissionStopped(world.env.now, minute, ""))
