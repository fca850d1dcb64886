"""The dated lines of a story, and the ledger as JSON lines."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from sim.json_text import json_text
from sim.ledger import Event
from sim.names import Names
from sim.output.story.together import kind_of, one_line, spread_once, together
from sim.output.story.weeks import Week, weekly
from sim.records import events as e

ROUTINE = (e.Decided, e.BeliefUpdated, e.SheetsTransmitted, e.SheetsScanned)
NIGHTS = 3.0
"""Days from the opening of the polls for which the hour is told; elsewhere the day is enough."""


def moment(day: float, election: dt.date) -> str:
    """Return the local date and time of a house day."""
    when = dt.datetime.combine(election, dt.time()) + dt.timedelta(days=day)
    return when.strftime("%a %d %b %Y %H:%M")


def date_of(day: float, election: dt.date) -> str:
    """Return the local date of a house day."""
    return (election + dt.timedelta(days=math.floor(day))).strftime("%a %d %b %Y")


def sentence(event: Event, names: Names) -> str:
    """Return one event as a sentence that begins with a capital letter."""
    text = event.says(names)
    return text[0].upper() + text[1:]


def story(
    events: Iterable[Event],
    election: dt.date,
    names: Names | None = None,
    *,
    everything: bool = False,
    daily: bool = False,
) -> Iterator[str]:
    """Yield the dated lines; routine events (every decision, belief and hourly count) and every
    hour only with `everything`, every day of protest only with it or with `daily`.

    What is told at one moment in the same way makes one line, and so does a week of protest.
    """
    names = names or Names()
    if everything:
        for event in events:
            yield f"{moment(event.day, election)}  {sentence(event, names)}{_note(event)}"
        return
    told: list[Event | Week] = [event for event in events if not isinstance(event, ROUTINE)]
    nights = [event.day for event in told if isinstance(event, e.PollsOpened)]
    told = list(spread_once(told if daily else weekly(told)))
    for same in together(told, kind_of):
        day = same[0].day
        told_hour = any(0 <= day - opened <= NIGHTS for opened in nights)
        yield f"{(moment if told_hour else date_of)(day, election)}  {_line(same, names)}"


def _line(same: Sequence[Event | Week], names: Names) -> str:
    text = one_line(same, names)
    return text[0].upper() + text[1:]


def _note(event: Event) -> str:
    return " (fixed by the scenario)" if isinstance(event, e.Decided) and event.forced else ""


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object an event: its type, its day and its fields."""
    for event in events:
        yield json_text({"event": type(event).__name__, **asdict(event)}, indent=None)
