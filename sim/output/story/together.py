"""What is told at one moment in the same way makes one line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby

from sim.ledger import Event
from sim.names import Names, category, counted, listed
from sim.output.story.weeks import Week
from sim.records import events as e

Told = Event | Week
OTHER = "Other"
NAMED = 3


def kind_of(event: Told) -> Hashable:
    """Return what events of one line have in common; None for one that stands for itself."""
    match event:
        case e.IncidentsReported():
            return event.day, "reports", event.source
        case e.Recognised():
            return event.day, "recognised", event.whom
        case e.FindingIssued():
            return event.day, "findings"
        case e.ConditionsCriticised():
            return event.day, "conditions", event.observer
        case _:
            return None


def together(events: Iterable[Told], key: Callable[[Told], Hashable]) -> Iterator[list[Told]]:
    """Yield the events of each line."""
    for common, same in groupby(events, key=key):
        if common is None:
            yield from ([event] for event in same)
        else:
            yield list(same)


def spread_once(events: Iterable[Told]) -> Iterator[Told]:
    """Leave out a quick count that has learnt nothing since it was last told."""
    last: tuple[int, float] | None = None
    for event in events:
        if isinstance(event, e.QuickCountReported):
            now = event.reports, round(event.estimate, 3)
            if now == last:
                continue
            last = now
        yield event


def one_line(same: Sequence[Told], names: Names) -> str:
    """Return the sentence of the events of one line."""
    reports = [event for event in same if isinstance(event, e.IncidentsReported)]
    findings = [event for event in same if isinstance(event, e.FindingIssued)]
    recognised = [event for event in same if isinstance(event, e.Recognised)]
    if reports:
        return reports_in_one(reports, names)
    if findings:
        return findings_in_one(findings, names)
    criticised = [event for event in same if isinstance(event, e.ConditionsCriticised)]
    if criticised:
        over = listed([names.occasion(event.over) for event in criticised])
        return f"Conditions criticised by {names.voice(criticised[0].observer)}: {over}."
    if recognised:
        by = listed([names.voice(event.by) for event in recognised])
        return f"Recognition of {names.camp(recognised[0].whom)} by {by}."
    return same[0].says(names)


def reports_in_one(events: Sequence[e.IncidentsReported], names: Names) -> str:
    """Return one sentence for the reports of one source at one moment: the most frequent categories
    by name, what the source calls "other" with the rest.
    """
    total = sum(x.reports for x in events)
    most = sorted((x for x in events if x.category != OTHER), key=lambda x: -x.reports)[:NAMED]
    words = [f"{names.words(category(x.category))} {x.reports:,}" for x in most]
    rest = total - sum(x.reports for x in most)
    if rest:
        words.append(f"other {rest:,}")
    said = f"{counted(total, 'incident report')} by {names.words(events[0].source)}"
    return f"{said}: {', '.join(words)}." if words else f"{said}."


def findings_in_one(events: Sequence[e.FindingIssued], names: Names) -> str:
    """Return one sentence for the findings of one moment, those against what is reported first."""
    parts = []
    for verdict in ("inconsistent", "consistent", "undecided"):
        by = [names.words(event.estimator) for event in events if event.verdict == verdict]
        if by:
            parts.append(f"{verdict}, by {listed(by)}")
    return f"Findings on what is reported: {'; '.join(parts)}."
