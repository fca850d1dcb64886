"""Protest by the week: a story has one line a week with its total."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, counted
from sim.records import events as e

DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of protest. day: their end, or that of the story. counts: of the days that had
    any.
    """

    day: float
    counts: tuple[int, ...]

    def says(self, n: Names) -> str:
        """Return the week as a sentence."""
        total, most = sum(self.counts), max(self.counts)
        if len(self.counts) == 1:
            return f"{counted(total, 'protest')} in the week."
        return f"{counted(total, 'protest')} in the week, at most {most:,} on one day."


def weekly(events: Iterable[Event | Week]) -> Iterator[Event | Week]:
    """Yield the events with one Week in place of its days of protest. Weeks are counted from what
    people first march over.
    """
    ends, counts, last = math.nan, dict[float, int](), 0.0
    for event in events:
        if counts and event.day > ends:
            yield Week(ends, tuple(counts.values()))
            counts = {}
        last = event.day
        if not isinstance(event, e.ProtestDay):
            yield event
            continue
        if math.isnan(ends):
            ends = event.day - 1 + DAYS
        elif event.day > ends:
            ends += DAYS * math.ceil((event.day - ends) / DAYS)
        counts[event.day] = counts.get(event.day, 0) + event.n_events
    if counts:
        yield Week(last, tuple(counts.values()))
