"""The public signal as a process: what everybody can know of an announced result, and what moves it
(docs/model/night.md).

It begins with an announcement of the incumbent or an annulment, and ends when the office changes.
Everybody reads it on the day on which they act.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.ledger import Event
from sim.models.numbers.kalman import normal_cdf
from sim.models.strategy.after.signal import (
    PublicEvidence,
    belief,
    log_odds,
    outrage,
    prior_log_odds,
)
from sim.processes.columns import Signal
from sim.processes.dated import until
from sim.processes.moments import deadline
from sim.processes.world import World, believed_lead, record, wait_for
from sim.records.events import (
    CourtAnnulled,
    CourtRuled,
    MissionStatement,
    NightDecision,
    SheetsPublished,
    SignalMoved,
    TablesPublished,
    TransmissionStopped,
)
from sim.records.parameters.cast import observers_of

MOVERS: tuple[type[Event], ...] = (
    SheetsPublished,
    MissionStatement,
    TablesPublished,
    CourtRuled,
    CourtAnnulled,
    TransmissionStopped,
)


def begin(world: World) -> None:
    """Freeze what the public thinks before any evidence, and start to follow what moves it."""
    announced = world.aftermath.announcement
    if announced is not None and announced.winner != "incumbent":
        return
    mean, sd = believed_lead(world, world.who.citizens)
    world.aftermath.signal = Signal(
        prior=float(prior_log_odds(normal_cdf(mean / sd), world.p.signal)),
        polls_lead=mean,
        altered=world.aftermath.night_option == "altered_tables",
        annulled=announced is None,
        delays=sum(note.option == "delay" for note in world.ledger.of(NightDecision)),
        stopped=world.conduct.stop_minute is not None,
    )
    seen = {kind: len(world.ledger.of(kind)) for kind in MOVERS}
    move(world, "annulment" if announced is None else "announcement")
    world.env.process(_follow(world, seen))
    world.env.process(_limit(world))


def _follow(world: World, seen: dict[type[Event], int]) -> Generator[simpy.Event, Any, None]:
    """Take in every event that moves the signal, each once, also of two at one moment."""
    while holds(world):
        for kind in MOVERS:
            for event in world.ledger.of(kind)[seen[kind] :]:
                take_in(world, event)
            seen[kind] = len(world.ledger.of(kind))
        yield wait_for(world, *MOVERS)


def holds(world: World) -> bool:
    """Return whether there is an announced incumbent, or a void vote, that anybody can doubt."""
    return world.aftermath.signal is not None and world.aftermath.office_holder == "incumbent"


def _limit(world: World) -> Generator[simpy.Event, Any, None]:
    """Let silence speak once the limit of tabulation is over."""
    yield until(world, deadline(world, world.p.calendar.tabulation_limit))
    signal = world.aftermath.signal
    if holds(world) and signal is not None and signal.tables == 0 and not signal.annulled:
        signal.tables = 1
        move(world, "limit")


def take_in(world: World, event: Event) -> None:
    """Change the columns of the signal by one event and note what it makes of the signal."""
    signal = world.aftermath.signal
    if signal is None:
        return
    cause = ""
    match event:
        case SheetsPublished():
            signal.published, signal.published_lead, cause = (
                event.copies_share,
                event.lead,
                "copies",
            )
        case MissionStatement(verdict="negative" | "positive"):
            weight = observers_of(world.p.cast)[event.mission].credibility
            signal.verdicts += weight if event.verdict == "negative" else -weight
            cause = f"statement/{event.mission}"
        case TablesPublished():
            signal.tables, cause = -1, "tables"
        case CourtRuled():
            signal.certified, cause = True, "court"
        case CourtAnnulled():
            signal.annulled, cause = True, "annulment"
        case TransmissionStopped():
            signal.stopped, cause = True, "stop"
    if cause:
        move(world, cause)


def move(world: World, cause: str) -> None:
    """Read the signal anew and note it."""
    signal, rules = world.aftermath.signal, world.p.signal
    if signal is None:
        return
    evidence = PublicEvidence(
        signal.published,
        signal.published_lead,
        signal.verdicts,
        signal.tables,
        signal.altered,
        signal.delays,
        signal.stopped,
        signal.certified,
    )
    signal.z = float(log_odds(signal.prior, evidence, rules))
    signal.belief = float(belief(signal.prior, signal.z, signal.annulled, rules))
    seen = signal.published, signal.published_lead, signal.polls_lead
    signal.outrage = float(outrage(signal.belief, *seen, rules))
    record(world, SignalMoved(world.env.now, signal.z, signal.belief, signal.outrage, cause))
