"""The calendar of a case: dates of the law and of others. Days are relative to 00:00 of the
scheduled election day.
"""

from __future__ import annotations

import datetime as dt

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity


class Calendar(Section):
    """When things are due. Dates are labels; processes use days."""

    election_date: dt.date = choice(note="scheduled election day; day 0 of the clock")
    utc_offset_hours: float = quantity(
        0.0,
        unit="hours",
        ge=-14,
        le=14,
        note="local time minus UTC, in the times of exported files",
    )
    opening_minute: float = quantity(
        360.0, unit="minutes after midnight", ge=0, le=1440, note="polls open"
    )
    closing_minute: float = quantity(
        1080.0,
        unit="minutes after midnight",
        ge=0,
        le=1440,
        note="polls close by law; whoever is in line then still votes",
    )
    campaign_start_day: float = quantity(unit="days", le=0, note="the legal campaign opens")
    campaign_end_day: float = quantity(
        unit="days", le=0, note="the campaign closes, counted from the polling day"
    )
    review_days: tuple[float, ...] = choice(
        (-24.0, -17.0, -10.0, -3.0), note="the government's weekly reviews"
    )
    substitution_deadline_day: float = quantity(
        unit="days", note="end of the last legal day of substitution"
    )
    ballot_closed_day: float = quantity(
        unit="days", note="after it a package may not reopen the ballot"
    )
    poll_ban_day: float = quantity(unit="days", le=0, note="polls may no longer be published")
    tabulation_limit_days: float = quantity(
        unit="days", gt=0, note="limit of tabulation, counted from day 0"
    )
    gazette_days: float = quantity(
        unit="days",
        gt=0,
        note="results by table are due in the gazette, counted from the polling day",
    )
    inauguration_day: float = quantity(unit="days", gt=0, note="the new term begins")
    horizon_day: float = quantity(
        unit="days", gt=0, note="the clock stops before events of this day"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Calendar:
        for early, late in (
            ("opening_minute", "closing_minute"),
            ("campaign_start_day", "campaign_end_day"),
            ("inauguration_day", "horizon_day"),
        ):
            if getattr(self, early) >= getattr(self, late):
                raise ValueError(
                    f"{early} ({getattr(self, early):g}) must lie before {late} "
                    f"({getattr(self, late):g})"
                )
        if list(self.review_days) != sorted(set(self.review_days)):
            raise ValueError("review_days must rise from one to the next")
        return self
