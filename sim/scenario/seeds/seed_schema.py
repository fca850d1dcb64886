"""The closed schema of a seed's files: what the seed article says, facts beyond it, later outcomes,
and sources.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from sim.records.parameters.base import Section
from sim.scenario.drawn.uncertainties import Scalar

Key = str
Confidence = Literal["source", "memory"]


class SeedHead(Section):
    """seed.toml."""

    format: int = 2
    title: str
    description: str = ""
    as_of: dt.date


class SourceEntry(Section):
    """One entry of sources.toml: where a fact was read, and since when it was public."""

    title: str
    publisher: str
    kind: Literal["data", "method"] = "data"
    known_on: dt.date
    address: str = ""


class SourcesFile(Section):
    format: int = 2
    sources: dict[str, SourceEntry]


class ArticleHead(Section):
    title: str
    published: dt.date
    publisher: str = ""
    paragraphs: int = Field(ge=1)


class Statement(Section):
    """Something that the seed article says, in our own words, with the paragraph it rests on (and
    others that repeat it).

    It names the facts of the case that say the same, or why the model has no place for it.
    """

    paragraph: int = Field(ge=1)
    also: tuple[int, ...] = ()
    by: str = Field("article", description="who says it; the author of the article is `article`")
    text: str = Field(min_length=10)
    facts: tuple[str, ...] = Field((), description="keys of the facts that say the same")
    rests: tuple[str, ...] = Field((), description="parameters that rest on it, by their paths")
    context: str = Field("", description="why the model has no place for it")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Statement:
        if not (self.facts or self.rests or self.context):
            raise ValueError("name facts, or parameters that rest on it, or say why not in context")
        return self


class ArticleFile(Section):
    """article.toml."""

    format: int = 2
    article: ArticleHead
    statements: dict[str, Statement]


class OutcomeFact(Section):
    """What happened afterwards. `outcome` names the measure that it scores, "" where none does."""

    key: Key
    text: str = Field(min_length=3)
    source: str
    known_on: dt.date
    confidence: Confidence = "source"
    question: str
    outcome: str = ""
    value: Scalar
    unit: str = ""
    date: dt.date | None = None


class OutcomesFile(Section):
    format: int = 2
    outcomes: tuple[OutcomeFact, ...]
