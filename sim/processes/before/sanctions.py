"""Sanctions: licences expire or are renewed; a breach is detected, answered with a threat or not,
conceded to or punished.

An occasion is a breach: a bar, a refused substitute, a postponement, a withdrawn invitation, a
broken promise of the government. Its name is the measure's key (or the promise's id), with "/2",
"/3" ... where the same measure comes again. TargetConceded carries it, and whoever owns what was
breached undoes it.
"""

from __future__ import annotations

from sim.ledger import Event
from sim.processes.before import occasions
from sim.processes.before.licence_book import (
    amend,
    designate,
    end,
    issue,
    open_book,
    refresh,
    renew,
    terms_of,
    wind_down,
)
from sim.processes.columns import Breach
from sim.processes.dated import Steps, by_day, dated, forced_moment, in_office, until
from sim.processes.effects.register import EFFECTS
from sim.processes.effects.relief import brought
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.agreement import Commitment
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import LicenceView, ThreatView
from sim.records.events import (
    BreachDetected,
    CandidateBarred,
    CandidateReadmitted,
    CommitmentBroken,
    ElectionPostponed,
    MeasureTaken,
    SubstituteRefused,
    TargetConceded,
    ThreatCarriedOut,
    ThreatDropped,
    ThreatMade,
)

DETECTION_STREAM = "strategy/detection/{occasion}"
THREAT_STREAM = "strategy/threat/{occasion}/{move}"
INSTRUMENT_STREAM = "strategy/instrument/{occasion}"
LICENCE_STREAM = "strategy/licence/{key}/{date:g}"

OCCASIONS: tuple[type[Event], ...] = (
    CandidateBarred,
    SubstituteRefused,
    ElectionPostponed,
    MeasureTaken,
    CommitmentBroken,
)
LICENCE_STEPS = ("issue", "renew", "amend", "wind_down", "end")
DESIGNATIONS = "designations"
MEASURES_OF_THE_VOTE = ("bar_candidate", "substitute_refused", "postpone", "withdraw_invitations")


def start(world: World) -> None:
    """Open the licence book, and wait for expiries, for breaches and for what the scenario
    fixes.
    """
    open_book(world)
    for key in world.p.sanctions.instruments:
        if key != DESIGNATIONS:
            terms_of(world, key)
    for key, terms in world.p.licences.items():
        for day in terms.expiry_days:
            if day >= world.env.now:
                world.env.process(expiry(world, key, day))
    for step in LICENCE_STEPS:
        for sender in world.who.senders:
            for forcing in dated(world, sender, step):
                world.env.process(forced_step(world, forcing))
    if occasions.sender(world):
        occasions.start(world, threaten)
    world.env.process(watch(world))


def expiry(world: World, key: str, day: float) -> Steps:
    """Renew a licence on the day on which it expires, or begin to wind it down."""
    yield until(world, day)
    licence = world.sanctions.book[key]
    if licence.status != "in_force":
        return
    if terms_of(world, key).self_renewing:
        renew(world, key)
        return
    found = (b for b in world.negotiation.breaches if b.by == world.who.incumbent)
    there = world.aftermath.office_holder == "incumbent"
    breaches = sum(breach.day >= licence.since for breach in found) if there else 0
    view = LicenceView("renew", world.env.now, licence=key, breaches=breaches)
    action = decide(world, world.who.sender, view, LICENCE_STREAM.format(key=key, date=day), key)
    renew(world, key) if action.option == "yes" else wind_down(world, key)


def forced_step(world: World, forcing: Forcing) -> Steps:
    """Take a step with a licence on the day that the scenario names."""
    yield from forced_moment(world, forcing)
    key = forcing.target
    view = LicenceView(forcing.decision, world.env.now, licence=key, breaches=None)
    stream = LICENCE_STREAM.format(key=key, date=world.env.now)
    action = decide(world, forcing.actor, view, stream, key)
    match forcing.decision, action.option:
        case "issue", "yes":
            issue(world, key, terms_of(world, key).value)
        case "renew", "yes":
            renew(world, key)
        case "amend", variant if variant in terms_of(world, key).variants:
            amend(world, key, terms_of(world, key).variants[variant] * terms_of(world, key).value)
        case "wind_down", "yes":
            wind_down(world, key)
        case "end", "yes":
            end(world, key)


def watch(world: World) -> Steps:
    """Open an occasion for every breach that is noted."""
    seen = dict.fromkeys(OCCASIONS, 0)
    names: dict[str, int] = {}
    poll_day = world.conduct.poll_day
    while True:
        yield wait_for(world, *OCCASIONS)
        for kind in OCCASIONS:
            news = world.ledger.of(kind)
            for event in news[seen[kind] :]:
                breach = breach_of(world, event, poll_day)
                if breach is not None:
                    names[breach[0]] = names.get(breach[0], 0) + 1
                    world.env.process(
                        occasion(world, numbered(breach[0], names[breach[0]]), breach[1])
                    )
                if isinstance(event, ElectionPostponed):
                    poll_day = event.new_day
            seen[kind] = len(news)


def numbered(name: str, count: int) -> str:
    """Return the name of the count-th occasion of one kind."""
    return name if count == 1 else f"{name}/{count}"


def breach_of(world: World, event: Event, poll_day: float) -> tuple[str, float] | None:
    """Return (name, mean days to detection without a mission) of a breach, None if the event is
    none.
    """
    p = world.p.sanctions
    match event:
        case CandidateBarred():
            return "bar_candidate", p.ban_detection_days
        case SubstituteRefused():
            return "substitute_refused", p.ban_detection_days
        case ElectionPostponed(new_day=new) if new > poll_day:
            return "postpone", p.ban_detection_days
        case MeasureTaken(measure="withdraw_invitations"):
            return "withdraw_invitations", p.invitation_detection_days
        case CommitmentBroken(commitment=key):
            promise: Commitment = world.negotiation.commitments[key]
            return key, world.p.issues[promise.issue].detection_days
        case _:
            return None


def occasion(world: World, name: str, detection_days: float) -> Steps:
    """Detect a breach; some days later who sanctions plays the threat game once (over a promise of
    its own nobody threatens).
    """
    unit = float(world.streams(DETECTION_STREAM.format(occasion=name)).standard_exponential())
    present = (
        world.conduct.observer_strength >= world.p.negotiation.commitments.mission_present_share
    )
    lag = unit * detection_days / (2 if present else 1)
    yield until(world, world.env.now + lag)
    promise: Commitment | None = world.negotiation.commitments.get(name)
    by = world.who.incumbent if promise is None else promise.party
    world.negotiation.breaches.append(Breach(world.env.now, name, by))
    record(world, BreachDetected(world.env.now, name, lag))
    if by == world.who.incumbent and world.who.sender:
        yield until(world, by_day(world, world.env.now + world.p.sanctions.decision_days))
        yield from threaten(world, name)


def threaten(world: World, name: str) -> Steps:
    """Play the threat game over an occasion, its moves some days apart; nobody threatens, concedes
    or punishes over what is past mending.
    """
    sender, incumbent = world.who.sender, world.who.incumbent
    if past_mending(world, name) or not _moves(world, sender, "threaten", name):
        return
    record(world, ThreatMade(world.env.now, sender, incumbent, name))
    yield until(world, in_office(world, world.env.now + world.p.sanctions.answer_days))
    if past_mending(world, name):
        record(world, ThreatDropped(world.env.now, name))
    elif _moves(world, incumbent, "concede", name):
        record(world, TargetConceded(world.env.now, name))
    else:
        punish(world, name)


def punish(world: World, name: str) -> None:
    """Carry a threat out, or leave it at that."""
    sender = world.who.sender
    view = _view(world, "punish", name)
    stream = THREAT_STREAM.format(occasion=name, move="punish")
    action = decide(world, sender, view, stream, name)
    if action.option == "warn":
        record(world, ThreatDropped(world.env.now, name))
        refresh(world)
    elif action.option == "full_snapback":
        full_snapback(world, name)
    else:
        impose(world, name)


def _moves(world: World, actor: str, move: str, name: str) -> bool:
    return (
        decide(
            world,
            actor,
            _view(world, move, name),
            THREAT_STREAM.format(occasion=name, move=move),
            name,
        ).option
        == "yes"
    )


def _view(world: World, move: str, name: str) -> ThreatView:
    stake = world.p.sanctions.contest_stake if name == occasions.CONTEST else 1.0
    relief, dropped = world.sanctions.relief_share, len(world.ledger.of(ThreatDropped))
    return ThreatView(move, world.env.now, relief_share=relief, stake=stake, dropped=dropped)


def past_mending(world: World, name: str) -> bool:
    """Return whether a threat over an occasion has lost its object."""
    return occasions.lame_duck(world) or too_late(world, name)


def too_late(world: World, name: str) -> bool:
    """Return whether the vote has passed that a measure against it was about, or a bar was lifted
    meanwhile.
    """
    kind = name.split("/")[0]
    barred, again = world.ledger.last(CandidateBarred), world.ledger.last(CandidateReadmitted)
    lifted = (
        kind in ("bar_candidate", "substitute_refused") and barred is not None and again is not None
    )
    lifted = lifted and again.day >= barred.day  # type: ignore[union-attr]
    return kind in MEASURES_OF_THE_VOTE and (world.env.now >= world.conduct.poll_day or lifted)


def full_snapback(world: World, name: str) -> None:
    """End every licence for energy at once."""
    record(world, ThreatCarriedOut(world.env.now, name, "full_snapback"))
    for key, terms in world.p.licences.items():
        if terms.scope in ("general", "energy"):
            end(world, key)


def impose(world: World, name: str) -> None:
    """Revoke a delivered tranche if there is one, else draw among what can still be used; nothing
    left: nothing is done.
    """
    u, names = _instrument_draw(world, name)
    if revoke_tranche(world, name) or not usable(world, name):
        return
    key = _drawn(usable(world, name), u)
    if key != DESIGNATIONS:
        record(world, ThreatCarriedOut(world.env.now, name, key))
        wind_down(world, key)
    else:
        record(world, ThreatCarriedOut(world.env.now, name, DESIGNATIONS))
        designate(world, names)


def usable(world: World, name: str) -> dict[str, float]:
    """Return the chances of the answers that are left: names can always be added, a licence can be
    ended while it is in force. A contested announcement has chances of its own.
    """
    p, book = world.p.sanctions, world.sanctions.book
    own = p.contest_instruments if name == occasions.CONTEST else {}
    return {
        key: chance
        for key, chance in (own or p.instruments).items()
        if key == DESIGNATIONS or book[key].status == "in_force"
    }


def _instrument_draw(world: World, name: str) -> tuple[float, int]:
    u, v = world.streams(INSTRUMENT_STREAM.format(occasion=name)).random(2).tolist()
    low, high = world.p.sanctions.designations_low, world.p.sanctions.designations_high
    return u, low + int(v * (max(low, high) - low + 1))


def _drawn(instruments: dict[str, float], u: float) -> str:
    total, scaled = 0.0, u * sum(instruments.values())
    for key, chance in instruments.items():
        total += chance
        if scaled < total:
            return key
    return DESIGNATIONS


def revoke_tranche(world: World, name: str) -> bool:
    """Take back the newest delivered tranche of relief; return whether there was one."""
    delivered: list[Commitment] = [
        c for c in world.negotiation.commitments.values() if c.tranche and c.status == "kept"
    ]
    for tranche in reversed(delivered):
        effect = EFFECTS[world.p.issues[tranche.issue].effect]
        if any(
            world.sanctions.book[key].status == "in_force"
            for key in brought(world, tranche.issue, tranche.part)
        ):
            tranche.status = "revoked"
            record(world, ThreatCarriedOut(world.env.now, name, "revoke_tranche"))
            effect.undo(world, tranche.issue, tranche.part)
            return True
    return False
