"""Keys of earlier versions: one error each, which says what to write instead."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from sim.documents.merge import short
from sim.errors import Problem

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
}
"""Dotted path of old -> what to write."""
_TIED = re.compile(r"calendar\.(\w+)_day$")
_EVENT = re.compile(r"events\[(\d+)\]\.(date|day|after|days)$")


def said_anew(problem: Problem, raw: dict[str, Any]) -> Problem:
    """Return a problem; where an unknown key is one of an earlier version, with what to write."""
    if not problem.message.startswith("unknown key"):
        return problem
    hint = NOW.get(problem.path, "")
    if tied := _TIED.match(problem.path):
        hint = f'write {tied[1]} as a date, or as {{ before = "vote", days = 3 }}'
    elif event := _EVENT.match(problem.path):
        hint = _of_event(raw["events"][int(event[1])])
    return replace(problem, hint=hint) if hint else problem


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
