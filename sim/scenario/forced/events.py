"""`[[events]]`: options that a scenario fixes. Checked against what the actors can decide, then
turned into forcings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.documents.merge import Leaf
from sim.errors import Problem
from sim.ledger import Event
from sim.records import events as ledger_events
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.root import Parameters
from sim.scenario.forced.event_targets import target_problems
from sim.scenario.schema import ForcedEvent, Scenario

Decisions = Mapping[str, Mapping[str, tuple[str, ...]]]


def registered_decisions(parameters: Parameters) -> Decisions:
    """Return member -> decision -> options of the cast (imported when first needed: few scenarios
    ask).
    """
    from sim.actors.register import actors_of

    return {key: actor.decisions for key, actor in actors_of(parameters).items()}


@lru_cache(maxsize=1)
def event_names() -> frozenset[str]:
    """Return the names of all types of ledger events."""
    found = (item for item in vars(ledger_events).values() if isinstance(item, type))
    return frozenset(
        item.__name__ for item in found if issubclass(item, Event) and item is not Event
    )


def day_of(date: dt.date, election: dt.date) -> float:
    """Return the day of the clock on which a date begins."""
    return float((date - election).days)


def forcings(scenario: Scenario) -> tuple[Forcing, ...]:
    """Return the scenario's fixed options, dates as days of the clock."""
    election = scenario.calendar.election_date
    return tuple(_forcing(event, election) for event in scenario.events)


def _forcing(event: ForcedEvent, election: dt.date) -> Forcing:
    day = day_of(event.date, election) if event.date is not None else event.day
    return Forcing(
        event.actor,
        event.decision,
        event.option,
        day,
        event.after,
        event.days,
        event.target,
        event.when,
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
        yield from _after_problems(event, here, leaf.document)
        yield from _time_problems(event, here, leaf.document, raw)
        key = tuple(
            str(event.get(name, ""))
            for name in ("actor", "decision", "target", "date", "day", "after", "days", "when")
        )
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


def _after_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document
) -> Iterator[Problem]:
    after = event.get("after")
    if isinstance(after, str) and after not in event_names():
        yield document.problem(
            (*here, "after"),
            f"no ledger event is called '{after}'",
            nearest(after, sorted(event_names())),
        )


def _time_problems(
    event: dict[str, Any], here: tuple[Any, ...], document: Document, raw: dict[str, Any]
) -> Iterator[Problem]:
    calendar = raw.get("calendar")
    election = calendar.get("election_date") if isinstance(calendar, dict) else None
    as_of, horizon = (
        raw.get("as_of"),
        calendar.get("horizon_day") if isinstance(calendar, dict) else None,
    )
    if type(election) is not dt.date or type(as_of) is not dt.date:
        return
    name = "date" if type(event.get("date")) is dt.date else "day"
    stated = event.get(name)
    day = day_of(stated, election) if type(stated) is dt.date else stated
    if isinstance(day, bool) or not isinstance(day, int | float):
        return
    if day < day_of(as_of, election):
        yield document.problem(
            (*here, name), f"lies before the as-of date {as_of} (day {day_of(as_of, election):g})"
        )
    elif isinstance(horizon, int | float) and day >= horizon:
        yield document.problem((*here, name), f"lies at or after the horizon (day {horizon:g})")
