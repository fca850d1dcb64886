"""The rule of the vote: on which days, at which hours, how it is counted and won."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.records.moments import Moment
from sim.records.parameters.base import Section, choice, quantity, share


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


class Transfer(Section):
    """Where the voters of those who are not in a second round go; the voters of the two all come
    again.
    """

    stay_home: float = share(
        0.2,
        low=0.1,
        high=0.4,
        note="share that stays at home of the voters of a candidate whom `to` leaves out; the rest "
        "goes to the two in equal parts",
    )
    to: dict[str, dict[str, float]] = choice(
        {},
        note="by candidate: what share of the voters goes to whom, if in the second round; what is "
        "left stays at home: { cole = { amaro = 0.3, brandt = 0.5 } }",
    )
    sd: float = quantity(
        0.15, unit="logit", low=0.05, high=0.4, ge=0, le=3, note="luck of each of these shares"
    )
    doubt: float = share(
        0.25,
        low=0.1,
        high=0.5,
        note="how unsure everybody is of the second round: sd of the believed lead, as a share of "
        "the votes that have to move",
    )

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Self:
        for key, shares in self.to.items():
            if any(not 0 <= each <= 1 for each in shares.values()):
                raise ValueError(f"to.{key}: shares lie between 0 and 1")
            if sum(sorted(shares.values())[-2:]) > 1 + 1e-9:
                raise ValueError(f"to.{key}: two of the shares are more than all voters")
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
        "plurality",
        note="who is elected: plurality, the most votes; majority, more than `threshold` of them, "
        "or the winner of a second round between the first two",
    )
    threshold: float = share(
        0.5, low=0.4, high=0.55, note="majority: elected is who has more than this share"
    )
    second_round: Moment | None = choice(
        None,
        note="majority: first day of the second round, a date or tied to vote, opening or close",
    )
    transfer: Transfer = choice(Transfer(), note="who votes for whom in a second round")
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
    def _a_majority_has_a_second_round(self) -> Self:
        if (self.rule == "majority") != (self.second_round is not None):
            raise ValueError(
                'rule = "majority" and second_round go together: '
                'write second_round = { after = "vote", days = 21 }'
                if self.rule == "majority"
                else 'second_round belongs to rule = "majority"'
            )
        if self.rule == "majority" and len(self.stages) != 1:
            raise ValueError(
                'rule = "majority" is declared once, on the whole count: write '
                "stages = [{ share = 1.0 }]"
            )
        return self

    @property
    def share_needed(self) -> float:
        """Return the share of the votes that a winner of the first round has more than."""
        return self.threshold if self.rule == "majority" else 0.0

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
