"""The closed schema of a seed's files: what the seed article says, facts beyond it, later outcomes,
and sources.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from sim.records.parameters.base import Section
from sim.scenario.uncertainties import Scalar

Key = str
Confidence = Literal["source", "memory"]


class SeedHead(Section):
    """seed.toml."""

    format: int = 1
    title: str
    description: str = ""
    as_of: dt.date
    entities: dict[str, str] = Field(
        default_factory=dict, description="keys used in `parties`, `by` and `actor` of facts"
    )


class SourceEntry(Section):
    """One entry of sources.toml: where a fact was read, and since when it was public."""

    title: str
    publisher: str
    kind: Literal["data", "method"] = "data"
    known_on: dt.date
    address: str = ""


class SourcesFile(Section):
    format: int = 1
    sources: dict[str, SourceEntry]


class ArticleHead(Section):
    title: str
    published: dt.date
    publisher: str = ""
    paragraphs: int = Field(ge=1)


class Statement(Section):
    """Something that the seed article says, in our own words, with the paragraph it rests on (and
    others that repeat it).
    """

    key: Key
    paragraph: int = Field(ge=1)
    also: tuple[int, ...] = ()
    text: str = Field(min_length=10)


class ArticleActor(Statement):
    name: str
    kind: Literal[
        "person",
        "government",
        "party",
        "coalition",
        "institution",
        "state_company",
        "place",
        "press",
    ]


class ArticleEvent(Statement):
    """date: a date, or "undated"; `until` ends a span."""

    date: dt.date | Literal["undated"]
    until: dt.date | None = None
    precision: Literal["day", "week", "month", "year", "decade", "undated"]
    kind: Literal[
        "negotiation",
        "relief",
        "sanction",
        "exclusion",
        "candidacy",
        "breach",
        "calendar",
        "statement",
        "history",
    ]
    parties: tuple[Key, ...] = Field(min_length=1)


class ArticleClaim(Statement):
    """A judgement or assertion; `by` is who makes it (the author of the article is `article`)."""

    by: Key
    about: tuple[Key, ...] = ()


class ArticleFile(Section):
    format: int = 1
    article: ArticleHead
    actors: tuple[ArticleActor, ...]
    events: tuple[ArticleEvent, ...]
    claims: tuple[ArticleClaim, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (*self.actors, *self.events, *self.claims)


class Fact(Section):
    """A fact beyond the article: `known_on` is the day on which a reader could know it."""

    key: Key
    text: str = Field(min_length=3)
    source: str
    known_on: dt.date
    confidence: Confidence = "source"


class CalendarFact(Fact):
    date: dt.date
    until: dt.date | None = None


class EventFact(Fact):
    date: dt.date
    kind: Literal[
        "negotiation",
        "relief",
        "sanction",
        "threat",
        "exclusion",
        "candidacy",
        "observation",
        "institution",
        "audit",
        "swap",
        "vote",
        "process",
        "statement",
        "result",
        "protest",
        "legal",
        "recognition",
        "repression",
    ]
    parties: tuple[Key, ...] = Field(min_length=1)


class CandidateFact(Fact):
    name: str
    coalition: str
    cards: int = Field(ge=0, le=100)
    parties: tuple[str, ...] = ()
    status: Literal["admitted", "registration_blocked", "disqualified"]
    signed_recognition_pact: bool | None = None

    @model_validator(mode="after")
    def _cards(self) -> CandidateFact:
        if self.status == "admitted" and self.cards == 0:
            raise ValueError("an admitted candidate has at least one card on the ballot")
        return self


class LicenceFact(Fact):
    scope: str
    issued: dt.date | None = None
    expires: dt.date | None = None
    ended: dt.date | None = None
    replaced_by: str = ""
    self_renewing: bool = False
    state: Literal["absent", "in_force", "winding_down", "ended"]

    @model_validator(mode="after")
    def _order(self) -> LicenceFact:
        for name, day in (("expires", self.expires), ("ended", self.ended)):
            if self.issued is not None and day is not None and day < self.issued:
                raise ValueError(
                    f"the licence {name.removesuffix('s')}s on {day}, before it is issued on "
                    f"{self.issued}"
                )
        return self


class PollFact(Fact):
    house: str
    family: Literal["independent", "opposition", "government", "market", "exit"]
    field_start: dt.date | None = None
    field_end: dt.date | None = None
    respondents: int | None = Field(None, ge=1)
    challenger_share: float | None = Field(None, ge=0, le=1)
    incumbent_share: float | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _whole(self) -> PollFact:
        if (self.challenger_share or 0.0) + (self.incumbent_share or 0.0) > 1.0 + 1e-9:
            raise ValueError("challenger_share and incumbent_share sum to more than 1")
        if self.field_start and self.field_end and self.field_end < self.field_start:
            raise ValueError("field_end lies before field_start")
        return self


class ObserverFact(Fact):
    kind: Literal["international", "domestic", "party"]
    status: Literal["invited", "accredited", "not_accredited", "revoked", "planned"]
    members: int | None = Field(None, ge=0)
    sites: int | None = Field(None, ge=0)


class InstitutionFact(Fact):
    name: str
    role: str


class NumberFact(Fact):
    value: float
    unit: str


class FactsFile(Section):
    """One file of facts/: any of these lists."""

    format: int = 1
    calendar: tuple[CalendarFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    candidates: tuple[CandidateFact, ...] = ()
    licences: tuple[LicenceFact, ...] = ()
    polls: tuple[PollFact, ...] = ()
    observers: tuple[ObserverFact, ...] = ()
    institutions: tuple[InstitutionFact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for name in FACT_LISTS for fact in getattr(self, name))


FACT_LISTS = tuple(name for name in FactsFile.model_fields if name != "format")


class OutcomeFact(Fact):
    """What happened afterwards. `outcome` names the measure that it scores, "" where none does."""

    question: str
    outcome: str = ""
    value: Scalar
    unit: str = ""
    date: dt.date | None = None


class OutcomesFile(Section):
    format: int = 1
    outcomes: tuple[OutcomeFact, ...]
