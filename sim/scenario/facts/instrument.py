"""Facts of sanctions instruments: licences issued, renewed, wound down, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Day, Fact, Folded, latest, moment, passed


class InstrumentFact(Fact):
    """A step in the life of a licence. A wind-down ends on its `until`."""

    MEANING: ClassVar[str] = "a licence is issued, renewed, wound down or ended"
    instrument: str = choice(note="key of the licence")
    step: Literal["issued", "renewed", "wind_down", "ended"] = choice(note="what happened to it")
    expires: Day | tuple[Day, ...] | None = choice(
        None, note="when it ends unless it is renewed; several dates where it renews itself"
    )

    @model_validator(mode="after")
    def _a_step_has_what_it_needs(self) -> InstrumentFact:
        if self.step == "wind_down" and self.until is None:
            raise ValueError("a wind_down needs until: the day on which it is over")
        if self.step in ("wind_down", "ended") and self.expires is not None:
            raise ValueError(f"{self.step} and expires exclude each other")
        ends = self.expires if isinstance(self.expires, tuple) else (self.expires,)
        for end in ends:
            if end and self.date and moment(end) < latest(self.date):
                raise ValueError(f"it expires on {end}, before it is {self.step} on {self.date}")
        return self

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield status, issue and expiry of each licence, as its latest facts leave them."""
        for name in dict.fromkeys(fact.instrument for _, fact in facts):
            own = [(key, fact) for key, fact in facts if fact.instrument == name]
            yield from _book(name, own, as_of)


def _book(name: str, facts: list[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
    """Yield the entry of one licence."""
    here, last = ("licences", name), facts[-1]
    given = [(key, fact) for key, fact in facts if fact.step in ("issued", "renewed")]
    dated = [(key, fact) for key, fact in given if fact.date is not None]
    if dated and dated[-1][0] == last[0]:
        yield Folded((*here, "issued_day"), dated[-1][1].date, (dated[-1][0],))
    yield Folded((*here, "status"), _status(last[1], as_of), (last[0],))
    if given and given[-1][0] == last[0] and last[1].expires is not None:
        ends = last[1].expires if isinstance(last[1].expires, tuple) else (last[1].expires,)
        ahead = tuple(end for end in ends if not passed(end, as_of))
        if ahead:
            yield Folded((*here, "expiry_days"), ahead, (last[0],))


def _status(fact: InstrumentFact, as_of: dt.date) -> str:
    """Return where a licence stands after its latest fact."""
    if fact.step == "ended":
        return "ended"
    if fact.step == "wind_down":
        over = fact.until is not None and passed(fact.until, as_of)
        return "ended" if over else "winding_down"
    ends = fact.expires if isinstance(fact.expires, tuple) else (fact.expires,)
    over = all(end is not None and passed(end, as_of) for end in ends)
    return "ended" if over else "in_force"
