"""Keys of an earlier format: one error each, which says what to write instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim.documents.document import Document, check_format, dotted_path
from sim.documents.merge import short
from sim.documents.positions import Path
from sim.errors import FormatError, Problem
from sim.records.parameters.before.beliefs import Beliefs

FORMAT = 2
"""The format of scenario files and of the files of a seed: cast, facts and moments are tables."""
NOW = {
    "calendar.election_date": "write vote.days = [2024-07-28]",
    "calendar.opening_minute": "write vote.hours = [06:00:00, 18:00:00]",
    "calendar.closing_minute": "write vote.hours = [06:00:00, 18:00:00]",
    "calendar.utc_offset_hours": "write vote.utc_offset_hours",
    "calendar.review_days": 'write reviews = { every = "week", day = "thursday", until = "vote" }, '
    "or a list of dates",
    "calendar.tabulation_limit_days": 'write tabulation_limit = { after = "close", hours = 48 }',
    "day.failures.latest_start_minutes": "write latest_start_share, a share of the hours open",
    "manipulations.transmission_stop.stop_minute": "write after_close_minutes = 180.0",
    "manipulations.transmission_stop.resume_minute": "write resume_after_minutes, after the close",
    "transmission.threshold": "write vote.stages = [{ share = 0.9, earliest_hours = 3.0 }, ...]",
    "transmission.first_bulletin_minutes": "write vote.stages = [{ share = 0.9, earliest_hours = "
    "3.0 }, ...]",
    "transmission.second_bulletin_hours": "write vote.stages = [..., { hours = 48.0 }]",
    "calendar.gazette_days": 'write gazette = { after = "vote", days = 30 }',
    "support.w_gov": "write support.family_weight",
    "support.blend": "write support.family_weight",
    "night.guarantees": "write types.guarantees",
    "conduct.obedience": "write types.obedience, or night.obedience_shape",
    "deals.transition_days": "write succession.raised_days",
    "entities": "write each member as [cast.<key>], with its name and roles",
    "missions.missions": "write each observer as [cast.<key>] with the role observer, and its "
    'presence as a fact: [facts.<key>] with kind = "observer"',
    "missions.negative_unverified": "write observer.negative_without_tables",
    "negotiation.issues": "write each as [issues.<key>], with its effect (sim list effects)",
    "candidacy.statuses": 'write each as [facts.<key>] with kind = "ballot"',
    "candidacy.signatories": 'write each as [facts.<key>] with kind = "ballot"',
    "candidacy.carrier": "write candidates.<person>.party",
    "aftermath.protest": "write [streets]",
    "aftermath.hazards": "write [command] and [succession]",
    "aftermath.government": "write [succession] and [court]",
    "surrogate.lead_mean": "write support.lead_mean",
    "surrogate.lead_sd": "write support.lead_sd",
    "night.fall_factor": "write night.fall_penalty",
}
"""Dotted path of old -> what to write."""
_BELIEF = re.compile(r"beliefs\.(\w+)$")
_TIED = re.compile(r"calendar\.(\w+)_day$")
_EVENT = re.compile(r"events\[(\d+)\]\.(date|day|after|days)$")


def said_anew(problem: Problem, raw: dict[str, Any]) -> Problem:
    """Return a problem; where an unknown key is one of an earlier version, with what to write."""
    if not problem.message.startswith("unknown key"):
        return problem
    hint = _hint(problem.path, raw)
    return replace(problem, hint=hint) if hint else problem


def check_case_format(document: Document) -> None:
    """Refuse a scenario or seed file of another format; of format 1, with what to write for each
    of its keys that has another form now.

    Raises:
        FormatError: it is not of format 2.
    """
    if document.data.get("format", FORMAT) != 1:
        return check_format(document, FORMAT)
    about = (
        f"format 1 is that of an earlier version; this one reads format {FORMAT}",
        f"write format = {FORMAT}, and what is said below for each key that has another form now",
    )
    old = [
        document.problem(path, "this key has another form in format 2", hint)
        for path in _paths(document.data)
        if (hint := _hint(dotted_path(path), document.data))
    ]
    raise FormatError([document.problem(("format",), *about), *old])


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    """Yield the path of every key of a file, tables before what they hold."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        yield (*above, key)
        if isinstance(one, dict | list):
            yield from _paths(one, (*above, key))


def _hint(path: str, raw: dict[str, Any]) -> str:
    """Return what to write in place of a key of format 1; nothing where it still stands."""
    if tied := _TIED.match(path):
        return f'write {tied[1]} as a date, or as {{ before = "vote", days = 3 }}'
    if event := _EVENT.match(path):
        return _of_event(raw["events"][int(event[1])])
    if (held := _BELIEF.match(path)) and held[1] not in Beliefs.model_fields:
        return f"write [cast.{held[1]}.beliefs]"
    return NOW.get(path, "")


def _of_event(event: dict[str, Any]) -> str:
    """Return the line that says when an event holds, as it is written now."""
    date, day, after = event.get("date"), event.get("day"), event.get("after")
    if isinstance(date, dt.date):
        return f"write at = {date}"
    if after is not None:
        return f"write at = {{ after = {short(after)}, days = {short(event.get('days', 0))} }}"
    if isinstance(day, int | float):
        side = "before" if day < 0 else "after"
        return f'write at = {{ {side} = "vote", days = {abs(day):g} }}, or a date'
    return 'write at = 2024-07-04, or at = { after = "vote", days = 1 }'
