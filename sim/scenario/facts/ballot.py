"""Facts of the ballot: who stands, who may not, who carries whose votes, who signed a pledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact, Folded


class BallotFact(Fact):
    """A person on the ballot."""

    MEANING: ClassVar[str] = "a person on the ballot: name, coalition, number of cards"
    person: str = choice(note="key of the candidate")
    name: str = choice(note="name as it is printed")
    coalition: str = choice("", note="party or coalition; none of an independent")
    cards: int = Field(1, ge=1, le=100, description="places on the ballot")
    parties: tuple[str, ...] = choice((), note="parties behind the cards")

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield name, coalition, cards and the status of each candidate."""
        for key, fact in facts:
            for field in ("name", "coalition", "cards"):
                yield Folded(("candidates", fact.person, field), getattr(fact, field), (key,))
            yield Folded(("candidacy", "statuses", fact.person), "admitted", (key,))


class StandingFact(Fact):
    """A change of standing: barred, blocked, or the one who carries a coalition's votes."""

    MEANING: ClassVar[str] = (
        "a change of standing: disqualified, registration blocked, or carries the coalition's votes"
    )
    person: str = choice(note="key of the person")
    to: Literal["disqualified", "registration_blocked", "carries"] = choice(note="the new standing")

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield each status, and who carries the challenger's votes."""
        for key, fact in facts:
            if fact.to == "carries":
                yield Folded(("candidacy", "carrier"), fact.person, (key,))
            else:
                yield Folded(("candidacy", "statuses", fact.person), fact.to, (key,))


class PledgeFact(Fact):
    """Candidates who pledged to accept the authority's result."""

    MEANING: ClassVar[str] = "candidates who pledged to accept the announced result"
    by: tuple[str, ...] = Field(min_length=1, description="keys of the candidates who signed")

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield all signatories, in the order of their pledges."""
        if facts:
            signed = tuple(dict.fromkeys(person for _, fact in facts for person in fact.by))
            yield Folded(("candidacy", "signatories"), signed, tuple(key for key, _ in facts))
