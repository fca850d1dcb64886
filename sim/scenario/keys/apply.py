"""A scenario with other values: quick, and each touched section checked anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.documents.checking import message
from sim.errors import InputError, Problem
from sim.rng import Streams
from sim.scenario.drawn.uncertainties import STREAM, Scalar, clipped
from sim.scenario.schema import Scenario


def apply(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario with the values at these dotted paths. Sections that are touched are
    checked as wholes.

    Raises:
        InputError: a path that does not exist, or a value that its section refuses.
    """
    if not values:
        return scenario
    changes: dict[str, Any] = {}
    for dotted, value in values.items():
        table = changes
        *above, last = dotted.split(".")
        for key in above:
            table = table.setdefault(key, {})
        table[last] = _Value(value)
    sections = {
        key: _changed(getattr(scenario, key, None), change, (key,))
        for key, change in changes.items()
    }
    return scenario.model_copy(update=sections)


class _Value:
    """A new value, told apart from a table of changes."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def _changed(old: Any, change: Any, path: tuple[str, ...]) -> Any:
    if isinstance(change, _Value):
        return change.value
    if isinstance(old, dict):
        return {
            **old,
            **{
                key: _changed(_known(old, key, path), inner, (*path, key))
                for key, inner in change.items()
            },
        }
    if not isinstance(old, BaseModel):
        raise InputError(Problem("no such parameter", path=".".join((*path, next(iter(change))))))
    held = old.__dict__
    new = {
        **held,
        **{
            key: _changed(_known(held, key, path), inner, (*path, key))
            for key, inner in change.items()
        },
    }
    try:
        return type(old).model_validate(new)
    except ValidationError as error:
        raise InputError(
            [
                Problem(message(item), path=".".join((*path, *map(str, item["loc"]))))
                for item in error.errors(include_url=False)
            ]
        ) from None


def _known(held: Mapping[str, Any], key: str, path: tuple[str, ...]) -> Any:
    if key not in held:
        raise InputError(Problem("no such parameter", path=".".join((*path, key))))
    return held[key]


def draw_uncertainties(scenario: Scenario, streams: Streams) -> dict[str, Scalar]:
    """Return one value for each uncertainty, each from its own stream `uncertainty/<dotted
    path>`.
    """
    return {
        dotted: uncertainty.at(clipped(streams(STREAM + dotted).random()))
        for dotted, uncertainty in scenario.uncertainties.items()
    }
