"""Facts that set a number or a date of the case: law, calendar, counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pydantic import Field

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Day, Fact, Folded, OneOf, valued

Value = bool | int | float | str | Day | OneOf | tuple[float | str | Day, ...]


class RuleFact(Fact):
    """A rule or a count: it sets values of the case by their dotted paths."""

    MEANING: ClassVar[str] = (
        "a rule of the law or a published count; sets values of the case by their paths"
    )
    sets: dict[str, Value] = Field(min_length=1, description="dotted path -> value")
    unit: str = choice("", note="unit of the values, for readers")

    @property
    def can_be_ahead(self) -> bool:
        """Return True: a date of the law lies ahead."""
        return True

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield each value; a later fact replaces an earlier one."""
        for key, fact in facts:
            for dotted, value in fact.sets.items():
                yield from valued(tuple(dotted.split(".")), value, key)
