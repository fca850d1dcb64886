"""Statements of the missions: each speaks once, a lognormal delay after the announcement."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.processes.world import World, closing_day, decide, record, wait_for
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

STATEMENT = "strategy/statement/{mission}"
DELAY = "strategy/statement/{mission}/delay"


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
    """Return whether a mission is in the country."""
    return mission.presence == "present" or (
        mission.presence == "broad" and world.conduct.broad_observation
    )


def _state(world: World, key: str, mission: Mission) -> Generator[simpy.Event, Any, None]:
    z = float(world.streams(DELAY.format(mission=key)).standard_normal())
    yield world.env.timeout(mission.median_days * math.exp(mission.sigma * z))
    action = decide(world, key, statement_view(world, mission), STATEMENT.format(mission=key))
    if action.option != "none":
        record(world, MissionStatement(world.env.now, key, action.option))
    for condition in conditions(world):
        record(world, ConditionsCriticised(world.env.now, key, condition))


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


def last_asked(world: World) -> float:
    """Return the last moment at which the estimators were asked, now if they never were: what they
    said then still stands.
    """
    asked = (*world.ledger.of(FindingIssued), *world.ledger.of(QuickCountReported))
    return max((event.day for event in asked), default=world.env.now)


def statement_view(world: World, mission: Mission) -> StatementView:
    """Return what a mission sees: verdicts of the estimators open to it, whether tables are
    overdue, a stop, a contest.
    """
    overdue = world.env.now > closing_day(world) + world.p.missions.rows_limit_days
    findings = (
        f for f in world.electorate.findings(last_asked(world)) if f.estimator in mission.estimators
    )
    return StatementView(
        "statement",
        world.env.now,
        contested=world.aftermath.contested,
        tables_published=bool(world.ledger.of(TablesPublished)) or not overdue,
        stopped=world.conduct.stop_minute is not None,
        findings=tuple(finding.verdict for finding in findings),
    )
