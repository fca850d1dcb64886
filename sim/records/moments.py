"""Moments of a case: a date, which stays where it is when the vote moves, or a time tied to an
anchor, which moves with it. Recurring moments come again every week or month.

An anchor is one of `ANCHORS`, or the name of a ledger event, whose first one counts. The clock
counts days from 00:00 local time of the first day for which the vote is scheduled.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    ValidationInfo,
    WithJsonSchema,
)

ANCHORS = ("as_of", "vote", "opening", "close", "announcement", "inauguration")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIED = frozenset({"after", "before", "days", "hours"})
EXAMPLES = '2024-07-04, 2024-07-04T12:00:00, or { after = "vote", days = 1 }'
MONTHLY, WEEKLY = '{ every = "month", day = 1 }', '{ every = "week", day = "thursday" }'
Day = dt.datetime | dt.date


@dataclass(frozen=True, slots=True)
class Tied:
    """A time some days after (below 0: before) an anchor."""

    anchor: str
    days: float

    def __str__(self) -> str:
        side, (unit, n) = "before" if self.days < 0 else "after", _unit(self.days)
        return f'{{ {side} = "{self.anchor}", {unit} = {n:g} }}'


@dataclass(frozen=True, slots=True)
class Every:
    """A time that comes again: on a day of the week, or on a day of the month (1 to 28).

    until: it comes no more from then on, which may move.
    """

    every: str
    day: int | str
    until: Day | Tied | None = None

    def __str__(self) -> str:
        day = f'"{self.day}"' if isinstance(self.day, str) else self.day
        until = "" if self.until is None else f", until = {self.until}"
        return f'{{ every = "{self.every}", day = {day}{until} }}'

    def dates(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """Yield the dates from `first` to `last`, both included."""
        for number in range((last - first).days + 1):
            date = first + dt.timedelta(days=number)
            on = WEEKDAYS[date.weekday()] if self.every == "week" else date.day
            if on == self.day:
                yield date


OPENING = Tied("opening", 0.0)


def read_moment(given: Any, info: ValidationInfo | None = None) -> Any:
    """Return a moment as a date, a time or a `Tied`. info: in JSON, dates are text.

    Raises:
        ValueError: it is none; says what to write.
    """
    if isinstance(given, dt.date | Tied):
        return given
    if isinstance(given, str) and info is not None and info.mode == "json":
        return dt.datetime.fromisoformat(given) if "T" in given else dt.date.fromisoformat(given)
    if not isinstance(given, dict):
        raise ValueError(f"expected a moment such as {EXAMPLES}")
    return _tied(given)


def read_recurring(given: Any, info: ValidationInfo | None = None) -> Any:
    """Return moments that come again: an `Every`, or a tuple of moments.

    Raises:
        ValueError: it is neither; says what to write.
    """
    if isinstance(given, Every):
        return given
    if isinstance(given, tuple | list):
        return tuple(read_moment(each, info) for each in given)
    if not isinstance(given, dict) or "every" not in given:
        raise ValueError(f"expected {WEEKLY}, {MONTHLY}, or a list of moments")
    strange = set(given) - {"every", "day", "until"}
    if strange:
        raise ValueError(f"unknown key '{min(strange)}'; {WEEKLY} takes every, day, until")
    every, day, until = given["every"], given.get("day"), given.get("until")
    if every == "week" and day in WEEKDAYS:
        return Every("week", str(day), _end(until, info))
    if every == "month" and type(day) is int and 1 <= day <= 28:
        return Every("month", day, _end(until, info))
    raise ValueError(
        f"write {WEEKLY} with a day of the week, or {MONTHLY} with a day of the month up to 28"
    )


def _end(until: Any, info: ValidationInfo | None) -> Any:
    """Return an end as a moment: the name of an anchor stands for the anchor itself."""
    if isinstance(until, str) and not until[:1].isdigit():
        return Tied(_anchor(until), 0.0)
    return None if until is None else read_moment(until, info)


def _tied(given: dict[str, Any]) -> Tied:
    strange = set(given) - TIED
    if strange:
        raise ValueError(f"unknown key '{min(strange)}'; a moment is {EXAMPLES}")
    if ("after" in given) == ("before" in given):
        raise ValueError(f"name one anchor, by after or by before: {EXAMPLES}")
    if "days" in given and "hours" in given:
        raise ValueError("days and hours exclude each other; keep one")
    side = "after" if "after" in given else "before"
    unit = "hours" if "hours" in given else "days"
    n = given.get(unit, 0)
    if isinstance(n, bool) or not isinstance(n, int | float) or not 0 <= n <= 36500:
        raise ValueError(f"{unit} is a number from 0 on; before and after say the direction")
    days = float(n) if unit == "days" else n / 24
    return Tied(_anchor(given[side]), days if side == "after" else 0.0 - days)


def _anchor(name: Any) -> str:
    if isinstance(name, str) and (name in ANCHORS or name in event_names()):
        return name
    near = difflib.get_close_matches(str(name), [*ANCHORS, *sorted(event_names())], n=1)
    anchors = f"anchors: {', '.join(ANCHORS)}, or a ledger event"
    hint = f"did you mean '{near[0]}'?" if near else anchors
    raise ValueError(f"no anchor or ledger event is called '{name}'; {hint}")


def written(given: Any, info: SerializationInfo | None = None) -> Any:
    """Return moments as a file writes them: plain tables, lists and dates; dates as text in
    JSON.
    """
    if isinstance(given, tuple):
        return [written(each, info) for each in given]
    if isinstance(given, Every):
        until = {} if given.until is None else {"until": written(given.until, info)}
        return {"every": given.every, "day": given.day, **until}
    if isinstance(given, Tied):
        unit, n = _unit(given.days)
        return {"before" if given.days < 0 else "after": given.anchor, unit: n}
    return given.isoformat() if info is not None and info.mode == "json" else given


def _unit(days: float) -> tuple[str, float]:
    """Return (days or hours, how many): hours where they are whole and days are not."""
    hours = round(abs(days) * 24, 9)
    whole = hours == round(hours) and abs(days) != round(days)
    return ("hours", hours) if whole else ("days", abs(days))


@lru_cache(maxsize=1)
def event_names() -> frozenset[str]:
    """Return the names of all types of ledger events."""
    from sim.ledger import Event  # here: events name decisions, which name parameters
    from sim.records import events

    found = (item for item in vars(events).values() if isinstance(item, type))
    return frozenset(
        item.__name__ for item in found if issubclass(item, Event) and item is not Event
    )


_SCHEMA = {
    "description": "a date, a time, or a table with after or before and days or hours",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                "after": {"type": "string"},
                "before": {"type": "string"},
                "days": {"type": "number", "minimum": 0},
                "hours": {"type": "number", "minimum": 0},
            },
            "additionalProperties": False,
        },
    ],
}


def _read_moment(given: Any, info: ValidationInfo) -> Any:
    return read_moment(given, info)


def _read_recurring(given: Any, info: ValidationInfo) -> Any:
    return read_recurring(given, info)


_WRITTEN = PlainSerializer(written, return_type=Any)
Moment = Annotated[
    dt.datetime | dt.date | Tied, PlainValidator(_read_moment), _WRITTEN, WithJsonSchema(_SCHEMA)
]
Recurring = Annotated[
    Every | tuple[dt.datetime | dt.date | Tied, ...],
    PlainValidator(_read_recurring),
    _WRITTEN,
    WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "array", "items": _SCHEMA}]}),
]
"""A field of a section that holds a moment, or moments that come again."""
