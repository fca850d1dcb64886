"""Facts that the model has no place for. They say why."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact


class ContextFact(Fact):
    """Something worth knowing that moves nothing in the model."""

    MEANING: ClassVar[str] = "worth knowing, but the model has no place for it; says why"
    why: str = Field(min_length=10, description="why it moves nothing")
    value: float | None = choice(None, note="a number, where it is one")
    unit: str = choice("", note="its unit")

    @property
    def can_be_ahead(self) -> bool:
        """Return True: what moves nothing may lie ahead."""
        return True
