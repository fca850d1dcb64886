"""`[[events]]`: options that a scenario fixes. Checked against what the actors can decide, then
turned into forcings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.documents.merge import Leaf
from sim.errors import Problem
from sim.records.decisions.forcing import Forcing
from sim.records.moments import read_moment
from sim.records.parameters.calendar import Calendar
from sim.records.parameters.root import Parameters
from sim.records.parameters.vote.rule import Vote
from sim.records.vote.clock import day_of, fixed_day, horizon_day
from sim.scenario.forced.event_targets import target_problems
from sim.scenario.schema import Scenario

Decisions = Mapping[str, Mapping[str, tuple[str, ...]]]


def registered_decisions(parameters: Parameters) -> Decisions:
    """Return member -> decision -> options of the cast (imported when first needed: few scenarios
    ask).
    """
    from sim.actors.register import actors_of

    return {key: actor.decisions for key, actor in actors_of(parameters).items()}


def forcings(scenario: Scenario) -> tuple[Forcing, ...]:
    """Return the scenario's fixed options."""
    return tuple(
        Forcing(event.actor, event.decision, event.option, event.at, event.target)
        for event in scenario.events
    )


def event_problems(
    raw: dict[str, Any], leaf: Leaf | None, decisions: Decisions
) -> Iterator[Problem]:
    """Yield what is wrong with each event: unknown names, impossible options and dates, and
    contradictions.
    """
    events = raw.get("events")
    if leaf is None or not isinstance(events, tuple):  # pydantic says what is wrong with it
        return
    seen: dict[tuple[Any, ...], int] = {}
    for number, event in enumerate(events):
        if not isinstance(event, dict):
            continue
        here = (*leaf.path, number)
        if decisions:
            named = list(_name_problems(event, here, leaf.document, decisions))
            yield from named or target_problems(event, here, leaf.document, raw)
        yield from _time_problems(event, here, leaf.document, raw)
        key = tuple(str(event.get(name, "")) for name in ("actor", "decision", "target", "at"))
        if key in seen:
            said = f"fixes the same decision at the same time as event {seen[key] + 1}"
            yield leaf.document.problem((*here, "option"), said, "keep one of the two")
        seen.setdefault(key, number)


def _name_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document, decisions: Decisions
) -> Iterator[Problem]:
    actor, decision, option = event.get("actor"), event.get("decision"), event.get("option")
    if isinstance(actor, str) and actor not in decisions:
        yield document.problem(
            (*here, "actor"), f"no actor '{actor}'", nearest(actor, sorted(decisions))
        )
    elif isinstance(actor, str) and isinstance(decision, str):
        known = decisions[actor]
        if decision not in known:
            said = f"{actor} decides nothing called '{decision}'"
            yield document.problem((*here, "decision"), said, nearest(decision, sorted(known)))
        elif isinstance(option, str) and option not in known[decision]:
            said = f"'{option}' is no option of {actor}'s {decision}"
            yield document.problem((*here, "option"), said, nearest(option, list(known[decision])))


def _time_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document, raw: dict[str, Any]
) -> Iterator[Problem]:
    """Yield a problem for an event dated before the start or after the end."""
    as_of, at = raw.get("as_of"), event.get("at")
    try:
        rule = Vote.model_validate(raw.get("vote"))
        calendar = Calendar.model_validate(raw.get("calendar"))
        day, end = fixed_day(read_moment(at), rule), horizon_day(calendar, rule)
    except ValueError:  # the schema says what is wrong with it
        return
    if day is None or type(as_of) is not dt.date:
        return
    start = day_of(as_of, rule.days[0])
    if day < start:
        yield document.problem((*here, "at"), f"lies before the as-of date {as_of}")
    elif day >= end:
        yield document.problem((*here, "at"), "lies at or after the horizon of the calendar")
