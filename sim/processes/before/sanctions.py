"""Sanctions: licences expire or are renewed; a breach is detected, answered with a threat or not,
conceded to or punished.

An occasion is a breach: a bar, a postponement, a withdrawn invitation, a broken promise of the
government. Its name is the measure's key (or the promise's id), with "/2", "/3" ... where the same
measure comes again. TargetConceded carries it, and whoever owns what was breached undoes it.
"""

from __future__ import annotations

from sim.ledger import Event
from sim.models.strategy.licences import delivered_part
from sim.models.strategy.promises import issue_terms
from sim.processes.before.licence_book import (
    amend,
    designate,
    end,
    issue,
    open_book,
    renew,
    terms_of,
    wind_down,
)
from sim.processes.columns import Breach
from sim.processes.dated import Steps, dated, forced_moment, until
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.agreement import Commitment
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import LicenceView, ThreatView
from sim.records.events import (
    BreachDetected,
    CandidateBarred,
    CommitmentBroken,
    ElectionPostponed,
    MeasureTaken,
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
    ElectionPostponed,
    MeasureTaken,
    CommitmentBroken,
)
LICENCE_STEPS = ("issue", "renew", "amend", "wind_down", "end")
DESIGNATIONS = "designations"


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
    breaches = sum(breach.day >= licence.since for breach in world.negotiation.breaches)
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
        case "amend", part:
            amend(world, key, float(part) * terms_of(world, key).value)
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
        case ElectionPostponed(new_day=new) if new > poll_day:
            return "postpone", p.ban_detection_days
        case MeasureTaken(measure="withdraw_invitations"):
            return "withdraw_invitations", p.invitation_detection_days
        case CommitmentBroken(commitment=key):
            promise: Commitment = world.negotiation.commitments[key]
            return key, issue_terms(world.p.negotiation, promise.issue).detection_days
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
    world.negotiation.breaches.append(Breach(world.env.now, name))
    record(world, BreachDetected(world.env.now, name, lag))
    promise: Commitment | None = world.negotiation.commitments.get(name)
    own = promise is not None and promise.party != world.who.incumbent
    if world.who.sender and not own:
        yield until(world, world.env.now + world.p.sanctions.decision_days)
        threaten(world, name)


def threaten(world: World, name: str) -> None:
    """Play the threat game over an occasion."""
    sender, incumbent = world.who.sender, world.who.incumbent
    if not _moves(world, sender, "threaten", name):
        return
    record(world, ThreatMade(world.env.now, sender, incumbent, name))
    if _moves(world, incumbent, "concede", name):
        record(world, TargetConceded(world.env.now, name))
        return
    view = ThreatView("punish", world.env.now, relief_share=world.sanctions.relief_share)
    stream = THREAT_STREAM.format(occasion=name, move="punish")
    action = decide(world, sender, view, stream, name)
    if action.option == "warn":
        record(world, ThreatDropped(world.env.now, name))
    elif action.option == "full_snapback":
        full_snapback(world, name)
    else:
        impose(world, name)


def _moves(world: World, actor: str, move: str, name: str) -> bool:
    view = ThreatView(move, world.env.now, relief_share=world.sanctions.relief_share)
    return (
        decide(world, actor, view, THREAT_STREAM.format(occasion=name, move=move), name).option
        == "yes"
    )


def full_snapback(world: World, name: str) -> None:
    """End every licence for energy at once."""
    record(world, ThreatCarriedOut(world.env.now, name, "full_snapback"))
    for key, terms in world.p.licences.items():
        if terms.scope in ("general", "energy"):
            end(world, key)


def impose(world: World, name: str) -> None:
    """Revoke a delivered tranche if there is one, else draw an instrument; one that is gone already
    counts as designations.
    """
    u, names = _instrument_draw(world, name)
    if revoke_tranche(world, name):
        return
    key = _drawn(world.p.sanctions.instruments, u)
    if key != DESIGNATIONS and world.sanctions.book[key].status == "in_force":
        record(world, ThreatCarriedOut(world.env.now, name, key))
        wind_down(world, key)
    else:
        record(world, ThreatCarriedOut(world.env.now, name, DESIGNATIONS))
        designate(world, names)


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
    """Take back the newest delivered tranche of energy relief; return whether there was one."""
    delivered = [
        c
        for c in world.negotiation.commitments.values()
        if c.issue == "energy_relief" and c.status == "kept"
    ]
    key = general_licence(world)
    if not delivered or key is None or world.sanctions.book[key].status != "in_force":
        return False
    tranche: Commitment = delivered[-1]
    tranche.status = "revoked"
    record(world, ThreatCarriedOut(world.env.now, name, "revoke_tranche"))
    left = world.sanctions.book[key].value - tranche_value(world, tranche.level)
    amend(world, key, left) if left > 1e-9 else wind_down(world, key)
    return True


def general_licence(world: World) -> str | None:
    """Return the licence that promised energy relief issues again, None if the case has none."""
    return next((key for key, terms in world.p.licences.items() if terms.scope == "general"), None)


def tranche_value(world: World, level: float) -> float:
    """Return the million USD a month that one tranche of a promised energy level adds."""
    key, c = general_licence(world), world.p.negotiation.commitments
    if key is None:
        return 0.0
    quo = world.p.issue_space.status_quo["energy_relief"]
    return (
        terms_of(world, key).value
        * delivered_part(level, quo, c.general_licence_level)
        / c.tranches
    )


def deliver_tranche(world: World, level: float) -> None:
    """Issue the general licence with a tranche's value, or add the tranche to it; never more than
    its full value.
    """
    key, worth = general_licence(world), tranche_value(world, level)
    if key is None or worth <= 0:
        return
    licence = world.sanctions.book[key]
    added = min(terms_of(world, key).value, licence.value + worth)
    if licence.status == "in_force":
        amend(world, key, added)
    else:
        issue(world, key, added if licence.status == "winding_down" else worth)
