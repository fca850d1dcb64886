"""The one door through which JSON leaves this package, so that no reader ever meets NaN or
Infinity, which JSON does not know.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

Plain = None | bool | int | float | str | list[Any] | dict[str, Any]


def plain(value: Any) -> Plain:
    """Return plain data: records as dictionaries by field, arrays as lists, a number that is not
    finite as None.

    Whatever JSON has no word for (a date, a path) becomes its text.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "tolist"):  # a numpy array or number
        return plain(value.tolist())
    return str(value)


def json_text(content: object, *, indent: int | None = 1, sort_keys: bool = False) -> str:
    """Return content as JSON text; see `plain` for what becomes of it. Letters of every script are
    readable; characters that a terminal would obey, or not show, are escaped.
    """
    text = json.dumps(
        plain(content), indent=indent, ensure_ascii=False, sort_keys=sort_keys, allow_nan=False
    )
    return _ODD.sub(_escaped, text)


_ODD = re.compile(r"[^\n -~]")


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def canonical(content: object, separators: tuple[str, str] | None = None) -> bytes:
    """Return plain data as the bytes of which a digest is taken: keys sorted, ASCII.

    Raises:
        ValueError: a number is not finite; two contents would share a digest.
    """
    return json.dumps(
        content, sort_keys=True, separators=separators, default=str, allow_nan=False
    ).encode()


def toml_text(value: str) -> str:
    """Return a text in double quotes as TOML reads it."""
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return _ODD.sub(lambda c: c[0] if c[0].isprintable() else f"\\U{ord(c[0]):08x}", text)


def toml_list(values: Sequence[str]) -> str:
    """Return a list of texts as TOML reads it."""
    return f"[{', '.join(map(toml_text, values))}]"
