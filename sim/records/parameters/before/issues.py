"""What can be agreed: issues, who delivers each, and what an agreement on it does (its effect)."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity


class Issue(Section):
    """One issue of the talks. Names are free; the effect says what a promise does."""

    effect: str = choice(note="what delivery does: `sim list effects` explains each")
    by: tuple[str, ...] = choice(note="who delivers; all of them must sit at a table that stands")
    levels: tuple[float, ...] = quantity(
        (0.0, 1.0), unit="1", note="levels that can be agreed, the status quo first, rising"
    )
    full_level: float = quantity(
        100.0,
        unit="points of 100",
        low=55,
        high=100,
        gt=0,
        le=100,
        note="level of the issue space from which a promise counts in full",
    )
    brings: tuple[tuple[str, ...], ...] = choice(
        (), note="instruments that come into force at each level, the status quo first"
    )
    worth: dict[str, float] = quantity(
        {},
        unit="office",
        note="what full delivery is worth beside the night, by role: incumbent, challenger, sender",
    )
    due_days: float = quantity(
        14.0, unit="days", low=2, high=60, ge=0, note="until the promise falls due"
    )
    detection_days: float = quantity(
        1.0,
        unit="days",
        low=0.3,
        high=42,
        gt=0,
        note="mean time until a breach is detected, without a mission in the country",
    )
    temptation: float = quantity(
        0.0,
        unit="1",
        low=0,
        high=1.4,
        ge=0,
        note="gain of breaking the promise for an incumbent sure to lose an honest count (read "
        'where stakes = "space")',
    )

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        if len(self.levels) < 2 or list(self.levels) != sorted(set(self.levels)):
            raise ValueError("levels must be two or more and rise from one to the next")
        if self.brings and len(self.brings) != len(self.levels):
            raise ValueError("brings needs one list of instruments for each of the levels")
        if not self.by:
            raise ValueError("by must name who delivers")
        return self
