"""Where each resolved value comes from: file, line, source, and what it overrode."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from sim.documents.fields import Spec, find_spec, values_of
from sim.documents.merge import Keys, Leaf, Merged
from sim.errors import Problem
from sim.records.moments import Every, Tied
from sim.scenario.checks import source_problem
from sim.scenario.schema import Scenario, is_parameter
from sim.scenario.seeds.seed import Seed

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Overridden:
    """A value that a later file replaced."""

    value: Any
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """A resolved value.

    `file` is "default" for a default of the package; `source` is "" where a file states none.
    """

    value: Any
    unit: str
    source: str
    file: str
    line: int
    column: int
    overrode: tuple[Overridden, ...]
    facts: tuple[str, ...] = ()


def trace_values(scenario: Scenario, merged: Merged) -> dict[str, Provenance]:
    """Return the provenance of every value of a scenario, by dotted path, in declared order."""
    return {".".join(keys): _provenance(keys, value, merged) for keys, value in values_of(scenario)}


def _provenance(keys: Keys, value: Any, merged: Merged) -> Provenance:
    spec = find_spec(Scenario, keys)
    unit, declared = (spec.unit, spec.source) if isinstance(spec, Spec) else ("", "")
    leaves = _leaves_of(keys, merged)
    default = (
        ()
        if not isinstance(spec, Spec) or spec.field.is_required()
        else (Overridden(spec.field.default, DEFAULT, 0),)
    )
    if not leaves:
        return Provenance(value, unit, declared, DEFAULT, 0, 0, ())
    newest = leaves[0]
    place = newest.document.position((*newest.path, *keys[len(newest.path) :]))
    line, column = (place.line, place.column) if place is not None else (0, 0)
    older = tuple(_overridden(leaf) for leaf in leaves[1:]) + (
        default if len(keys) == len(newest.path) else ()
    )
    return Provenance(
        value,
        unit,
        ", ".join(newest.sources),
        newest.document.name,
        line,
        column,
        older,
        newest.facts,
    )


def _leaves_of(keys: Keys, merged: Merged) -> tuple[Leaf, ...]:
    for end in range(len(keys), 0, -1):
        leaves = merged.get(keys[:end])
        if leaves is not None and (end == len(keys) or leaves[0].value != {}):
            return leaves
    return ()


def _overridden(leaf: Leaf) -> Overridden:
    place = leaf.document.position(leaf.path)
    return Overridden(leaf.value, leaf.document.name, place.line if place is not None else 0)


def unsourced(provenance: dict[str, Provenance], seed: Seed, as_of: dt.date) -> Iterator[Problem]:
    """Yield a problem for each number of the model whose source is missing, unknown, or later than
    the as-of date.
    """
    for dotted, entry in provenance.items():
        if not is_parameter(tuple(dotted.split("."))) or not holds_number(entry.value):
            continue
        place = {"file": entry.file, "line": entry.line, "column": entry.column, "path": dotted}
        if not entry.source:
            yield Problem(
                "states no source",
                hint='write source = "key" or "assumption" in its table',
                **place,  # type: ignore[arg-type]
            )
        for key in filter(None, entry.source.split(", ")):
            said = source_problem(key, seed, as_of)
            if said:
                yield Problem(said[0], hint=said[1], **place)  # type: ignore[arg-type]


def holds_number(value: Any) -> bool:
    """Return whether a value is a number or a moment, or a list or table with one in it."""
    if isinstance(value, BaseModel):
        return any(holds_number(item) for item in value.__dict__.values())
    if isinstance(value, tuple | dict):
        return any(
            holds_number(item) for item in (value.values() if isinstance(value, dict) else value)
        )
    if isinstance(value, dt.date | dt.time | Tied | Every):
        return True
    return isinstance(value, int | float) and not isinstance(value, bool)
