"""JSON Schema of records, from their field types: what a record holds is written down once."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = Mapping[str, object]
PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def record(cls: type, **more: Schema) -> Schema:
    """Return the schema of a record as `asdict` writes it, with further keys; no key besides.

    A number that is not finite is written as null, so every number may be null.
    """
    hints = _hints(cls)
    return closed({f.name: of_type(hints[f.name]) for f in fields(cls)} | more)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def closed(properties: Mapping[str, Schema]) -> Schema:
    """Return an object with exactly these keys."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(items: Schema) -> Schema:
    """Return a list."""
    return {"type": "array", "items": items}


def of_type(hint: Any) -> Schema:
    """Return the schema of a value of this type; {} allows anything."""
    if hint in PLAIN:
        kinds = ["number", "null"] if hint is float else PLAIN[hint]
        return {"type": kinds}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [of_type(one) for one in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple and arguments[-1:] != (Ellipsis,):
        return list_of({"anyOf": [of_type(one) for one in arguments]})
    if origin in (tuple, list, Sequence):
        return list_of(of_type(arguments[0]))
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": of_type(arguments[1])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return record(hint)
    return {}
