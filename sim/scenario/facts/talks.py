"""Facts of talks: opened, agreed, suspended, a meeting that is due, a request without an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact, Folded, OneOf, valued

STATES = {"opened": "talks", "resumed": "talks", "agreed": "deal", "suspended": "suspended"}


class TalksFact(Fact):
    """A step of talks on one track."""

    MEANING: ClassVar[str] = (
        "talks open, agree, are suspended; a meeting is due, confirmed, or asked for in vain"
    )
    track: str = choice(note="key of the track")
    step: Literal[
        "offered", "opened", "agreed", "suspended", "resumed", "meeting", "confirmed", "unanswered"
    ] = choice(note="what happened")
    by: str = choice("", note="who did it, where one side did")
    place: str | OneOf | None = choice(None, note="where they meet")
    attends: dict[str, float] = choice(
        {}, note="place -> chance that the mediator attends there (assumption)"
    )
    meets_share: float | None = Field(
        None, ge=0, le=1, description="chance that the meeting then takes place (assumption)"
    )

    @model_validator(mode="after")
    def _a_meeting_has_a_date(self) -> TalksFact:
        if self.step == "meeting" and self.date is None:
            raise ValueError("a meeting needs a date")
        places = self.place.choice if isinstance(self.place, OneOf) else (self.place,)
        lost = [str(place) for place in places if self.attends and place not in self.attends]
        if lost:
            raise ValueError(f"attends says nothing of {lost[0]}")
        return self

    @property
    def can_be_ahead(self) -> bool:
        """Return whether a meeting is due."""
        return self.step == "meeting"

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield the state of each track, the meeting that is due, and who will be there."""
        for name in dict.fromkeys(fact.track for _, fact in facts):
            own = [(key, fact) for key, fact in facts if fact.track == name]
            yield from _track(("negotiation", "tracks", name), own)


def _track(here: tuple[str, ...], facts: list[tuple[str, Any]]) -> Iterator[Folded]:
    steps = [(key, fact) for key, fact in facts if fact.step in (*STATES, "meeting")]
    if steps:
        key, fact = steps[-1]
        yield Folded((*here, "state"), STATES.get(fact.step, "scheduled"), (key,))
        if fact.step == "meeting":
            yield from valued((*here, "meeting_day"), fact.date, key)
            yield from _mediator(here, key, fact)
    offers = [(key, fact.by) for key, fact in facts if fact.step == "offered" and fact.by]
    if offers:
        yield Folded((*here, "offered_by"), offers[-1][1], (offers[-1][0],))
    for key, fact in facts:
        if fact.meets_share is not None:
            yield Folded((*here, "meeting_share"), fact.meets_share, (key,))


def _mediator(here: tuple[str, ...], key: str, fact: TalksFact) -> Iterator[Folded]:
    """Yield the chance that the mediator attends: by place, drawn where the place is open."""
    if not fact.attends:
        return
    if isinstance(fact.place, OneOf):
        shares = tuple(fact.attends[str(place)] for place in fact.place.choice)
        value: Any = OneOf(choice=shares, weights=fact.place.weights)
    else:
        value = fact.attends[str(fact.place)]
    yield from valued((*here, "mediator_share"), value, key)
