"""Statements of the missions: each speaks once, a lognormal delay after the announcement."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.models.strategy.after.statements import negative_with_tables, negative_without_tables
from sim.processes.dated import by_day, until
from sim.processes.world import World, closing_day, decide, forced_option, record, wait_for
from sim.records.decisions.view import StatementView
from sim.records.events import (
    ConditionsCriticised,
    FindingIssued,
    MissionStatement,
    QuickCountReported,
    ResultAnnounced,
    ResultAnnulled,
    SubstituteRefused,
    TablesPublished,
)
from sim.records.parameters.watching.missions import Mission
from sim.records.seen.finding import INCONSISTENT, Finding

STATEMENT = "strategy/statement/{mission}"
DELAY = "strategy/statement/{mission}/delay"
PUBLIC = "strategy/statement/{mission}/public"
OWN_COUNT = "quick_count"
SILENT = frozenset({"totals_only", "annul"})
"""Options of the night after which no results by table come out."""


def start(world: World) -> None:
    """Wait for an announcement."""
    world.env.process(_wait(world))


def _wait(world: World) -> Generator[simpy.Event, Any, None]:
    yield wait_for(world, ResultAnnounced, ResultAnnulled)
    for key in world.who.observers:
        mission = world.p.cast[key].observer
        if mission is not None and comes(world, mission):
            world.env.process(_state(world, key, mission))


def comes(world: World, mission: Mission) -> bool:
    """Return whether a mission is in the country: who needs an invitation goes with it."""
    if mission.invited and world.conduct.uninvited:
        return False
    return mission.presence == "present" or (
        mission.presence == "broad" and world.conduct.broad_observation
    )


def _state(world: World, key: str, mission: Mission) -> Generator[simpy.Event, Any, None]:
    z = float(world.streams(DELAY.format(mission=key)).standard_normal())
    due = world.env.now + mission.median_days * math.exp(mission.sigma * z)
    yield until(world, by_day(world, due))
    if unchecked(world, mission):
        while not world.ledger.of(TablesPublished) and world.env.now < overdue_from(world):
            late = until(world, overdue_from(world))
            yield wait_for(world, TablesPublished) | late
        read = 1.0 if world.ledger.of(TablesPublished) else 0.0
        yield until(world, by_day(world, world.env.now + read))
    if not heard(world, key, mission):
        return
    action = decide(world, key, statement_view(world, mission), STATEMENT.format(mission=key))
    if action.option != "none":
        record(world, MissionStatement(world.env.now, key, action.option))
    for condition in conditions(world):
        record(world, ConditionsCriticised(world.env.now, key, condition))


def heard(world: World, key: str, mission: Mission) -> bool:
    """Return whether a mission's statement is made public; one that a scenario fixes is."""
    u = float(world.streams(PUBLIC.format(mission=key)).random())
    return u < mission.public or forced_option(world, key, "statement") is not None


def conditions(world: World) -> tuple[str, ...]:
    """Return what observers criticise beside the count: a bar, a refused substitute and a
    postponement that stand, and a boycott.
    """
    measures = world.conduct.measures
    barred = "bar_candidate" in measures
    standing = {
        "bar_candidate": barred,
        "substitute_refused": barred and bool(world.ledger.of(SubstituteRefused)),
        "postpone": "postpone" in measures,
        "boycott": world.conduct.boycott,
    }
    return tuple(key for key, stands in standing.items() if stands)


def unchecked(world: World, mission: Mission) -> bool:
    """Return whether a mission without a count of its own waits with praise: a contested result is
    not called good before its tables are out, or overdue (docs/model/strategy.md, section 8).
    """
    if not world.aftermath.contested or world.ledger.of(TablesPublished):
        return False
    own = [f for f in findings_for(world, mission) if f.estimator.startswith(OWN_COUNT)]
    return not own and INCONSISTENT not in [f.verdict for f in findings_for(world, mission)]


def findings_for(world: World, mission: Mission) -> list[Finding]:
    """Return what the estimators open to a mission said when they were last asked."""
    found = world.electorate.findings(last_asked(world))
    return [f for f in found if f.estimator in mission.estimators]


def overdue_from(world: World) -> float:
    """Return the day from which missing tables are overdue."""
    return closing_day(world) + world.p.missions.rows_limit_days


def last_asked(world: World) -> float:
    """Return the last moment at which the estimators were asked, now if they never were: what they
    said then still stands.
    """
    asked = (*world.ledger.of(FindingIssued), *world.ledger.of(QuickCountReported))
    return max((event.day for event in asked), default=world.env.now)


def statement_view(world: World, mission: Mission) -> StatementView:
    """Return what a mission sees: verdicts of the estimators open to it, whether tables are
    overdue, and without estimators its doubt.
    """
    overdue = world.env.now >= overdue_from(world)
    tables = bool(world.ledger.of(TablesPublished)) or not overdue
    return StatementView(
        "statement",
        world.env.now,
        tables_published=tables,
        doubt=doubt(world, mission, tables=tables),
        findings=tuple(finding.verdict for finding in findings_for(world, mission)),
    )


def doubt(world: World, mission: Mission, *, tables: bool) -> float:
    """Return the chance that what a mission sees speaks against the result, by the rule by which
    the incumbent reckons on the night; a stop of transmission counts as missing tables. tables:
    results by table are out, or not yet overdue.
    """
    after, rules = world.aftermath, world.p.observer
    if not after.contested:
        return world.p.missions.negative_otherwise
    stopped = world.conduct.stop_minute is not None
    if after.night_option in SILENT or stopped or not tables:
        return float(negative_without_tables(mission.negative, rules))
    if after.night_option == "altered_tables":
        shown = 0.0 if after.signal is None else after.signal.published
        return float(negative_with_tables(mission.reach, shown, rules))
    return world.p.missions.negative_otherwise
