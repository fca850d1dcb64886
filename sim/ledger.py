"""The append-only record of typed events with their day: the only memory of a replicate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sim.names import Names


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `day` counts from 00:00 local time of the scheduled election day."""

    day: float

    def says(self, n: Names) -> str:
        """Return the event as one sentence with the case's own names; every event has one."""
        raise TypeError(f"{type(self).__name__} has no sentence: write its says()")


E = TypeVar("E", bound=Event)


class Ledger:
    """Events in the order in which they were noted; a day never runs backwards."""

    __slots__ = ("_by_type", "_events")

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._by_type: dict[type[Event], list[Event]] = {}

    def append(self, event: Event) -> None:
        """Note an event.

        Raises:
            ValueError: the event's day lies before the last event's day.
        """
        if self._events and event.day < self._events[-1].day:
            raise ValueError(f"{event!r} lies before {self._events[-1]!r}")
        self._events.append(event)
        self._by_type.setdefault(type(event), []).append(event)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def of(self, kind: type[E]) -> list[E]:
        """Return the events of exactly this type, oldest first."""
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    def first(self, kind: type[E]) -> E | None:
        """Return the oldest event of this type, or None."""
        found = self.of(kind)
        return found[0] if found else None

    def last(self, kind: type[E]) -> E | None:
        """Return the newest event of this type, or None."""
        found = self.of(kind)
        return found[-1] if found else None
