"""From pydantic's list of mistakes to problems with file, line, column and what to write
instead.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.documents.document import Document, dotted_path
from sim.documents.fields import keys_below, nearest, nearest_path
from sim.documents.merge import short
from sim.documents.positions import Path
from sim.errors import PlacedError, Problem

Place = Callable[[Path], tuple[Document, Path]]

_EXPECTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "date_type": "a date such as 2024-07-28",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "date_from_datetime_inexact": "a date without a time",
    "date_from_datetime_parsing": "a date",
    "model_attributes_type": "a table",
    "dataclass_type": "a table",
    "literal_error": "",
    "is_instance_of": "a table",
}


def problems_of(
    error: ValidationError, root: type[BaseModel], data: Any, place: Place
) -> list[Problem]:
    """Return one problem for each place that is wrong, in the order in which pydantic met them."""
    found: dict[Path, Problem] = {}
    for item in error.errors(include_url=False):
        path = _path_in(data, item["loc"], item["type"])
        raised = item.get("ctx", {}).get("error")
        if isinstance(raised, PlacedError):
            path = _path_in(data, (*path, *raised.path), item["type"])
        if path not in found:
            found[path] = _problem(item, path, root, place)
    return list(found.values())


def _path_in(data: Any, loc: tuple[int | str, ...], kind: str) -> Path:
    """Return the part of a location that stands in the data; pydantic adds the names of
    alternatives to the others.
    """
    path: Path = ()
    for part in loc:
        inside = (
            part in data
            if isinstance(data, dict)
            else isinstance(data, tuple) and isinstance(part, int) and part < len(data)
        )
        if not inside:
            return (*path, part) if kind == "missing" and isinstance(data, dict) else path
        path, data = (*path, part), data[part]
    return path


def _problem(item: Any, path: Path, root: type[BaseModel], place: Place) -> Problem:
    document, inside = place(path)
    kind = item["type"]
    keys = tuple(part for part in path if isinstance(part, str))
    # what follows from a fact is shown by its own path and stands at the fact
    shown = dotted_path(inside if inside[len(inside) - len(path) :] == path else path)
    if kind == "extra_forbidden":
        return document.problem(
            inside, f"unknown key '{path[-1]}'", _hint(root, path, keys), at_key=True, shown=shown
        )
    if kind == "missing" and isinstance(item["loc"][-1], int):
        return document.problem(inside, "has too few elements", shown=shown)
    if kind == "missing":
        return document.problem(
            inside[:-1] or inside,
            f"'{path[-1]}' is missing",
            f"add {path[-1]} = ...",
            at_key=True,
            shown=dotted_path(path),
        )
    if kind == "literal_error":
        allowed = [
            part.strip("'") for part in item["ctx"]["expected"].replace(" or ", ", ").split(", ")
        ]
        said = f"{short(item['input'])} is none of {', '.join(allowed)}"
        close = difflib.get_close_matches(str(item["input"]), allowed, n=1)
        hint = f"did you mean '{close[0]}'?" if close else ""
        return document.problem(inside, said, hint, shown=shown)
    return document.problem(inside, message(item), "", shown=shown)


def _hint(root: type[BaseModel], path: Path, keys: tuple[str, ...]) -> str:
    """Return the nearest valid key, and which keys the table has; inside a list of tables
    pydantic's class is reached through the list.
    """
    if all(isinstance(part, str) and "." not in part for part in path):
        known = keys_below(root, keys[:-1])
        near = nearest_path(root, keys, len(keys) - 1, known)
    else:
        known = _keys_through_lists(root, path[:-1])
        near = nearest(str(path[-1]), known)
    if len(path) < 2 or not known or near.startswith("known here"):
        return near
    table = f"keys of {dotted_path(path[:-1])}: {', '.join(known)}"
    return f"{near}\n    {table}" if near else table


def _keys_through_lists(annotation: Any, path: Path) -> tuple[str, ...]:
    from typing import get_args

    from sim.documents.fields import entry_of, section_of

    for part in path:
        section = section_of(annotation)
        if isinstance(part, int):
            annotation = get_args(annotation)[0] if get_args(annotation) else None
        elif section is not None and part in section.model_fields:
            annotation = section.model_fields[part].annotation
        else:
            annotation = entry_of(annotation)
    section = section_of(annotation)
    return tuple(section.model_fields) if section is not None else ()


def message(item: Any) -> str:
    """Return pydantic's mistake in plain words."""
    kind, given, limits = item["type"], short(item["input"]), item.get("ctx", {})
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got {_kind_of(item['input'])} {given}"
    for name, word in (
        ("ge", "below the least allowed value"),
        ("gt", "not above"),
        ("le", "above the greatest allowed value"),
        ("lt", "not below"),
    ):
        if (
            kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than")
            and name in limits
        ):
            return (
                f"{given} is {word} {limits[name]:g}"
                if isinstance(limits[name], float)
                else f"{given} is {word} {limits[name]}"
            )
    if kind == "finite_number":
        return f"{given} is not a finite number"
    if kind == "value_error":
        return str(limits.get("error", item["msg"]))
    if kind in ("too_short", "string_too_short"):
        return "is empty or too short"
    if kind in ("too_long", "missing_argument", "unexpected_positional_argument"):
        return f"has the wrong number of elements: {given}"
    text = str(item["msg"])
    return text[:1].lower() + text[1:]


def _kind_of(value: object) -> str:
    for kind, name in (
        (bool, "a switch"),
        (str, "text"),
        (int, "a whole number"),
        (float, "a number"),
        (tuple, "a list"),
        (dict, "a table"),
    ):
        if isinstance(value, kind):
            return name
    return "the date" if hasattr(value, "isoformat") else type(value).__name__


def in_file_order(problems: Iterable[Problem], files: list[str]) -> list[Problem]:
    """Return problems without repeats, by file (in the order of `files`), line and column."""
    order = {name: number for number, name in enumerate(files)}
    unique = list(dict.fromkeys(problems))
    return sorted(
        unique,
        key=lambda problem: (order.get(problem.file, len(order)), problem.line, problem.column),
    )
