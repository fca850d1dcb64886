"""A seed: what the world was, as read and checked; facts are dropped that a date did not know
yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.documents.document import Document
from sim.documents.merge import Layer
from sim.scenario.facts.chronicle import Known
from sim.scenario.seeds.seed_schema import ArticleFile, OutcomesFile, SeedHead
from sim.sources import REFERENCES, Reference


@dataclass(frozen=True, eq=False)
class Seed:
    """One case.

    `facts` holds all of them: `facts_known` is what a scenario may use. Outcomes are for scoring
    alone.
    """

    folder: Path
    head: SeedHead
    article: ArticleFile | None
    facts: tuple[Known, ...]
    outcomes: OutcomesFile
    sources: dict[str, Reference]
    parameters: tuple[Layer, ...] = field(repr=False)
    chronicle: tuple[Layer, ...] = field(repr=False)
    documents: tuple[Document, ...] = field(repr=False)
    data_digests: dict[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        return self.folder.name

    def reference(self, key: str) -> Reference | None:
        """Return a source of this seed or of the package."""
        return self.sources.get(key) or REFERENCES.get(key)


def facts_known(facts: Sequence[Known], as_of: dt.date) -> tuple[tuple[Known, ...], int]:
    """Return the facts that were known on a date, and how many later ones were dropped."""
    known = tuple(each for each in facts if each.fact.known_on <= as_of)
    return known, len(facts) - len(known)


def as_known(seed: Seed, known: tuple[Known, ...]) -> Seed:
    """Return the seed with the facts that were known, and without outcomes."""
    return replace(seed, facts=known, outcomes=OutcomesFile(outcomes=()), documents=())


def listless(value: Any) -> Any:
    """Return a value with lists as tuples (TOML knows lists only; frozen records hold tuples)."""
    if isinstance(value, dict):
        return {key: listless(item) for key, item in value.items()}
    return tuple(listless(item) for item in value) if isinstance(value, list) else value
