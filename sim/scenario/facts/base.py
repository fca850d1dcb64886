"""A fact: what happened or is due, since when it was known, and what follows for the case.

A kind of fact is a class with `folds`: the values of the case that follow from its facts up to the
as-of date. Folding is pure: facts in, values out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from sim.documents.merge import Keys
from sim.records.parameters.base import Section
from sim.records.parameters.base import choice as key

Day = dt.datetime | dt.date


class OneOf(Section):
    """A value that is not known for sure: one of these, with weights (equal where none are given).
    Drawn once a replicate.
    """

    choice: tuple[Day | float | str, ...] = key(note="the values that it may have")
    weights: tuple[float, ...] | None = key(None, note="their weights, any positive scale")

    @model_validator(mode="after")
    def _whole(self) -> OneOf:
        if len(self.choice) < 2:
            raise ValueError("choice needs two values or more; write a single one plainly")
        if self.weights is not None and len(self.weights) != len(self.choice):
            raise ValueError(f"{len(self.choice)} values but {len(self.weights)} weights")
        return self

    @property
    def likeliest(self) -> Any:
        """Return the value with the largest weight, of equal ones the first."""
        weights = self.weights or (1.0,) * len(self.choice)
        return self.choice[weights.index(max(weights))]

    def spread(self) -> dict[str, Any]:
        """Return the table of an uncertainty."""
        table: dict[str, Any] = {"choice": self.choice}
        return table if self.weights is None else {**table, "weights": self.weights}


class Breach(Section):
    """What a fact broke: who broke a promise, on which track, and who says so ("": nobody disputes
    it).
    """

    by: str = key(note="who broke the promise")
    track: str = key("", note="the talks in which it was given")
    says: str = key("", note="who says so, where it is disputed")


class Fact(Section):
    """What all facts have: our own words, the day on which a reader could know it, and dates."""

    kind: str = key(note="kind of fact: `sim list facts` explains each")
    text: str = Field(min_length=3, description="what happened or is due, in our own words")
    known_on: dt.date = key(note="first day on which a reader could know it")
    date: Day | OneOf | None = key(None, note="when it happened, or is due")
    until: Day | None = key(None, note="end of a span")
    confidence: Literal["source", "memory"] = key("source", note="memory: to be confirmed")
    open: str = key("", note="a question that stays open, in words")
    breach: Breach | None = key(None, note="the promise that it broke, if it broke one")
    MEANING: ClassVar[str] = ""

    @model_validator(mode="after")
    def _a_span_runs_forward(self) -> Fact:
        if self.until and self.date and moment(self.until) < latest(self.date):
            raise ValueError(f"until ({self.until}) lies before date ({latest(self.date)})")
        if self.date and not self.can_be_ahead and self.known_on < latest(self.date).date():
            said = f"known on {self.known_on}, before it happened on {latest(self.date).date()}"
            raise ValueError(said)
        return self

    @property
    def can_be_ahead(self) -> bool:
        """Return whether such a fact can be known before its date: dates of the law, meetings."""
        return False

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield the values that follow from all facts of this kind, oldest first."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Folded:
    """One value that follows from facts: its path, the value, and the facts' keys (newest last)."""

    keys: Keys
    value: Any
    facts: tuple[str, ...]


def latest(day: Day | OneOf) -> dt.datetime:
    """Return the latest moment that a date may mean; a plain date begins at midnight."""
    if isinstance(day, OneOf):
        return max(moment(option) for option in day.choice if isinstance(option, dt.date))
    return moment(day)


def moment(day: Day) -> dt.datetime:
    """Return a date as its first moment."""
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())


def passed(day: Day, as_of: dt.date) -> bool:
    """Return whether a date lies on or before the as-of date."""
    return moment(day).date() <= as_of


def valued(keys: Keys, value: Any, *facts: str) -> Iterator[Folded]:
    """Yield a value; one that is not known for sure also as an uncertainty of its path."""
    if isinstance(value, OneOf):
        yield Folded(keys, value.likeliest, facts)
        yield Folded(("uncertainties", ".".join(keys)), value.spread(), facts)
    else:
        yield Folded(keys, value, facts)
