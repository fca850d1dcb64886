"""Facts of observation: missions invited, accredited, refused, uninvited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact, Folded

PRESENCE = {"invited": "present", "accredited": "present", "organised": "present"}


class ObserverFact(Fact):
    """A step of a mission. One that is only planned, was refused or uninvited comes only under
    broad observation.
    """

    MEANING: ClassVar[str] = (
        "a mission is planned, invited, accredited, refused or uninvited, or a network of the "
        "country itself is organised"
    )
    observer: str = choice(note="key of the mission")
    step: Literal["planned", "organised", "invited", "accredited", "refused", "revoked"] = choice(
        note="what happened: organised (of the country itself), invited or accredited is there"
    )

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield the presence of each mission."""
        for key, fact in facts:
            presence = PRESENCE.get(fact.step, "broad")
            yield Folded(("cast", fact.observer, "observer", "presence"), presence, (key,))
