"""The rule of the vote: on which days, at which hours, how it is counted and won."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.records.parameters.base import Section, choice, quantity


class Stage(Section):
    """When a bulletin is due: once a share of the tables is received, or at an hour."""

    share: float | None = Field(
        None,
        gt=0,
        le=1,
        description="share of the tables received from which it is due",
        json_schema_extra={"unit": "share", "source": "assumption"},
    )
    earliest_hours: float = quantity(
        0.0, unit="hours", ge=0, le=720, note="after the close; no earlier than this, with `share`"
    )
    hours: float | None = Field(
        None,
        ge=0,
        le=720,
        description="hours after the close at which it is due",
        json_schema_extra={"unit": "hours", "source": "assumption"},
    )

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.share is None) == (self.hours is None):
            raise ValueError("a stage has share, or hours: { share = 0.9 } or { hours = 48.0 }")
        return self


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

    rule: Literal["plurality", "majority"] = choice(
        "plurality", note="who is elected: plurality; majority is refused, it needs a second round"
    )
    announce: Literal["nation", "region", "table"] = choice(
        "nation",
        note="what a bulletin speaks of: nation, or region: each is announced when its last table "
        "is in, and the nation with the last of them; table is refused",
    )
    stages: tuple[Stage, ...] = choice(
        (Stage(share=0.90, earliest_hours=3.0), Stage(hours=48.0)),
        note="bulletins in their order (in the votes of 2013 and 2018 the first after 3-4 h)",
    )
    count: Literal["machine", "hand"] = choice(
        "machine",
        note="machine: boxes are compared with its record; hand: there is no record beside the "
        "sheet, so no box check, and nothing is done to machines",
    )

    @model_validator(mode="after")
    def _can_be_played(self) -> Self:
        if self.rule == "majority":
            raise ValueError(
                'rule = "majority" needs a second round, which the model does not play; write '
                '"plurality" (docs/scenarios.md, "What the model cannot express")'
            )
        if self.announce == "table":
            raise ValueError(
                'announce = "table" is not played: bulletins speak of the nation or of a region '
                '(docs/scenarios.md, "What the model cannot express")'
            )
        if self.announce == "region" and self.stages[:1] and self.stages[0].share != 1.0:
            raise ValueError(
                'announce = "region": the nation is announced with its last region; write '
                "stages = [{ share = 1.0 }, { hours = 48.0 }]"
            )
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.days:
            raise ValueError("days needs at least one day, such as [2024-07-28]")
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days rise from one to the next")
        if not self.stages:
            raise ValueError("stages needs at least one, such as { hours = 48.0 }")
        hours = [stage.hours for stage in self.stages if stage.hours is not None]
        if hours != sorted(set(hours)):
            raise ValueError("stages with hours rise from one to the next")
        if self.hours[0] >= self.hours[1]:
            raise ValueError(f"polls open at {self.hours[0]}, not before they close")
        return self
