"""Columns that follow from a frozen record alone: computed once, kept on the record and gone with
it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

R = TypeVar("R", bound="Derives")
P = ParamSpec("P")
T = TypeVar("T")


class Derives:
    """A record that keeps what `derived` functions make of it.

    The place has no field: what is kept is neither compared, nor copied by `replace`, nor pickled.
    """

    __slots__ = ("_made",)
    _made: dict[tuple[object, ...], Any]


def derived(function: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Compute `function(record, ...)` once for each record and further arguments (hashable, given
    by place).

    The result is shared by all who ask and must not be written to. The plain function is
    `__wrapped__`.
    """

    @wraps(function)
    def once(record: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            made = record._made
        except AttributeError:
            made = {}
            object.__setattr__(record, "_made", made)
        key = (function, *args, *kwargs.items())
        if key not in made:
            made[key] = function(record, *args, **kwargs)
        result: T = made[key]
        return result

    return once
