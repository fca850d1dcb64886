"""Facts that set a number or a date of the case: law, calendar, counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from sim.documents.merge import is_moment
from sim.records.moments import Every, Tied, read_moment, read_recurring
from sim.records.parameters.base import choice
from sim.scenario.facts.base import Day, Fact, Folded, OneOf, valued


def _whole(given: Any) -> Any:
    """Return a table that is a moment, or recurring moments, as one value."""
    if isinstance(given, dict) and is_moment(given):
        return read_recurring(given) if "every" in given else read_moment(given)
    return given


Listed = float | str | dt.time | Day
Known = bool | int | Listed | OneOf | Tied | Every | tuple[Listed, ...]
Value = Annotated[Known, BeforeValidator(_whole)]


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
