"""The polling day and the nights after it on the clock: opening, closing, sheets by the hour,
bulletins, findings.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.models.chain.bulletins import due_minute
from sim.processes.dated import until, until_moment
from sim.processes.day.regions import announce_by_region
from sim.processes.day.seen import reports_in
from sim.processes.world import World, closing_day, election_fits, record, wait_for
from sim.records.events import (
    FindingIssued,
    IncidentsReported,
    ManipulationApplied,
    PollsClosed,
    PollsOpened,
    QuickCountReported,
    ResultAnnounced,
    SecondRoundCalled,
    SheetsScanned,
    SheetsTransmitted,
    TablesPublished,
    WitnessesExcluded,
)
from sim.records.moments import OPENING
from sim.records.parameters.vote.rule import Stage
from sim.records.seen.evidence import CITIZEN, Incidents
from sim.records.vote.chain import Manipulated
from sim.records.vote.election_day import ElectionDay

Steps = Generator[simpy.Event, Any, None]
HOURS_FOLLOWED = 24
INCIDENT_HOUR = 6.0


def start(world: World) -> None:
    """Start the polling day of an electorate that leaves an election day behind."""
    world.env.process(_day(world))


def _day(world: World) -> Steps:
    yield from until_moment(world, OPENING)
    if not election_fits(world):
        return
    world.electorate.hold(world.conduct, world.env.now)
    world.conduct.held, world.contest = True, world.electorate.contest
    held = _standing_day(world)
    late = float((held.delay > 0).mean())
    record(world, PollsOpened(world.env.now, held.chain.tables, late, world.conduct.round))
    yield world.env.timeout(closing_day(world) - world.env.now)
    _close(world, held)
    known = len(_standing_day(world).done)
    after = (
        _hours(world),
        _findings(world),
        _incidents(world, held.reports),
        announce_by_region(world),
        *(_later_bulletin(world, stage) for stage in world.p.vote.stages[1:]),
    )
    for process in (*after, _announcement(world, known)):
        world.env.process(process)


def _standing_day(world: World) -> ElectionDay:
    standing = world.electorate.standing
    if standing is None:
        raise RuntimeError("this electorate leaves no election day behind")
    return standing.day


def _noted(world: World, done: Manipulated) -> ManipulationApplied:
    """Return the ledger's (truth side) event of what was done."""
    return ManipulationApplied(
        world.env.now, done.key, done.beneficiary, done.tables, done.votes_added, done.votes_moved
    )


def _close(world: World, held: ElectionDay) -> None:
    """Note the close of the polls, and (truth side) what was done up to then."""
    truth, minutes = held.truth, held.chain.hours.open_minutes
    ballots = int(truth.cast.ballots.sum(dtype=np.int64))
    late = float((truth.closing_minute > minutes).mean())
    record(
        world,
        PollsClosed(
            world.env.now, ballots, ballots / int(truth.registered.sum(dtype=np.int64)), late
        ),
    )
    for done in held.done:
        record(world, _noted(world, done))
    excluded = [done for done in held.done if done.key == "witness_expulsion"]
    if excluded:
        record(
            world, WitnessesExcluded(world.env.now, excluded[-1].tables / max(held.chain.tables, 1))
        )


def _announcement(world: World, known: int) -> Steps:
    """Note (truth side) what was done to transmission, tabulation and totals by the first
    bulletin.
    """
    yield wait_for(world, ResultAnnounced, SecondRoundCalled)
    for done in _standing_day(world).done[known:]:
        if (
            done.key != "transmission_stop" or world.conduct.stop_minute is None
        ):  # an ordered stop has its own event, later
            record(world, _noted(world, done))


def _hours(world: World) -> Steps:
    """Note hour by hour what the authority has received and what the collecting party has
    digitised.
    """
    for _ in range(HOURS_FOLLOWED):
        yield world.env.timeout(1 / 24)
        chain = _standing_day(world).chain
        minute = chain.hours.minute_of(world.env.now)
        record(
            world,
            SheetsTransmitted(
                world.env.now, int(np.count_nonzero(chain.transmitted_minute <= minute))
            ),
        )
        record(
            world,
            SheetsScanned(world.env.now, int(np.count_nonzero(chain.scanned_minute <= minute))),
        )


def _incidents(world: World, reports: Incidents) -> Steps:
    """Note the day's incident reports by category and source."""
    yield world.env.timeout(INCIDENT_HOUR / 24)
    observers = reports.source != CITIZEN
    for inside, source in ((True, "observers and witnesses"), (False, "citizens")):
        counts = np.bincount(
            reports.category[observers == inside], minlength=len(reports.categories)
        )
        for name, n in zip(reports.categories, counts.tolist(), strict=True):
            if n:
                record(world, IncidentsReported(world.env.now, name, n, source))


def _findings(world: World) -> Steps:
    """Ask the estimators at the stated hours; a finding is noted when its verdict is new."""
    verdicts: dict[str, str] = {}
    close, number = closing_day(world), world.conduct.round
    for hour in world.p.monitoring.finding_hours:
        day = close + hour / 24
        if day <= world.env.now:
            continue
        yield world.env.timeout(day - world.env.now)
        if world.conduct.held and world.conduct.round != number:
            return  # the polls of the next round are open
        for finding in world.electorate.findings(world.env.now):
            if finding.estimator == "quick_count_ratio" and finding.estimate is not None:
                record(
                    world,
                    QuickCountReported(world.env.now, hour, _reports(world), finding.estimate),
                )
            if verdicts.get(finding.estimator, "undecided") != finding.verdict:
                record(
                    world,
                    FindingIssued(
                        world.env.now, finding.estimator, finding.verdict, finding.estimate
                    ),
                )
                verdicts[finding.estimator] = finding.verdict


def _reports(world: World) -> int:
    standing = world.electorate.standing
    return 0 if standing is None else reports_in(standing, world.env.now)


def _later_bulletin(world: World, stage: Stage) -> Steps:
    """Announce what has come in when a later stage is due, under the option of the first
    bulletin.
    """
    if stage.hours is None:
        yield from _share_received(world, stage)
    else:
        day = closing_day(world) + stage.hours / 24
        yield world.env.timeout(max(day - world.env.now, 0.0))
    first = world.aftermath.announcement
    if first is None or (stage.share is not None and first.share_counted >= stage.share):
        return
    later = world.electorate.next_announcement(world.env.now)
    standing = world.electorate.standing
    if later is not None and standing is not None:
        number, tables_out = len(standing.bulletins), bool(world.ledger.of(TablesPublished))
        said = (later.winner, later.lead, later.share_counted, tables_out, number, later.totals)
        record(world, ResultAnnounced(world.env.now, *said))


def _share_received(world: World, stage: Stage) -> Steps:
    """Wait until a first bulletin is out and the share of a stage is in; transmission may stop
    meanwhile, and then it never is.
    """
    if world.aftermath.announcement is None:
        yield wait_for(world, ResultAnnounced)
    while True:
        chain = _standing_day(world).chain
        minute = due_minute(chain, stage)
        if minute is None:
            yield world.env.event()  # never
        elif (day := chain.hours.day_of(minute)) <= world.env.now:
            return
        else:
            yield until(world, day)
