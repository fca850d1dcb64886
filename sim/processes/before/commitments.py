"""What was agreed falls due: each promise is kept or broken on its day, lapses with a broken-off
deal, and delivers if kept.
"""

from __future__ import annotations

from sim.models.strategy.table.promises import answer_lag_months
from sim.processes.before.packages import Promised, promised, reached
from sim.processes.before.stakes import effect_of, worth_now
from sim.processes.beliefs import government_pi
from sim.processes.dated import Steps, until
from sim.processes.effects.relief import brought
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.agreement import Agreement, Commitment
from sim.records.decisions.view import KeepingView
from sim.records.events import (
    CommitmentBroken,
    CommitmentDue,
    CommitmentKept,
    CommitmentLapsed,
    TablesPublished,
    TargetConceded,
)

COMMITMENT_STREAM = "strategy/commitment/{id}"
VERIFICATION_STREAM = "strategy/commitment/{id}/verified"

ALL_TABLES_SHARE = 0.95


def start(world: World) -> None:
    """Wait for concessions over broken promises."""
    world.env.process(pay_after_concession(world))


def open_agreement(world: World, track: str, package: tuple[float, ...]) -> Agreement:
    """Write down the promises of a package and let each fall due; returns the agreement."""
    earlier = {
        c.id.rsplit("/", 2)[0] for c in world.negotiation.commitments.values() if c.track == track
    }
    agreement = Agreement(f"{track}/{len(earlier) + 1}", track, package, ())
    agreement.commitments = tuple(promises(world, agreement))
    for commitment in agreement.commitments:
        world.negotiation.commitments[commitment.id] = commitment
        effect_of(world, commitment.issue).expect(world, commitment.issue, commitment.part)
        if commitment.due_day is not None:
            world.env.process(fall_due(world, agreement, commitment))
    return agreement


def promises(world: World, agreement: Agreement) -> list[Commitment]:
    """Return one promise an issue that moved from the status quo; relief comes in tranches."""
    return [
        commitment
        for promise in promised(world, agreement.package)
        for commitment in _promise(world, agreement, promise)
    ]


def _promise(world: World, agreement: Agreement, promise: Promised) -> list[Commitment]:
    party = giver(world, agreement.track, promise.issue)
    staged = bool(world.p.issues[promise.issue].brings)
    count = world.p.negotiation.commitments.tranches if staged else 0
    whole = [t for t in range(1, count + 1) if promise.part > (t - 1) / count + 1e-9]
    return [
        Commitment(
            f"{agreement.id}/{promise.issue}/{tranche}",
            agreement.track,
            party,
            promise.issue,
            promise.level,
            tranche / count if tranche else promise.part,
            due_day(world, promise.issue) if tranche < 2 else None,
            tranche,
        )
        for tranche in (whole if count else (0,))
    ]


def giver(world: World, track: str, issue: str) -> str:
    """Return who delivers an issue that was agreed at a table: who of those who owe it sits
    there.
    """
    by, other = world.p.issues[issue].by, world.p.negotiation.tracks[track].other
    return other if other in by else by[0]


def due_day(world: World, issue: str) -> float:
    """Return the day on which a promise made now falls due."""
    effect, after = effect_of(world, issue), world.p.issues[issue].due_days
    if effect.from_vote:
        return world.conduct.poll_day + after
    return max(min(world.env.now + after, effect.closes(world)), world.env.now)


def fall_due(world: World, agreement: Agreement, commitment: Commitment) -> Steps:
    """Keep or break a promise on its day, unless it has lapsed."""
    assert commitment.due_day is not None
    yield until(world, commitment.due_day)
    while world.env.now < due_now(world, commitment):
        yield until(world, due_now(world, commitment))
    yield world.env.timeout(0)  # what the other processes do at this very moment counts
    if commitment.status != "pending":
        return
    record(world, CommitmentDue(world.env.now, commitment.id, commitment.party, commitment.issue))
    if complies(world, commitment):
        keep(world, commitment)
        if commitment.party == world.who.incumbent:
            yield from verify(world, agreement, commitment)
    else:
        commitment.status = "broken"
        effect_of(world, commitment.issue).disown(world, commitment.issue, commitment.part)
        learn(world, commitment, kept=False)
        record(world, CommitmentBroken(world.env.now, commitment.id))


def due_now(world: World, commitment: Commitment) -> float:
    """Return when a promise is due: what is due after the vote moves with a postponed vote."""
    if effect_of(world, commitment.issue).from_vote:
        return world.conduct.poll_day + world.p.issues[commitment.issue].due_days
    return world.env.now


def complies(world: World, commitment: Commitment) -> bool:
    """Ask who owes the promise; a count is published only if the tables are out, whatever was
    meant.
    """
    p, columns, effect = world.p, world.sanctions, effect_of(world, commitment.issue)
    if effect.while_talks_stand:
        return True
    owes = commitment.party == world.who.incumbent
    strength = world.conduct.observer_strength
    view = KeepingView(
        "comply",
        world.env.now,
        relief_share=columns.relief_share + (pending_relief(world, commitment) if owes else 0.0),
        q_imp=columns.q_imp,
        pi=government_pi(world) if owes else None,
        commitment_issue=commitment.issue,
        lag_months=answer_lag_months(p, commitment.issue, strength),
        worth=worth_now(world, commitment.issue, commitment.part)
        if owes and in_game(world)
        else None,
    )
    stream = COMMITMENT_STREAM.format(id=commitment.id)
    meant = decide(world, commitment.party, view, stream, commitment.issue).option == "yes"
    return meant and (not effect_of(world, commitment.issue).from_vote or tables_are_out(world))


def in_game(world: World) -> bool:
    """Return whether promises are valued by what they do to election night."""
    return world.p.deals.stakes == "game"


def pending_relief(world: World, commitment: Commitment) -> float:
    """Return the share of relief that is still to come at the table of a promise: a breach would
    lose it. Read where promises are valued by election night.
    """
    if not in_game(world):
        return 0.0
    owed = {
        key
        for c in world.negotiation.commitments.values()
        if c.tranche and c.status == "pending" and c.track == commitment.track
        for key in brought(world, c.issue, c.part)
        if world.sanctions.book[key].status != "in_force"
    }
    return sum(world.p.licences[key].value for key in owed) / world.p.sanctions.reference_value


def tables_are_out(world: World) -> bool:
    """Return whether results by table have been published."""
    return any(event.share >= ALL_TABLES_SHARE for event in world.ledger.of(TablesPublished))


def keep(world: World, commitment: Commitment) -> None:
    """Carry a promise out: its effect, the trust that it earns, and the note."""
    commitment.status = "kept"
    learn(world, commitment, kept=True)
    deliver(world, commitment)
    record(world, CommitmentKept(world.env.now, commitment.id))


def deliver(world: World, commitment: Commitment) -> None:
    """Give a kept promise its effect; the level reached is the new status quo of its issue."""
    effect_of(world, commitment.issue).deliver(world, commitment.issue, commitment.part)
    reached(world, commitment)


def learn(world: World, commitment: Commitment, *, kept: bool) -> None:
    """Add a kept or a broken promise to the trust of the other side of the track."""
    other = world.p.negotiation.tracks[commitment.track].other
    home = world.who.incumbent
    pair = (other, home) if commitment.party == home else (home, other)
    good, bad = world.negotiation.trusts[pair]
    world.negotiation.trusts[pair] = (good + kept, bad + (not kept))


def verify(world: World, agreement: Agreement, commitment: Commitment) -> Steps:
    """Let the time pass in which a breach would have been seen; enough verified promises call the
    later tranches.
    """
    p, unit = (
        world.p,
        float(world.streams(VERIFICATION_STREAM.format(id=commitment.id)).standard_exponential()),
    )
    present = world.conduct.observer_strength >= p.negotiation.commitments.mission_present_share
    yield until(
        world,
        world.env.now + unit * p.issues[commitment.issue].detection_days / (2 if present else 1),
    )
    agreement.verified += 1
    if agreement.verified == p.negotiation.commitments.tranche_promises:
        for later in agreement.commitments:
            if later.tranche >= 2 and later.status == "pending":
                later.due_day = world.env.now + p.negotiation.commitments.tranche_gap_days * (
                    later.tranche - 1
                )
                world.env.process(fall_due(world, agreement, later))


def outstanding(world: World, track: str) -> bool:
    """Return whether a promise of a track is still to fall due or stands broken: till then no deal
    counts as carried out.
    """
    of_track = (c for c in world.negotiation.commitments.values() if c.track == track)
    return any(
        c.status == "broken" or (c.status == "pending" and c.due_day is not None) for c in of_track
    )


def lapse(world: World, track: str, *, kept: bool = True) -> None:
    """Let every pending promise of a track lapse: neither kept nor broken.

    kept: so do those that hold only while talks stand; what was promised for the day after (an
    exit) holds where the incumbent goes.
    """
    for commitment in world.negotiation.commitments.values():
        effect = effect_of(world, commitment.issue)
        held = kept and effect.while_talks_stand and commitment.status == "kept"
        if commitment.track == track and (held or commitment.status == "pending"):
            commitment.status = "lapsed"
            effect.disown(world, commitment.issue, commitment.part)
            record(world, CommitmentLapsed(world.env.now, commitment.id))


def pay_after_concession(world: World) -> Steps:
    """Pay a broken promise when the government concedes, while it still can be paid."""
    seen = 0
    while True:
        yield wait_for(world, TargetConceded)
        conceded = world.ledger.of(TargetConceded)
        for event in conceded[seen:]:
            commitment = world.negotiation.commitments.get(event.over)
            if (
                commitment is not None
                and commitment.status == "broken"
                and can_be_paid(world, commitment)
            ):
                keep(world, commitment)
        seen = len(conceded)


def can_be_paid(world: World, commitment: Commitment) -> bool:
    """Return whether a broken promise can still be paid: nobody is admitted or invited once the
    poll is there.
    """
    effect = effect_of(world, commitment.issue)
    if effect.reversible:
        return False
    return tables_are_out(world) if effect.from_vote else world.env.now <= effect.closes(world)
