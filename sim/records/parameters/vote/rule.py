"""The rule of the vote: on which days, at which hours."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity


class Vote(Section):
    """The vote. Its first day is day 0 of the clock, wherever it is moved to later."""

    days: tuple[dt.date, ...] = choice(note="days of the vote, the first one first")
    hours: tuple[dt.time, dt.time] = choice(
        (dt.time(8), dt.time(18)),
        note="polls open and close, local time; whoever is in line at the close still votes",
    )
    utc_offset_hours: float = quantity(
        0.0,
        unit="hours",
        ge=-14,
        le=14,
        note="local time minus UTC, in the times of exported files",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.days:
            raise ValueError("days needs at least one day, such as [2024-07-28]")
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days rise from one to the next")
        if self.hours[0] >= self.hours[1]:
            raise ValueError(f"polls open at {self.hours[0]}, not before they close")
        return self
