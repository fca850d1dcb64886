"""Facts of observation: missions invited, accredited, refused, uninvited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact, Folded

PRESENCE = {"invited": "present", "accredited": "present", "planned": "present"}


class ObserverFact(Fact):
    """A step of a mission. One that was refused or uninvited comes only under broad observation."""

    MEANING: ClassVar[str] = "a mission is planned, invited, accredited, refused or uninvited"
    observer: str = choice(note="key of the mission")
    step: Literal["planned", "invited", "accredited", "refused", "revoked"] = choice(
        note="what happened"
    )

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield the presence of each mission."""
        for key, fact in facts:
            presence = PRESENCE.get(fact.step, "broad")
            yield Folded(("cast", fact.observer, "observer", "presence"), presence, (key,))
