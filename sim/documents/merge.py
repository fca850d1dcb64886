"""Layers of values: tables merge deep, scalars and lists replace, and each value remembers where it
came from.

`source = "key"` in a table covers the values that the same file sets in that table and below; it is
no value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sim.documents.document import Document
from sim.documents.positions import Path
from sim.errors import Problem

Keys = tuple[str, ...]
LABELS = frozenset({"format", "title", "description", "extends"})
MOMENT = frozenset({"after", "before", "days", "hours"})
WHOLE = frozenset({"uncertainties", "assumptions", "levers"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of one file.

    `sources`: the nearest `source` above it, and those inside it where it is a list of tables.
    `facts`: keys of the facts from which it follows, where it does.
    """

    value: Any
    document: Document
    path: Path
    sources: tuple[str, ...]
    facts: tuple[str, ...] = ()


Layer = dict[Keys, Leaf]
Merged = dict[Keys, tuple[Leaf, ...]]


def layer(document: Document) -> Layer:
    """Return every value of a file by its path; distributions and levers are one value each, lists
    replace whole.
    """
    return dict(_leaves(document, document.data, (), ()))


def _leaves(
    document: Document, table: dict[str, Any], path: Keys, sources: tuple[str, ...]
) -> Iterator[tuple[Keys, Leaf]]:
    here = sources_of(table) or sources
    for key, value in table.items():
        if key == "source":
            continue
        where = (*path, key)
        if (
            isinstance(value, dict)
            and set(value) - {"source"}
            and not (len(where) == 2 and path[0] in WHOLE)
            and not is_moment(value)
        ):
            yield from _leaves(document, value, where, here)
        else:
            inner: set[str] = set()
            plain = plain_value(value, inner)
            yield where, Leaf(plain, document, where, tuple(sorted(inner)) or here)


def is_moment(table: dict[str, Any]) -> bool:
    """Return whether a table of a file is one moment, and so one value."""
    keys = set(table) - {"source"}
    return bool(keys & {"after", "before"} and keys <= MOMENT) or "every" in keys


def sources_of(table: dict[str, Any]) -> tuple[str, ...]:
    """Return the table's own source as a tuple; () when it states none. Anything but text is
    reported by `bad_sources`.
    """
    stated = table.get("source")
    return (stated,) if isinstance(stated, str) else ()


def plain_value(value: Any, inner: set[str]) -> Any:
    """Return a value with lists as tuples and without `source` keys, which are added to `inner`."""
    if isinstance(value, dict):
        inner.update(sources_of(value))
        return {key: plain_value(item, inner) for key, item in value.items() if key != "source"}
    if isinstance(value, list):
        return tuple(plain_value(item, inner) for item in value)
    return value


def bad_sources(document: Document) -> Iterator[Problem]:
    """Yield a problem for each `source` that is no text."""
    stack: list[tuple[Path, Any]] = [((), document.data)]
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
            if key == "source" and not isinstance(item, str):
                yield document.problem(
                    (*path, key),
                    "a source is one key in double quotes",
                    'write "assumption" if nobody knows',
                )
            else:
                stack.append(((*path, key), item))


def merge(layers: Iterable[Layer]) -> Merged:
    """Lay layers on each other, lowest first.

    The newest leaf of a path comes first, then what it overrode.
    """
    merged: Merged = {}
    tables: set[Keys] = set()
    for new in layers:
        for path, leaf in new.items():
            if leaf.value == {} and path in tables:
                continue
            if path in tables:
                merged = {
                    known: value for known, value in merged.items() if known[: len(path)] != path
                }
            for end in range(1, len(path)):
                tables.add(path[:end])
                merged.pop(path[:end], None)
            merged[path] = (leaf, *merged.get(path, ()))
    return merged


def tree(merged: Merged) -> dict[str, Any]:
    """Return the newest values as nested tables."""
    root: dict[str, Any] = {}
    for path, leaves in merged.items():
        table = root
        for key in path[:-1]:
            table = table.setdefault(key, {})
        table[path[-1]] = leaves[0].value
    return root


def conflicts(left: Layer, right: Layer, *, also_equal: bool = False) -> Iterator[Problem]:
    """Yield a problem for each key that two siblings set to different values (with `also_equal`:
    that both set).
    """
    for path, ours in right.items():
        theirs = left.get(path)
        if theirs is None or path[0] in LABELS:
            continue
        same = type(theirs.value) is type(ours.value) and theirs.value == ours.value
        if also_equal or not same:
            place = theirs.document.position(theirs.path)
            where = f"{theirs.document.name}:{place.line}" if place else theirs.document.name
            yield ours.document.problem(
                ours.path,
                f"{short(ours.value)} here, but {short(theirs.value)} in {where}, and neither "
                "file extends the other",
                "let one file alone set this key, or set it in the file that extends both",
            )


def short(value: object) -> str:
    """Return a value as TOML shows it, cut to a readable length."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, tuple | list):
        text = f"[{', '.join(short(item) for item in value[:20])}]"
    elif isinstance(value, dict):
        text = "{ " + ", ".join(f"{key} = {short(item)}" for key, item in value.items()) + " }"
    else:
        text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
