"""What a seed's files must agree on beyond their shape: sources resolve, keys are unique,
paragraphs exist, dates stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.errors import Problem
from sim.scenario.seeds.seed import Seed
from sim.scenario.seeds.seed_schema import FACT_LISTS, ArticleFile
from sim.sources import ASSUMPTION, REFERENCES


def seed_problems(seed: Seed, documents: dict[str, Document]) -> list[Problem]:
    """Return every disagreement of a seed's files."""
    found = [
        *(_article_problems(seed.article, documents["article.toml"]) if seed.article else ()),
        *(
            _outcome_problems(seed, documents["outcomes.toml"])
            if "outcomes.toml" in documents
            else ()
        ),
        *_source_entries(seed, documents["sources.toml"]),
    ]
    keys: dict[str, str] = {}
    for name, document in documents.items():
        if name.startswith("facts/") or name == "outcomes.toml":
            found += _fact_problems(seed, document, keys)
        if name.startswith("parameters/"):
            found += _parameter_sources(seed, document)
    return found


def _article_problems(article: ArticleFile, document: Document) -> Iterator[Problem]:
    count = article.article.paragraphs
    seen: set[str] = set()
    people = {actor.key for actor in article.actors} | {"article"}
    for name in ("actors", "events", "claims"):
        for number, entry in enumerate(getattr(article, name)):
            here = (name, number)
            if entry.key in seen:
                yield document.problem(
                    (*here, "key"), f"'{entry.key}' names two statements", "give each its own key"
                )
            seen.add(entry.key)
            for paragraph in (entry.paragraph, *entry.also):
                if paragraph > count or paragraph < 1:
                    said = f"paragraph {paragraph} does not exist; the article has {count}"
                    yield document.problem((*here, "paragraph"), said)
            for field in ("by", "about", "parties"):
                yield from _unknown_people(
                    document, (*here, field), getattr(entry, field, ()), people
                )


def _unknown_people(
    document: Document, path: tuple[Any, ...], named: Any, people: set[str]
) -> Iterator[Problem]:
    for key in (named,) if isinstance(named, str) else named:
        if key not in people:
            yield document.problem(
                path, f"'{key}' is no actor of this file", nearest(key, sorted(people))
            )


def _fact_problems(seed: Seed, document: Document, keys: dict[str, str]) -> Iterator[Problem]:
    for name in (*FACT_LISTS, "outcomes"):
        for number, entry in enumerate(document.data.get(name, ())):
            here, key = (name, number), entry["key"]
            if key in keys:
                yield document.problem(
                    (*here, "key"),
                    f"'{key}' is a fact of {keys[key]} already",
                    "give each fact its own key",
                )
            keys.setdefault(key, document.name)
            yield from _source_problem(seed, document, (*here, "source"), entry["source"])
            if name == "events" and entry["known_on"] < entry["date"]:
                yield document.problem(
                    (*here, "known_on"),
                    f"known on {entry['known_on']}, before it happened on {entry['date']}",
                )
            for party in entry.get("parties", ()) if name == "events" else ():
                if party not in seed.head.entities:
                    said = f"'{party}' is no entity of seed.toml"
                    yield document.problem(
                        (*here, "parties"), said, nearest(party, sorted(seed.head.entities))
                    )


def _outcome_problems(seed: Seed, document: Document) -> Iterator[Problem]:
    for number, entry in enumerate(seed.outcomes.outcomes):
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


def _parameter_sources(seed: Seed, document: Document) -> Iterator[Problem]:
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
