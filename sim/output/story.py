"""One replicate's ledger as a dated story that a person can read, and as JSON lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from sim.json_text import json_text
from sim.ledger import Event
from sim.names import Names, category
from sim.records import events as e

ROUTINE = (e.Decided, e.BeliefUpdated, e.SheetsTransmitted, e.SheetsScanned)


def moment(day: float, election: dt.date) -> str:
    """Return the local date and time of a house day."""
    when = dt.datetime.combine(election, dt.time()) + dt.timedelta(days=day)
    return when.strftime("%a %d %b %Y %H:%M")


def sentence(event: Event, names: Names) -> str:
    """Return one event as a sentence that begins with a capital letter."""
    text = event.says(names)
    return text[0].upper() + text[1:]


def reports_in_one(events: Sequence[e.IncidentsReported], names: Names) -> str:
    """Return one sentence for the reports of one source at one moment: the most frequent categories
    by name.
    """
    most = sorted(events, key=lambda x: -x.reports)
    total, named = sum(x.reports for x in most), most[:3]
    words = ", ".join(f"{names.words(category(x.category))} {x.reports:,}" for x in named)
    rest = total - sum(x.reports for x in named)
    more = f", other categories {rest:,}" if rest else ""
    return f"{total:,} incident reports by {names.words(most[0].source)}: {words}{more}."


def story(
    events: Iterable[Event],
    election: dt.date,
    names: Names | None = None,
    *,
    everything: bool = False,
) -> Iterator[str]:
    """Yield the dated lines; routine events (every decision, belief and hourly count) only with
    `everything`.

    Incident reports of one source at one moment make one line.
    """
    names = names or Names()
    if everything:
        for event in events:
            yield f"{moment(event.day, election)}  {sentence(event, names)}{_note(event)}"
        return
    told = (event for event in events if not isinstance(event, ROUTINE))
    for source, together in groupby(told, key=_source):
        if source is None:
            for event in together:
                yield f"{moment(event.day, election)}  {sentence(event, names)}"
        else:
            reports = [event for event in together if isinstance(event, e.IncidentsReported)]
            yield f"{moment(reports[0].day, election)}  {reports_in_one(reports, names)}"


def _source(event: Event) -> str | None:
    """Return who reports incidents; None for every other event."""
    return event.source if isinstance(event, e.IncidentsReported) else None


def _note(event: Event) -> str:
    return " (fixed by the scenario)" if isinstance(event, e.Decided) and event.forced else ""


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object an event: its type, its day and its fields."""
    for event in events:
        yield json_text({"event": type(event).__name__, **asdict(event)}, indent=None)
