"""Finding: what an observer infers from evidence, with the assumptions on which it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

CONSISTENT = "consistent"
"""The announced result lies within what this evidence allows."""
INCONSISTENT = "inconsistent"
"""The announced result lies outside what this evidence allows, at the stated level."""
UNDECIDED = "undecided"
"""The evidence that a verdict needs is not there, or does not settle it."""


class Details(Mapping[str, object]):
    """Named numbers that are worked out when somebody first looks at them: readers of one file do,
    actors and measures never.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], dict[str, object]]) -> None:
        self._make, self._made = make, dict[str, object]()

    def _all(self) -> dict[str, object]:
        if not self._made:
            self._made = self._make()
        return self._made

    def __getitem__(self, name: str) -> object:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._all(),)


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one estimator.

    estimator: registered key. quantity: what is estimated, in words. estimate, low, high: in
    `unit`, None when there is nothing to state. level: coverage of the interval. verdict: of the
    announced result, in {consistent, inconsistent, undecided}. p_value: None where the method has
    none. statement: the plain-language reading. assumptions: what it needs. rests_on: "if these
    sheets are what the tables signed". changes_if: what would change the reading. details: further
    named numbers (by candidate, by hour), for JSON and reports.
    """

    estimator: str
    quantity: str
    unit: str
    estimate: float | None
    low: float | None
    high: float | None
    level: float | None
    verdict: str
    p_value: float | None
    statement: str
    assumptions: tuple[str, ...]
    rests_on: str
    changes_if: str
    details: Mapping[str, object] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the fields by name, in order, with details as a plain dictionary: what a JSON file
        holds.
        """
        return {f.name: getattr(self, f.name) for f in fields(self)} | {
            "details": dict(self.details)
        }
