"""The chronicle: all facts of a case, read from the seed and the scenario, folded to a date.

The state of a case on the as-of date is its facts up to that day, folded. A scenario changes facts
as it changes parameters: it drops one (`oil_ended = false`), changes it, or adds one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from sim.documents.checking import problems_of
from sim.documents.document import Document
from sim.documents.fields import nearest
from sim.documents.merge import Keys, Layer, Leaf, Merged, merge, tree
from sim.documents.positions import Path as KeyPath
from sim.errors import Problem
from sim.scenario.facts.base import Fact, Folded, latest
from sim.scenario.facts.register import FACT_KINDS

FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Known:
    """One fact with its key, where it stands, and on which sources it rests."""

    key: str
    fact: Fact
    leaf: Leaf
    sources: tuple[str, ...]


def only_facts(layer: Layer) -> Layer:
    """Return the part of a layer that states facts."""
    return {keys: leaf for keys, leaf in layer.items() if keys[0] == FACTS}


def without_facts(layer: Layer) -> Layer:
    """Return a layer without its facts."""
    return {keys: leaf for keys, leaf in layer.items() if keys[0] != FACTS}


def read_facts(layers: Sequence[Layer]) -> tuple[list[Known], list[Problem]]:
    """Return the facts of layers, lowest first, and what is wrong with them. Other values are
    passed over.
    """
    merged = merge([only_facts(layer) for layer in layers])
    stated = {keys[1] for layer in layers for keys in only_facts(layer) if len(keys) > 2}
    table = tree(merged).get(FACTS, {})
    found: list[Known] = []
    problems: list[Problem] = []
    for key, entry in table.items():
        leaves = {keys[2:]: leaf[0] for keys, leaf in merged.items() if keys[:2] == (FACTS, key)}
        first = next(iter(leaves.values()))
        if entry is False and key in stated:
            continue
        if entry is False:
            hint = nearest(key, sorted(stated))
            problems.append(
                first.document.problem((FACTS, key), f"no fact is called '{key}'", hint)
            )
            continue
        if not isinstance(entry, dict):
            said = "a fact is a table; false drops one"
            problems.append(first.document.problem((FACTS, key), said, f"write [facts.{key}]"))
            continue
        fact, wrong = _validated(key, entry, leaves)
        problems += wrong
        if fact is not None:
            sources = tuple(dict.fromkeys(s for leaf in leaves.values() for s in leaf.sources))
            found.append(Known(key, fact, first, sources))
    return found, problems


def _validated(
    key: str, entry: dict[str, Any], leaves: dict[Keys, Leaf]
) -> tuple[Fact | None, list[Problem]]:
    """Return a fact, or what is wrong with its table."""
    first = next(iter(leaves.values()))
    kind = entry.get("kind")
    schema = FACT_KINDS.get(kind) if isinstance(kind, str) else None
    if schema is None:
        place = leaves.get(("kind",), first)
        said = f"no kind of fact is called {kind!r}" if kind is not None else "'kind' is missing"
        hint = nearest(str(kind), list(FACT_KINDS)) or f"kinds: {', '.join(FACT_KINDS)}"
        return None, [place.document.problem((FACTS, key, "kind"), said, hint)]
    try:
        return schema.model_validate(entry), []
    except ValidationError as error:
        return None, problems_of(error, schema, entry, lambda path: _place(path, key, leaves))


def _place(path: KeyPath, key: str, leaves: dict[Keys, Leaf]) -> tuple[Document, KeyPath]:
    """Return where a field of a fact stands: its own file, or that of the fact's first field."""
    names = tuple(str(part) for part in path)
    for end in range(len(names), 0, -1):
        if names[:end] in leaves:
            return leaves[names[:end]].document, (FACTS, key, *path)
    return next(iter(leaves.values())).document, (FACTS, key, *path)


def in_time(facts: list[Known]) -> list[Known]:
    """Return the facts in the order in which they fold: by date (an uncertain one by its latest
    day), undated ones first, equal ones as in the files.
    """
    begin = dt.datetime.min
    return sorted(
        facts, key=lambda known: begin if known.fact.date is None else latest(known.fact.date)
    )


def folded(facts: list[Known], as_of: dt.date, incumbent: str = "") -> Layer:
    """Return the values that follow from the facts known on a date, as one more layer. incumbent:
    whose breaches all talks remember.

    A value stands at the place of the newest fact on which it rests.
    """
    ordered = in_time([known for known in facts if known.fact.known_on <= as_of])
    by_key = {known.key: known for known in ordered}
    layer: Layer = {}
    for each in _values(ordered, as_of, incumbent):
        newest = by_key[each.facts[-1]]
        sources = tuple(dict.fromkeys(s for key in each.facts for s in by_key[key].sources))
        leaf = replace(newest.leaf, value=each.value, path=(FACTS, newest.key), sources=sources)
        layer[each.keys] = replace(leaf, facts=each.facts)
    return layer


def _values(ordered: list[Known], as_of: dt.date, incumbent: str) -> Iterator[Folded]:
    for kind, schema in FACT_KINDS.items():
        own = [(known.key, known.fact) for known in ordered if known.fact.kind == kind]
        yield from schema.folds(own, as_of)
    yield from _breaches(ordered, incumbent)


def _breaches(ordered: list[Known], incumbent: str) -> Iterator[Folded]:
    """Yield the days of broken promises: the incumbent's for all to see, another side's for the
    track on which they were given.
    """
    broken: dict[tuple[str, ...], list[Known]] = {}
    for known in ordered:
        breach = known.fact.breach
        if breach is not None and breach.by == incumbent:
            broken.setdefault(("negotiation", "past_breach_days"), []).append(known)
        elif breach is not None and breach.track:
            own = ("negotiation", "tracks", breach.track, "past_breach_days")
            broken.setdefault(own, []).append(known)
    for keys, found in broken.items():
        days = tuple(known.fact.date for known in found)
        yield Folded(keys, days, tuple(known.key for known in found))


def incumbent_of(layers: Iterable[Layer]) -> str:
    """Return who holds the office by the cast of these layers, "" where they do not say."""
    roles = ((k, leaf.value) for layer in layers for k, leaf in layer.items() if k[0] == "cast")
    found = (k[1] for k, value in roles if k[-1] == "roles" and "incumbent" in value)
    return next(found, "")


def known_later(problem: Problem, facts: list[Known], own: Merged) -> Problem:
    """Return a problem; where a value is missing that a fact gives which was not known yet,
    say so.
    """
    leaf = own.get(("as_of",), (None,))[0]
    if leaf is None or type(leaf.value) is not dt.date or "is missing" not in problem.message:
        return problem
    later = [known for known in facts if known.fact.known_on > leaf.value]
    gives = folded(later, dt.date.max).get(tuple(problem.path.split(".")))
    if gives is None:
        return problem
    key = gives.facts[0]
    since = next(known.fact.known_on for known in later if known.key == key)
    return replace(problem, hint=f"the fact {key} gives it, known since {since} only")
