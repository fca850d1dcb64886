"""The `overrides` of the Python verbs: "key=value" texts as `--set` takes them, or a mapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.errors import InputError
from sim.json_text import json_text

Overrides = Sequence[str] | Mapping[str, object]
WRITE = 'overrides: write ["a.b=3"] or {"a.b": 3}'


def overlay_texts(overrides: Overrides) -> tuple[str, ...]:
    """Return the overlays as `--set` takes them. A mapping's keys are dotted paths, or tables in
    tables; its values are those of TOML.

    Raises:
        InputError: one text instead of a list of them, or a value that TOML does not have.
    """
    if isinstance(overrides, Mapping):
        return tuple(f"{path}={_toml(path, value)}" for path, value in _flat("", overrides))
    if isinstance(overrides, str) or not all(isinstance(text, str) for text in overrides):
        raise InputError(f"{WRITE}, not {overrides!r}")
    return tuple(overrides)


def whole(value: object, name: str, least: int = 0, most: int | None = None) -> int:
    """Return a whole number from `least` to `most`; one of numpy becomes a plain one.

    Raises:
        InputError: it is another thing.
    """
    if isinstance(value, np.integer):
        value = int(value)
    if type(value) is not int or value < least or (most is not None and value > most):
        span = f", {least} or more" if most is None else f" from {least} to {most:,}"
        raise InputError(f"{name} = {value!r}: write a whole number{span}")
    return value


def _flat(above: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if not isinstance(key, str):
            raise InputError(f"{WRITE}: the key {key!r} is no text")
        if isinstance(value, Mapping):
            yield from _flat(f"{above}{key}.", value)
        else:
            yield f"{above}{key}", value


def _toml(path: str, value: object) -> str:
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, bool | int | float | str):
        return json_text(value, indent=None)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(path, one) for one in value)}]"
    raise InputError(
        f"overrides: {path} = {value!r}: a value is a number, a text, true or false, a date, or a "
        "list of them"
    )
