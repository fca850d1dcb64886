"""Candidacies: a bar, the platform's answer, substitutes, endorsements, boycott, and the transfer
of support that follows.

Every movement of support is one SupportShift, handed to the electorate and noted.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.models.strategy.candidacy import (
    RESPONSES,
    Shares,
    Shift,
    boycotted,
    raised,
    shares_of_lead,
    shift_between,
    transferred,
)
from sim.processes.before import unity
from sim.processes.effects.ballot import NEEDED
from sim.processes.moments import deadline
from sim.processes.world import World, decide, opening_day, record, wait_for
from sim.records.decisions.view import View
from sim.records.events import (
    CandidateAdmitted,
    CandidateBarred,
    CandidateReadmitted,
    CommitmentKept,
    MeasureUndone,
    ResponseChosen,
    SubstituteAdmitted,
    SubstituteNamed,
    SubstituteRefused,
    SupportShift,
    TargetConceded,
    VotesCredited,
)

RESPONSE = "strategy/response"
RESPONSE_AGAIN = "strategy/response/again"
SUBSTITUTE = "strategy/substitute"
ADMISSION = "strategy/aftermath/admit_leader"
TRANSFER = "transfer"
OVER_THE_BAR = ("bar_candidate", "substitute_refused")


def start(world: World) -> None:
    """Set who stands, and wait for bars, concessions and a reopened ballot."""
    world.conduct.statuses = dict(world.p.candidacy.statuses)
    world.conduct.carrier = world.p.candidacy.carrier or None
    world.conduct.unity = world.p.candidacy.unity
    world.env.process(_bars(world))
    world.env.process(_concessions(world))
    world.env.process(_reopened(world))


def _bars(world: World) -> Generator[simpy.Event, Any, None]:
    while True:
        event = yield wait_for(world, CandidateBarred)
        world.env.process(_respond(world, event.name))


def _respond(world: World, barred: str) -> Generator[simpy.Event, Any, None]:
    """Answer a bar within a day; before the polls open in any case."""
    rules = world.p.candidacy
    yield world.env.timeout(in_time(world, rules.response_days))
    if not stands_barred(world, barred):
        return
    option = choose_response(
        world, RESPONSES if substitution_open(world) else RESPONSES[1:], RESPONSE
    )
    if option == "substitute":
        name = rules.substitute
        record(world, SubstituteNamed(world.env.now, name))
        yield world.env.timeout(in_time(world, rules.admission_days))
        if not stands_barred(world, barred):
            return
        if (
            decide(
                world, world.who.authority, View("admit_substitute", world.env.now), SUBSTITUTE
            ).option
            == "yes"
        ):
            substitute(world, barred, name)
            return
        record(world, SubstituteRefused(world.env.now, name))
        world.conduct.statuses[name] = "registration_blocked"
        option = choose_response(world, RESPONSES[1:], RESPONSE_AGAIN)
    endorse(world, barred) if option == "endorse" else boycott(world, barred)


def in_time(world: World, days: float) -> float:
    """Return the days to wait: `days`, cut so that the answer still comes before the polls open."""
    return max(min(days, (opening_day(world) - world.env.now) / 2), 0.0)


def stands_barred(world: World, name: str) -> bool:
    """Return whether this bar still waits for an answer."""
    return world.conduct.statuses.get(name) == "barred" and world.conduct.carrier is None


def substitution_open(world: World) -> bool:
    """Return whether a substitute can still be named."""
    return bool(world.p.candidacy.substitute) and world.env.now <= deadline(
        world, world.p.calendar.substitution_deadline
    )


def choose_response(world: World, available: tuple[str, ...], stream: str) -> str:
    """Ask the platform for its answer and note it; without anybody to endorse, that answer is not
    available.
    """
    if not can_be_endorsed(world):
        available = tuple(option for option in available if option != "endorse")
    action = decide(
        world, world.who.challenger, View("response", world.env.now, available=available), stream
    )
    record(world, ResponseChosen(world.env.now, action.option, action.probabilities))
    return action.option


def can_be_endorsed(world: World) -> bool:
    """Return whether there is a minor candidate to endorse who still stands."""
    name = world.p.candidacy.endorsed
    return bool(name) and world.conduct.statuses.get(name) != "withdrawn"


def substitute(world: World, barred: str, name: str) -> None:
    """Admit a substitute: votes for the barred candidate's place on the ballot are credited to the
    substitute.
    """
    world.conduct.statuses[name], world.conduct.statuses[barred] = "admitted", "substituted"
    record(world, SubstituteAdmitted(world.env.now, name))
    carried_by(world, barred, name, world.p.candidacy.transfer_substitute_share)


def endorse(world: World, barred: str) -> None:
    """Back a minor candidate; the coalition falls out over it once it is done."""
    carried_by(world, barred, world.p.candidacy.endorsed, world.p.candidacy.transfer_endorsed_share)
    unity.move(world, -world.p.candidacy.unity_endorsed)


def carried_by(world: World, barred: str, name: str, kept_share: float) -> None:
    """Let somebody else carry the platform's support, of which `kept_share` follows; more of it
    where the coalition stands together.
    """
    world.conduct.carrier = name
    record(world, VotesCredited(world.env.now, barred, name))
    before = shares_now(world)
    move(world, before, transferred(before, unity.following(world, kept_share)))


def boycott(world: World, barred: str) -> None:
    """Call for abstention: nobody carries the platform's support."""
    world.conduct.boycott = True
    record(world, VotesCredited(world.env.now, barred, ""))
    before = shares_now(world)
    move(world, before, boycotted(before, world.p.candidacy.transfer_boycott_share))


def shares_now(world: World) -> Shares:
    """Return the latent shares now, with the case's share of minor candidates."""
    return shares_of_lead(
        world.electorate.latent_lead(world.env.now), world.p.candidacy.minor_share
    )


def move(world: World, before: Shares, after: Shares) -> None:
    """Hand a transfer to the electorate and note it."""
    shifted(world, shift_between(before, after, world.p.candidacy.turnout_reference_share))


def shifted(world: World, shift: Shift, cause: str = TRANSFER) -> None:
    """Apply one shift and note it."""
    world.electorate.apply_shift(shift.d_logit_gov, shift.d_log_minor, shift.d_logit_turnout)
    numbers = (shift.d_logit_gov, shift.d_log_minor, shift.d_logit_turnout)
    record(world, SupportShift(world.env.now, *numbers, "national", cause))


def _concessions(world: World) -> Generator[simpy.Event, Any, None]:
    seen = 0
    while True:
        yield wait_for(world, TargetConceded)
        conceded = world.ledger.of(TargetConceded)
        if any(event.over.startswith(OVER_THE_BAR) for event in conceded[seen:]):
            readmit(world)
        seen = len(conceded)


def readmit(world: World) -> None:
    """Admit the barred candidate again while that is possible; the transfer is taken back."""
    barred = world.ledger.last(CandidateBarred)
    late = world.env.now > world.conduct.poll_day + world.p.candidacy.readmission_limit_days
    late = late or not before_the_vote(world)
    if barred is None or late or "bar_candidate" not in world.conduct.measures:
        return
    world.conduct.measures.remove("bar_candidate")
    record(world, MeasureUndone(world.env.now, "bar_candidate"))
    world.conduct.statuses[barred.name], world.conduct.carrier = "admitted", barred.name
    world.conduct.boycott = False
    record(world, CandidateReadmitted(world.env.now, barred.name))
    record(world, VotesCredited(world.env.now, barred.name, barred.name))
    take_back(world)


def before_the_vote(world: World) -> bool:
    """Return whether the ballot can still change: nobody joins it between two rounds."""
    return world.conduct.round == 1 and world.env.now < world.conduct.poll_day


def take_back(world: World) -> None:
    """Reverse the transfers that the last bar caused."""
    barred = world.ledger.last(CandidateBarred)
    since = 0.0 if barred is None else barred.day
    moved = [e for e in world.ledger.of(SupportShift) if e.cause == TRANSFER and e.day >= since]
    if moved:
        total = Shift(
            sum(e.d_logit_gov for e in moved),
            sum(e.d_log_minor for e in moved),
            sum(e.d_logit_turnout for e in moved),
        )
        shifted(world, total.reversed(), "readmission")


def _reopened(world: World) -> Generator[simpy.Event, Any, None]:
    """Admit the excluded leader when a kept promise has reopened the ballot."""
    while not any(reopens(world, event.commitment) for event in world.ledger.of(CommitmentKept)):
        yield wait_for(world, CommitmentKept)
    if (
        decide(world, world.who.authority, View("admit_leader", world.env.now), ADMISSION).option
        == "yes"
    ):
        admit_leader(world)


def reopens(world: World, commitment: str) -> bool:
    """Return whether a promise is one on candidacies that goes as far as to reopen the ballot."""
    promise = world.negotiation.commitments[commitment]
    opens = world.p.issues[promise.issue].effect == "ballot"
    return bool(opens and promise.part >= NEEDED)


def admit_leader(world: World) -> None:
    """Let the excluded leader stand in the challenger's place, with the lead that this adds."""
    leader, before_poll = world.p.candidacy.leader, before_the_vote(world)
    if not leader or world.conduct.statuses.get(leader) == "admitted" or not before_poll:
        return
    place = world.conduct.carrier or world.p.candidacy.carrier
    world.conduct.statuses[leader], world.conduct.carrier, world.conduct.boycott = (
        "admitted",
        leader,
        False,
    )
    record(world, CandidateAdmitted(world.env.now, leader))
    record(world, VotesCredited(world.env.now, place, leader))
    unity.move(world, world.p.candidacy.unity_admitted)
    before = shares_now(world)
    shift = shift_between(
        before,
        raised(before, world.p.candidacy.leader_lead_gain),
        world.p.candidacy.turnout_reference_share,
    )
    shifted(world, shift, "admission")
