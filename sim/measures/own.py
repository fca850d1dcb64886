"""Outcomes of a user's own: a function of a finished replicate, whose name, annotation and
docstring say what it measures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from sim.errors import InputError, Problem
from sim.measures.base import Played
from sim.records.results.outcome import Measure, OwnMeasure, Value

KINDS = {bool: "bool", int: "count", float: "number", str: "category"}
UNITS = {"bool": "share", "category": "key"}
GROUP = "own"


def own_measure(
    function: Callable[[Played], Value], *, unit: str = "", direction: int = 0
) -> OwnMeasure:
    """Return an outcome from a function: its name is the outcome's, its docstring the definition,
    and what it says to return (bool, int, float or str, or None) the kind.

    Args:
        function: reads a finished replicate, changes nothing. unit: of its values, for tables.
        direction: +1 more is better, -1 worse, 0 neither.

    Raises:
        InputError: it does not say what it returns, or has no docstring.
    """
    name = getattr(function, "__name__", type(function).__name__)
    returned = _returned(function)
    kind = None if returned is None else KINDS.get(returned)
    if kind is None:
        raise InputError(
            Problem(
                f"measure {name}: it does not say what it returns",
                hint=f"write def {name}(played) -> float, or bool, int, str, or one of them | None",
            )
        )
    said = " ".join((function.__doc__ or "").split()).removeprefix("Return ").rstrip(".")
    if not said:
        raise InputError(
            Problem(f"measure {name}: it has no docstring", hint="say in it what is measured")
        )
    unit = unit or UNITS.get(kind, "1")
    return OwnMeasure(Measure(name, GROUP, kind, unit, direction, said), function)


def _returned(function: Callable[[Played], Value]) -> type | None:
    """Return the type that a function says to return, None put aside."""
    called = function if hasattr(function, "__name__") else type(function).__call__
    try:
        said = get_type_hints(called).get("return")
    except NameError:
        said = {word.__name__: word for word in KINDS}.get(
            str(getattr(called, "__annotations__", {}).get("return", "")).removesuffix(" | None")
        )
    if get_origin(said) in (Union, UnionType):
        kinds = [one for one in get_args(said) if one is not NoneType]
        said = kinds[0] if len(kinds) == 1 else None
    return said


def stored_measures(manifest: Mapping[str, object]) -> dict[str, OwnMeasure]:
    """Return the own outcomes that a stored run declares; what computed them is not there.

    Raises:
        InputError: the manifest describes them in another way.
    """
    told = manifest.get("measures", [])
    try:
        assert isinstance(told, list)
        found = [Measure(**one) for one in told]
    except (AssertionError, TypeError):
        raise InputError(
            "manifest.json: its measures are not described as they should be"
        ) from None
    return {one.name: OwnMeasure(one, not_here) for one in found}


def not_here(played: Played) -> Value:
    """Stand for the function of an own outcome that a stored run only describes."""
    raise InputError("this run was stored: the code of its own outcomes is not here")


def checked(measure: Measure, value: object) -> Value:
    """Return an own measure's value as plain Python, or refuse what is not of its kind.

    Raises:
        ValueError: another type than it says, or no finite number.
    """
    plain = value.item() if hasattr(value, "item") else value
    wanted = {"bool": bool, "count": int, "category": str}.get(measure.kind, (int, float))
    right = plain is None or (
        isinstance(plain, wanted) and (measure.kind == "bool") == isinstance(plain, bool)
    )
    if not right or plain in (float("inf"), float("-inf")) or plain != plain:
        raise ValueError(f"measure {measure.name} returned {value!r}; its kind is {measure.kind}")
    return plain  # type: ignore[return-value]
