"""Dotted paths: from "licences.GL44.value" to the declared field with its unit, range, bounds and
source.
"""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sim.documents.merge import Keys

_CONFIG = ConfigDict(strict=True, allow_inf_nan=False)


@dataclass(frozen=True, eq=False)
class Spec:
    """A declared field.

    `annotation` is the type of the value at the path (inside a table of entries: of one entry).
    """

    path: Keys
    annotation: Any
    field: FieldInfo

    @property
    def extra(self) -> dict[str, Any]:
        """Return what `quantity` and `choice` stored."""
        extra = self.field.json_schema_extra
        return extra if isinstance(extra, dict) else {}

    @property
    def unit(self) -> str:
        return str(self.extra.get("unit", ""))

    @property
    def source(self) -> str:
        return str(self.extra.get("source", ""))

    @property
    def default(self) -> str:
        """Return the general default as text; "" where there is none."""
        value = self.field.default
        if value is PydanticUndefined or value is None or isinstance(value, BaseModel | dict):
            return ""
        if isinstance(value, tuple | list):
            return ", ".join(map(str, value))
        return str(value).lower() if isinstance(value, bool) else str(value)

    @property
    def note(self) -> str:
        return self.field.description or ""

    @property
    def study_range(self) -> tuple[float, float] | None:
        stated = self.extra.get("range")
        return (stated[0], stated[1]) if isinstance(stated, list) else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Return the hard bounds; infinite where there are none."""
        low, high = float("-inf"), float("inf")
        for limit in self.field.metadata:
            low = max(
                [
                    low,
                    *(
                        float(getattr(limit, name))
                        for name in ("ge", "gt")
                        if getattr(limit, name, None) is not None
                    ),
                ]
            )
            high = min(
                [
                    high,
                    *(
                        float(getattr(limit, name))
                        for name in ("le", "lt")
                        if getattr(limit, name, None) is not None
                    ),
                ]
            )
        return low, high

    @property
    def open_ends(self) -> tuple[bool, bool]:
        """Return whether the lower and the upper hard bound is itself refused."""
        low, high = self.bounds

        def strict(name: str, end: float) -> bool:
            return any(getattr(limit, name, None) == end for limit in self.field.metadata)

        return strict("gt", low), strict("lt", high)

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """Return the validator of one value, with the field's bounds."""
        return _adapter(self.annotation, tuple(self.field.metadata))


@lru_cache(maxsize=4096)
def _adapter(annotation: Any, metadata: tuple[Any, ...]) -> TypeAdapter[Any]:
    bounded = get_origin(annotation) is not dict and metadata
    return TypeAdapter(Annotated[annotation, *metadata] if bounded else annotation, config=_CONFIG)


def section_of(annotation: Any) -> type[BaseModel] | None:
    """Return the section class that an annotation names (also `Section | None`), or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        found = [section_of(part) for part in get_args(annotation)]
        return next((part for part in found if part is not None), None)
    return None


def entry_of(annotation: Any) -> Any:
    """Return X of `dict[str, X]` (also `dict[str, X] | None`), or None."""
    if get_origin(annotation) in (Union, types.UnionType):
        found = [entry_of(part) for part in get_args(annotation)]
        return next((part for part in found if part is not None), None)
    return get_args(annotation)[1] if get_origin(annotation) is dict else None


@lru_cache(maxsize=65536)
def find_spec(root: type[BaseModel], path: Keys) -> Spec | int:
    """Return the field at a path, or the number of leading keys that are right where the path names
    no field.
    """
    annotation: Any = root
    field: FieldInfo | None = None
    for depth, key in enumerate(path):
        section = section_of(annotation)
        if section is not None:
            if key not in section.model_fields:
                return depth
            field = section.model_fields[key]
            annotation = field.annotation
        elif entry_of(annotation) is not None:
            annotation = entry_of(annotation)
        else:
            return depth
    return Spec(path, annotation, field) if field is not None else 0


def keys_below(root: type[BaseModel], path: Keys) -> tuple[str, ...]:
    """Return the declared keys of the table at a path; () where keys are free or there is no
    table.
    """
    found = find_spec(root, path) if path else None
    section = (
        section_of(root if found is None else found.annotation)
        if not isinstance(found, int)
        else None
    )
    return tuple(section.model_fields) if section is not None else ()


@lru_cache(maxsize=8)
def declared_paths(root: type[BaseModel]) -> tuple[Keys, ...]:
    """Return the path of every declared value; a free entry of a table is written `*`."""
    return tuple(_declared(root, ()))


def _declared(annotation: Any, path: Keys) -> Iterator[Keys]:
    section, entry = section_of(annotation), entry_of(annotation)
    if section is not None:
        for key, field in section.model_fields.items():
            yield from _declared(field.annotation, (*path, key))
    elif entry is not None:
        yield from _declared(entry, (*path, "*"))
    else:
        yield path


def values_of(model: BaseModel) -> Iterator[tuple[Keys, Any]]:
    """Return every value of a resolved model with its path, in declared order; lists are one
    value.
    """
    yield from _values(model, ())


def _values(value: Any, path: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _values(getattr(value, key), (*path, key))
    elif isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _values(item, (*path, str(key)))
    else:
        yield path, value


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return "did you mean 'x'?", or a list of what there is when nothing is near and the list is
    short, or "".
    """
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known here: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def nearest_path(root: type[BaseModel], path: Keys, right: int, known: tuple[str, ...] = ()) -> str:
    """Return a hint for a path whose first `right` keys are right: the nearest key there, or a path
    that ends alike.
    """
    wrong = path[right] if right < len(path) else path[-1]
    here = known or keys_below(root, path[:right])
    close = difflib.get_close_matches(wrong, here, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{'.'.join((*path[:right], close[0], *path[right + 1 :]))}'?"
    alike = [".".join(found) for found in declared_paths(root) if found[-1] == path[-1]]
    everything = alike or difflib.get_close_matches(
        ".".join(path), [".".join(p) for p in declared_paths(root)], n=1, cutoff=0.7
    )
    return f"did you mean '{everything[0]}'?" if everything else nearest(wrong, here)
