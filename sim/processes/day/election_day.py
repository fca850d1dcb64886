"""The polling day and the nights after it on the clock: opening, closing, sheets by the hour,
bulletins, findings.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.processes.day.electorate import NationalElectorate, Polled
from sim.processes.world import World, bell, closing_day, election_fits, note, until_poll
from sim.records.events import (
    FindingIssued,
    IncidentsReported,
    PollsClosed,
    PollsOpened,
    QuickCountReported,
    ResultAnnounced,
    SheetsScanned,
    SheetsTransmitted,
    TablesPublished,
    WitnessesExcluded,
)
from sim.records.evidence import CITIZEN

Steps = Generator[simpy.Event, Any, None]
HOURS_FOLLOWED = 24
INCIDENT_HOUR = 6.0


def start(world: World) -> None:
    """Start the polling day of the national electorate; the surrogate runs its own."""
    if isinstance(world.door, NationalElectorate):
        world.env.process(_day(world, world.door))


def _day(world: World, door: NationalElectorate) -> Steps:
    yield from until_poll(world, world.p.calendar.opening_minute / 1440)
    if not election_fits(world):
        return
    done = len(door.done)
    door.hold_election(world)
    polled = door.polled
    assert polled is not None
    late = float((polled.delay > 0).mean())
    note(world, PollsOpened(world.env.now, polled.chain.tables, late))
    yield world.env.timeout(closing_day(world) - world.env.now)
    _close(world, door, polled, done)
    after = (
        _hours(world, door),
        _findings(world, door),
        _incidents(world, polled),
        _second_bulletin(world, door),
    )
    for process in (*after, _announcement(world, door, len(door.done))):
        world.env.process(process)


def _close(world: World, door: NationalElectorate, polled: Polled, done: int) -> None:
    truth = polled.truth
    ballots = int(truth.cast.ballots.sum(dtype=np.int64))
    minutes = world.p.calendar.closing_minute - world.p.calendar.opening_minute
    late = float((truth.closing_minute > minutes).mean())
    note(
        world,
        PollsClosed(
            world.env.now, ballots, ballots / int(truth.registered.sum(dtype=np.int64)), late
        ),
    )
    for event in door.applied_events(done, world.env.now):
        note(world, event)
    excluded = [d for d in door.done[done:] if d.key == "witness_expulsion"]
    if excluded:
        note(
            world,
            WitnessesExcluded(world.env.now, excluded[-1].tables / max(polled.chain.tables, 1)),
        )


def _announcement(world: World, door: NationalElectorate, done: int) -> Steps:
    """Note (truth side) what was done to transmission, tabulation and totals by the first
    bulletin.
    """
    yield bell(world, ResultAnnounced)
    for event in door.applied_events(done, world.env.now):
        if (
            event.key != "transmission_stop" or world.conduct.stop_minute is None
        ):  # an ordered stop has its own event, later
            note(world, event)


def _hours(world: World, door: NationalElectorate) -> Steps:
    """Note hour by hour what the authority has received and what the collecting party has
    digitised.
    """
    for _ in range(HOURS_FOLLOWED):
        yield world.env.timeout(1 / 24)
        chain = door.followed().chain
        minute = door.minute_of(world.env.now)
        note(
            world,
            SheetsTransmitted(
                world.env.now, int(np.count_nonzero(chain.transmitted_minute <= minute))
            ),
        )
        note(
            world,
            SheetsScanned(world.env.now, int(np.count_nonzero(chain.scanned_minute <= minute))),
        )


def _incidents(world: World, polled: Polled) -> Steps:
    """Note the day's incident reports by category and source."""
    yield world.env.timeout(INCIDENT_HOUR / 24)
    reports = polled.reports
    observers = reports.source != CITIZEN
    for inside, source in ((True, "observers and witnesses"), (False, "citizens")):
        counts = np.bincount(
            reports.category[observers == inside], minlength=len(reports.categories)
        )
        for name, n in zip(reports.categories, counts.tolist(), strict=True):
            if n:
                note(world, IncidentsReported(world.env.now, name, n, source))


def _findings(world: World, door: NationalElectorate) -> Steps:
    """Ask the estimators at the stated hours; a finding is noted when its verdict is new."""
    verdicts: dict[str, str] = {}
    for hour in world.p.monitoring.finding_hours:
        day = closing_day(world) + hour / 24
        if day <= world.env.now:
            continue
        yield world.env.timeout(day - world.env.now)
        for finding in door.findings(world.env.now):
            if finding.estimator == "quick_count_ratio" and finding.estimate is not None:
                reports = int(door.evidence_reports(world.env.now))
                note(world, QuickCountReported(world.env.now, hour, reports, finding.estimate))
            if verdicts.get(finding.estimator, "undecided") != finding.verdict:
                note(
                    world,
                    FindingIssued(
                        world.env.now, finding.estimator, finding.verdict, finding.estimate
                    ),
                )
                verdicts[finding.estimator] = finding.verdict


def _second_bulletin(world: World, door: NationalElectorate) -> Steps:
    """Announce what has come in by the hour of the second bulletin, under the option of the
    first.
    """
    day = closing_day(world) + world.p.transmission.second_bulletin_hours / 24
    yield world.env.timeout(max(day - world.env.now, 0.0))
    first = world.aftermath.announcement
    option = world.aftermath.night_option
    if first is None or option not in ("count", "altered_tables", "totals_only"):
        return
    second = door.second_announcement(option, first.lead, world.env.now)
    if second is not None:
        number, tables_out = len(door.followed().bulletins), bool(world.ledger.of(TablesPublished))
        said = (second.winner, second.lead, second.share_counted, tables_out, number, second.totals)
        note(world, ResultAnnounced(world.env.now, *said))
