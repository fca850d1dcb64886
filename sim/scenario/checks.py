"""What pydantic cannot see: dotted paths that must exist, distributions that must keep within
bounds, dates, sources.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from sim.documents.checking import message
from sim.documents.fields import Spec, entry_of, find_spec, nearest, nearest_path, section_of
from sim.documents.merge import Keys, Leaf, Merged
from sim.errors import Problem
from sim.scenario.drawn.assumptions import not_drawn
from sim.scenario.drawn.uncertainties import DRAWN_TABLES, Uncertainty
from sim.scenario.schema import CaseParameters, Scenario, is_parameter
from sim.scenario.seeds.seed import Seed
from sim.sources import ASSUMPTION, REFERENCES


def keys_of(dotted: str) -> Keys:
    """Return the keys of a dotted path."""
    return tuple(dotted.split("."))


def at(raw: Any, keys: Keys) -> tuple[bool, Any]:
    """Return (whether the nested tables hold the path, the value there)."""
    for key in keys:
        if not isinstance(raw, dict) or key not in raw:
            return False, None
        raw = raw[key]
    return True, raw


def parameter_spec(raw: dict[str, Any], dotted: str) -> Spec | tuple[str, str]:
    """Return the field that a dotted path names, or (what is wrong, hint)."""
    keys = keys_of(dotted)
    found = find_spec(Scenario, keys)
    if isinstance(found, int) or not is_parameter(keys):
        right = found if isinstance(found, int) else 0
        return f"no parameter is called '{dotted}'", nearest_path(CaseParameters, keys, right)
    if section_of(found.annotation) is not None or entry_of(found.annotation) is not None:
        return f"'{dotted}' is a table, not one value", "name a value inside it"
    for depth in range(1, len(keys)):
        parent = find_spec(Scenario, keys[:depth])
        if isinstance(parent, Spec) and entry_of(parent.annotation) is not None:
            _, entries = at(raw, keys[:depth])
            if not isinstance(entries, dict) or keys[depth] not in entries:
                known = sorted(map(str, entries)) if isinstance(entries, dict) else []
                return f"'{'.'.join(keys[:depth])}' has no entry '{keys[depth]}'", nearest(
                    keys[depth], known
                )
    return found


def value_problem(spec: Spec, value: object) -> str:
    """Return why a value may not stand at a field, or ""."""
    try:
        spec.adapter.validate_python(value)
    except ValidationError as error:
        return message(error.errors(include_url=False)[0])
    return ""


def lever_problems(raw: dict[str, Any], merged: Merged) -> Iterator[Problem]:
    """Yield what is wrong with each lever: its path, and each of its values."""
    for dotted, leaf in _entries(merged, "levers"):
        spec = parameter_spec(raw, dotted)
        if not isinstance(spec, Spec):
            yield _at_key(leaf, *spec)
        elif isinstance(leaf.value, tuple):
            if not leaf.value:
                yield _at_key(leaf, "a lever needs at least one value", "")
            for number, value in enumerate(leaf.value):
                said = value_problem(spec, value)
                if said:
                    yield leaf.document.problem((*leaf.path, number), said)


def uncertainty_problems(raw: dict[str, Any], merged: Merged) -> Iterator[Problem]:
    """Yield what is wrong with each distribution: its path, and values that the field's bounds
    forbid.
    """
    entries = [(table, *entry) for table in DRAWN_TABLES for entry in _entries(merged, table)]
    for table, dotted, leaf in entries:
        spec = parameter_spec(raw, dotted)
        if not isinstance(spec, Spec):
            yield _at_key(leaf, *spec)
            continue
        twice = table == "assumptions" and ("uncertainties", dotted) in merged
        why = "it stands in [uncertainties] too" if twice else ""
        if table == "assumptions" and (why := why or not_drawn(dotted)):
            yield _at_key(leaf, f"'{dotted}' is not drawn as an assumption", why)
            continue
        given = _uncertainty(leaf.value)
        said = support_problem(spec, given) if given is not None else None
        if said:
            yield leaf.document.problem(leaf.path, *said)


def _at_key(leaf: Leaf, said: str, hint: str) -> Problem:
    return leaf.document.problem(leaf.path, said, hint, at_key=True)


def _entries(merged: Merged, table: str) -> Iterator[tuple[str, Leaf]]:
    for keys, leaves in merged.items():
        if len(keys) == 2 and keys[0] == table:
            yield keys[1], leaves[0]


def _uncertainty(value: Any) -> Uncertainty | None:
    try:
        return Uncertainty.model_validate(value)
    except ValidationError:
        return None


def support_problem(spec: Spec, given: Uncertainty) -> tuple[str, str] | None:
    """Return (what is wrong, hint) where a distribution can draw what its field refuses, or
    None.
    """
    if given.choice is not None:
        said = next(filter(None, (value_problem(spec, value) for value in given.choice)), "")
        return (said, "") if said else None
    if value_problem(spec, 0.5).startswith("expected"):
        return (
            f"{given.kind} draws numbers, which '{'.'.join(spec.path)}' cannot be",
            "use choice = [...]",
        )
    (low, high), (least, greatest) = given.support, spec.bounds
    if low >= least and high <= greatest:
        return None
    ends = (
        f"{given.kind} reaches from {low:g} to {high:g}, beyond the bounds {least:g} to "
        f"{greatest:g}"
    )
    wants = f"bounds = [{_end(max(low, least))}, {_end(min(high, greatest))}]"
    return ends, f"cut it with {wants}" if given.kind in (
        "normal",
        "lognormal",
    ) else "choose another range"


def _end(value: float) -> str:
    return f"{value:g}" if math.isfinite(value) else "..."


def date_problems(raw: dict[str, Any], merged: Merged) -> Iterator[Problem]:
    """Yield a problem for an election that lies before what is known."""
    days, as_of = at(raw, ("vote", "days"))[1], raw.get("as_of")
    election = days[0] if isinstance(days, tuple) and days else None
    if type(election) is dt.date and type(as_of) is dt.date and election <= as_of:
        leaf = merged[("as_of",)][0]
        said = f"the election of {election} does not lie after the as-of date {as_of}"
        yield leaf.document.problem(
            leaf.path, said, "set an earlier as_of, or another seed or vote.days"
        )


def source_problems(merged: Merged, seed: Seed, as_of: object) -> Iterator[Problem]:
    """Yield a problem for each source that is unknown, or was public only after the as-of date
    (methods excepted).

    One for each file that uses the source, at the first value: an early as-of date would else give
    hundreds.
    """
    found: dict[tuple[str, str], list[Leaf]] = {}
    for leaves in merged.values():
        for key in leaves[0].sources:
            found.setdefault((leaves[0].document.name, key), []).append(leaves[0])
    for (_, key), users in found.items():
        said = source_problem(key, seed, as_of)
        if said:
            more = f"; so do {len(users) - 1} more values of this file" if len(users) > 1 else ""
            yield users[0].document.problem(users[0].path, said[0], said[1] + more, at_key=True)


def source_problem(key: str, seed: Seed | None, as_of: object) -> tuple[str, str] | None:
    """Return (what is wrong with a source, hint), or None."""
    if key == ASSUMPTION:
        return None
    reference = seed.reference(key) if seed is not None else REFERENCES.get(key)
    if reference is None:
        known = [*(seed.sources if seed is not None else ()), *REFERENCES, ASSUMPTION]
        return f"source '{key}' is unknown", nearest(
            key, known
        ) or 'write "assumption" if nobody has measured it'
    if reference.kind == "data" and type(as_of) is dt.date and reference.known_on > as_of:
        return (
            f"rests on '{key}', known on {reference.known_on}, after the as-of date {as_of}",
            "use an earlier source",
        )
    return None
