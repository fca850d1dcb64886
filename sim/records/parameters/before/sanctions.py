"""Sanctions: the threat game, and the licence book. A case without sanctions has no licences and no
instruments.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import uniform


class ThreatGame(Section):
    """Stakes of the threat game; V = 1 fixes the unit of what the sender can win or lose
    (Drezner2003, LacyNiou2004).
    """

    rationality: float = quantity(
        3.0,
        unit="1",
        low=1,
        high=6,
        ge=0,
        note="lambda: how nearly the better of two steps is always taken",
    )
    works_share: float = share(
        0.285,
        low=0.12,
        high=0.45,
        drawn=uniform(0.12, 0.45),
        source="HSE2007",
        base_rate="sanctions_succeed",
        note="p; about a third succeed, fewer against autocrats",
    )
    empty_threat: float = share(
        0.8,
        low=0.6,
        high=1.0,
        source="Peterson2013",
        note="factor on p for each threat that was not carried out: the next is yielded to less",
    )
    sender_cost: float = quantity(
        0.25, unit="V", low=0.05, high=0.55, ge=0, note="without what licence holders add"
    )
    lobby_cost: float = quantity(
        0.05, unit="V", low=0, high=0.15, ge=0, note="what licence holders add to the sender's cost"
    )
    audience_cost: float = quantity(
        0.20, unit="V", low=0, high=0.5, ge=0, note="of an empty threat"
    )
    sender_value: float = quantity(
        1.0,
        unit="V",
        low=0.5,
        high=1.5,
        gt=0,
        note="V: what a concession is worth to the country that threatens",
    )
    target_value: float = quantity(
        1.2,
        unit="V",
        low=0.8,
        high=2,
        ge=0,
        note="W: what a concession costs the country that is threatened",
    )
    relief_weight: float = quantity(
        2.0, unit="V", low=1, high=4, ge=0, note="target's cost of losing all relief"
    )


class Renewal(Section):
    """The decision to renew an expiring licence: log odds = logit - per_breach x breaches since its
    issue.
    """

    logit: float = quantity(
        2.6,
        unit="log odds",
        low=0,
        high=5,
        note="log odds that an expiring licence is renewed when nothing was breached since its "
        "issue",
    )
    per_breach: float = quantity(
        0.4,
        unit="log odds",
        low=0,
        high=0.8,
        note="what each breach since its issue takes off these log odds",
    )


class Licence(Section):
    """One licence of the book; value: what it brings the sanctioned government."""

    scope: Literal["general", "energy", "other"] = choice(
        "other",
        note="general: what promised energy relief issues again; energy: what a full snapback "
        "ends besides",
    )
    status: Literal["absent", "in_force", "winding_down", "ended"] = choice(
        "absent", note="state at the as-of date"
    )
    renewed: bool = choice(False, note="true: in force at the as-of date, whatever `status` says")
    value: float = quantity(
        unit="million USD/month",
        low=0,
        high=400,
        ge=0,
        note="what the licence is worth to the sanctioned government while it is in force",
    )
    variants: dict[str, float] = choice(
        {}, note="narrower versions of the licence by name: the part of its value that is left"
    )
    issued_day: float = quantity(
        -1000.0,
        unit="days",
        note="last issue or renewal before the as-of date; breaches count from it",
    )
    expiry_days: tuple[float, ...] = choice((), note="days on which it ends unless it is renewed")
    self_renewing: bool = choice(False, note="renews itself on its expiry days unless it was ended")
    renewal: Renewal | None = choice(
        None, note="who does not renew itself on its expiry days needs these terms"
    )
    wind_down_days: float = quantity(
        45.0,
        unit="days",
        low=0,
        high=180,
        ge=0,
        note="days between the end of a licence and the end of its wind-down",
    )

    @model_validator(mode="after")
    def _expires_after_issue(self) -> Licence:
        early = [day for day in self.expiry_days if day <= self.issued_day]
        if early:
            raise ValueError(
                f"the licence expires on day {early[0]:g}, not after it is issued on day "
                f"{self.issued_day:g}"
            )
        if list(self.expiry_days) != sorted(set(self.expiry_days)):
            raise ValueError("expiry_days must rise from one to the next")
        return self

    @model_validator(mode="after")
    def _an_expiry_has_terms(self) -> Self:
        if self.expiry_days and not self.self_renewing and self.renewal is None:
            raise ValueError(
                "a licence with `expiry_days` renews itself (`self_renewing`) or has a table "
                "`renewal`"
            )
        return self


class Sanctions(Section):
    """What sanctions can do and when."""

    reference_value: float = quantity(
        1000.0, unit="million USD/month", low=700, high=1500, gt=0, note="what all relief is worth"
    )
    revenue_lag_days: float = quantity(
        45.0,
        unit="days",
        low=20,
        high=90,
        ge=0,
        note="from the issue of a licence until revenue comes; what can be taken back counts at "
        "once",
    )
    threat: ThreatGame = choice(ThreatGame())
    decision_days: float = quantity(
        10.0, unit="days", low=3, high=30, ge=0, note="from the detection of a breach to its answer"
    )
    answer_days: float = quantity(
        3.0, unit="days", low=1, high=14, ge=0, note="from a threat to its answer"
    )
    instruments: dict[str, float] = choice(
        {"designations": 1.0},
        note="chance of each answer: `designations` or a licence that is ended; the sum is 1",
    )
    contest_instruments: dict[str, float] = choice(
        {}, note="chance of each answer to a contested announcement; empty: as `instruments`"
    )
    contest_days: float = quantity(
        10.0, unit="days", low=5, high=30, ge=0, note="from a contested announcement to its answer"
    )
    contest_stake: float = quantity(
        2.0,
        unit="1",
        low=1,
        high=4,
        ge=0,
        note="how many times more a concession costs the threatened over a contested announcement",
    )
    boycott_days: float = quantity(
        14.0, unit="days", low=5, high=30, ge=0, note="from a boycotted vote to its answer"
    )
    designations_low: int = quantity(
        5, unit="names", low=1, high=10, ge=1, note="fewest names that one designation adds"
    )
    designations_high: int = quantity(
        20, unit="names", low=10, high=40, ge=1, note="most names that one designation adds"
    )
    designation_exit_cost: float = quantity(
        0.02,
        unit="office",
        low=0,
        high=0.04,
        ge=0,
        drawn=uniform(0.0, 0.04),
        note="each batch adds it to the exit cost",
    )
    designation_loyalty: float = quantity(
        0.005,
        unit="share",
        low=-0.01,
        high=0.02,
        drawn=uniform(-0.01, 0.02),
        note="each batch adds it to the command's loyalty: who is named has less to win by leaving",
    )
    personal_relief_exit_cost: float = quantity(
        0.04,
        unit="office",
        low=0,
        high=0.08,
        ge=0,
        drawn=uniform(0.0, 0.08),
        note="what full relief for designated persons takes off the exit cost",
    )
    invitation_detection_days: float = quantity(
        1.0,
        unit="days",
        low=0.3,
        high=3,
        gt=0,
        note="days until a withdrawn invitation counts as a detected breach",
    )
    ban_detection_days: float = quantity(
        1.0,
        unit="days",
        low=0.3,
        high=3,
        gt=0,
        note="a bar, a refused substitute or a postponement",
    )

    @model_validator(mode="after")
    def _chances_sum_to_one(self) -> Sanctions:
        for name in ("instruments", "contest_instruments"):
            chances = getattr(self, name).values()
            wrong = any(not 0 <= chance <= 1 for chance in chances) or abs(sum(chances) - 1) > 1e-9
            if wrong and (chances or name == "instruments"):
                raise ValueError(
                    f"{name} are chances from 0 to 1 that sum to 1; these sum to {sum(chances):g}"
                )
        if self.designations_low > self.designations_high:
            raise ValueError("designations_low lies above designations_high")
        return self
