"""Floods that make sheets get lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from sim.records.parameters.base import share
from sim.scenario.facts.base import Fact, Folded, valued


class FloodFact(Fact):
    """A flood: what share of copies it takes."""

    MEANING: ClassVar[str] = "a flood, in which copies of sheets get lost"
    lost: float = share(0.1, note="share of copies that get lost")

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield the share of copies lost, of the newest flood."""
        for key, fact in facts[-1:]:
            yield from valued(("sheets", "lost_share"), fact.lost, key)
