"""What a seed's files must agree on beyond their shape: sources resolve, keys are unique,
paragraphs exist, dates stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import find_spec, nearest
from sim.errors import Problem
from sim.scenario.schema import CaseParameters
from sim.scenario.seeds.seed import Seed
from sim.sources import ASSUMPTION, REFERENCES


def seed_problems(seed: Seed, documents: dict[str, Document]) -> list[Problem]:
    """Return every disagreement of a seed's files."""
    found = [
        *(_article_problems(seed, documents["article.toml"]) if seed.article else ()),
        *(
            _outcome_problems(seed, documents["outcomes.toml"])
            if "outcomes.toml" in documents
            else ()
        ),
        *_source_entries(seed, documents["sources.toml"]),
    ]
    for name, document in documents.items():
        if name.startswith(("facts/", "parameters/")):
            found += _cited_sources(seed, document)
    return found


def _article_problems(seed: Seed, document: Document) -> Iterator[Problem]:
    """Yield what the statements name that is not there: paragraphs, facts, parameters."""
    assert seed.article is not None
    count, keys = seed.article.article.paragraphs, [known.key for known in seed.facts]
    for key, entry in seed.article.statements.items():
        here = ("statements", key)
        for paragraph in (entry.paragraph, *entry.also):
            if paragraph > count:
                said = f"paragraph {paragraph} does not exist; the article has {count}"
                yield document.problem((*here, "paragraph"), said)
        for fact in entry.facts:
            if fact not in keys:
                said = f"'{fact}' is no fact of this seed"
                yield document.problem((*here, "facts"), said, nearest(fact, keys))
        for dotted in entry.rests:
            if isinstance(find_spec(CaseParameters, tuple(dotted.split("."))), int):
                said = f"no parameter is called '{dotted}'"
                yield document.problem((*here, "rests"), said)


def _outcome_problems(seed: Seed, document: Document) -> Iterator[Problem]:
    for number, entry in enumerate(seed.outcomes.outcomes):
        yield from _source_problem(seed, document, ("outcomes", number, "source"), entry.source)
        if entry.known_on <= seed.head.as_of:
            said = (
                f"known on {entry.known_on}, not after the as-of date {seed.head.as_of}; "
                "outcomes are for scoring"
            )
            yield document.problem(("outcomes", number, "known_on"), said, "put it into facts/")


def _source_entries(seed: Seed, document: Document) -> Iterator[Problem]:
    for key in seed.sources:
        if key in REFERENCES or key == ASSUMPTION:
            yield document.problem(
                ("sources", key),
                f"'{key}' is a source of the package already",
                "choose another key",
                at_key=True,
            )


def _cited_sources(seed: Seed, document: Document) -> Iterator[Problem]:
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), document.data)]
    while stack:
        path, value = stack.pop()
        items = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        for key, item in items:
            if key == "source" and isinstance(item, str):
                yield from _source_problem(seed, document, (*path, key), item)
            else:
                stack.append(((*path, key), item))


def _source_problem(
    seed: Seed, document: Document, path: tuple[str | int, ...], key: str
) -> Iterator[Problem]:
    if key != ASSUMPTION and seed.reference(key) is None:
        known = [*seed.sources, *REFERENCES, ASSUMPTION]
        hint = nearest(key, known) or 'add it to the seed\'s sources.toml, or write "assumption"'
        yield document.problem(path, f"source '{key}' is unknown", hint)
