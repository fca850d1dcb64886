"""What was agreed falls due: each promise is kept or broken on its day, lapses with a broken-off
deal, and delivers if kept.
"""

from __future__ import annotations

from sim.models.strategy.licences import delivered_part
from sim.models.strategy.promises import answer_lag_months, issue_terms
from sim.processes.before.sanctions import deliver_tranche
from sim.processes.beliefs import government_pi
from sim.processes.dated import Steps, until
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.agreement import (
    GOVERNMENT_ISSUES,
    ISSUES,
    RELIEF_ISSUES,
    Agreement,
    Commitment,
)
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
OPEN_BALLOT_LEVEL = 80.0


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
        if commitment.due_day is not None:
            world.env.process(fall_due(world, agreement, commitment))
    return agreement


def promises(world: World, agreement: Agreement) -> list[Commitment]:
    """Return one promise an issue that moved in the other side's favour; energy relief comes in
    tranches.

    A level at or below the status quo binds nobody: on the first four issues it favours the
    government, on relief nobody.
    """
    found: list[Commitment] = []
    if not agreement.package:
        return found
    names, quo = world.p.issue_space.issues, world.negotiation.status_quo
    for issue in ISSUES:
        place = names.index(issue)
        if agreement.package[place] > quo[place]:
            found += _promise(world, agreement, issue, agreement.package[place])
    return found


def _promise(world: World, agreement: Agreement, issue: str, level: float) -> list[Commitment]:
    party = world.who.incumbent if issue in GOVERNMENT_ISSUES else world.who.sender
    count = world.p.negotiation.commitments.tranches if issue == "energy_relief" else 0
    return [
        Commitment(
            f"{agreement.id}/{issue}/{tranche}",
            agreement.track,
            party,
            issue,
            level,
            due_day(world, issue) if tranche < 2 else None,
            tranche,
        )
        for tranche in (range(1, count + 1) if count else (0,))
    ]


def due_day(world: World, issue: str) -> float:
    """Return the day on which a promise made now falls due."""
    p, after = world.p.negotiation, issue_terms(world.p.negotiation, issue).due_days
    if issue == "count_publication":
        return world.conduct.poll_day + after
    if issue == "candidacies":
        return min(
            world.env.now + after, world.conduct.poll_day - p.commitments.candidacies_close_days
        )
    return world.env.now + after


def fall_due(world: World, agreement: Agreement, commitment: Commitment) -> Steps:
    """Keep or break a promise on its day, unless it has lapsed."""
    assert commitment.due_day is not None
    yield until(world, commitment.due_day)
    while commitment.issue == "count_publication" and world.env.now < due_now(world):
        yield until(world, due_now(world))
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
        learn(world, commitment, kept=False)
        record(world, CommitmentBroken(world.env.now, commitment.id))


def due_now(world: World) -> float:
    """Return when the publication of the count is due: with a postponed poll it moves."""
    return world.conduct.poll_day + issue_terms(world.p.negotiation, "count_publication").due_days


def complies(world: World, commitment: Commitment) -> bool:
    """Ask who owes the promise; a count is published only if the tables are out, whatever was
    meant.
    """
    p, columns = world.p, world.sanctions
    strength = world.conduct.observer_strength
    view = KeepingView(
        "comply",
        world.env.now,
        relief_share=columns.relief_share,
        q_imp=columns.q_imp,
        pi=government_pi(world) if commitment.party == world.who.incumbent else None,
        commitment_issue=commitment.issue,
        lag_months=answer_lag_months(
            p.negotiation, commitment.issue, p.sanctions.decision_days, strength
        ),
    )
    stream = COMMITMENT_STREAM.format(id=commitment.id)
    meant = decide(world, commitment.party, view, stream, commitment.issue).option == "yes"
    return meant and (commitment.issue != "count_publication" or tables_are_out(world))


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
    c, conduct, level = world.p.negotiation.commitments, world.conduct, commitment.level
    quo = world.p.issue_space.status_quo[commitment.issue]
    match commitment.issue:
        case "energy_relief":
            deliver_tranche(world, level)
        case "personal_relief":
            conduct.guarantees = max(
                conduct.guarantees, c.guarantees_share * delivered_part(level, quo, 100.0)
            )
        case "observation":
            added = c.observation_gain_share * delivered_part(level, quo, 100.0)
            conduct.observer_strength = min(1.0, conduct.observer_strength + added)
            conduct.broad_observation = (
                conduct.broad_observation or level >= c.broad_observation_level
            )
        case "candidacies":
            world.negotiation.ballot_open = (
                world.negotiation.ballot_open or level >= OPEN_BALLOT_LEVEL
            )
    part = commitment.tranche / c.tranches if commitment.tranche else 1.0
    world.negotiation.status_quo[world.p.issue_space.issues.index(commitment.issue)] = (
        quo + part * (level - quo)
    )


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
        world.env.now
        + unit
        * issue_terms(p.negotiation, commitment.issue).detection_days
        / (2 if present else 1),
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


def lapse(world: World, track: str) -> None:
    """Let every pending promise of a track lapse: neither kept nor broken."""
    for commitment in world.negotiation.commitments.values():
        if commitment.track == track and commitment.status == "pending":
            commitment.status = "lapsed"
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
    if commitment.issue == "candidacies":
        return world.env.now <= world.conduct.poll_day - 1
    if commitment.issue == "observation":
        return world.env.now < world.conduct.poll_day
    return commitment.issue not in RELIEF_ISSUES and (
        commitment.issue != "count_publication" or tables_are_out(world)
    )
