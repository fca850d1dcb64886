"""What one replicate has put together of what can be seen: one memo, handed to whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sim.estimators.register import Asked
from sim.records.seen.finding import Finding

T = TypeVar("T")


class Memo:
    """Parts by name, each kept until what it is made of changes; findings by the hour at which the
    estimators were asked.

    asked: the last evidence on which they spoke, and what they said.
    """

    def __init__(self) -> None:
        self.findings: dict[float, tuple[Finding, ...]] = {}
        self.asked: Asked | None = None
        self._parts: dict[str, tuple[tuple[object, ...], float, Any]] = {}

    def kept(
        self, name: str, made_of: tuple[object, ...], make: Callable[[], T], number: float = 0
    ) -> T:
        """Return a part, made anew where one of the objects that it is made of, or `number`, is not
        that of before.
        """
        held = self._parts.get(name)
        if (
            held is None
            or held[1] != number
            or any(a is not b for a, b in zip(held[0], made_of, strict=True))
        ):
            held = self._parts[name] = made_of, number, make()
        part: T = held[2]
        return part
