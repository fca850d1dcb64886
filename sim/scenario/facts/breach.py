"""Facts that broke a promise. Any kind of fact may say so; this kind says nothing else."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from sim.scenario.facts.base import Fact


class BreachFact(Fact):
    """A promise that was broken."""

    MEANING: ClassVar[str] = "a promise was broken, and nothing else follows"

    @model_validator(mode="after")
    def _says_who(self) -> BreachFact:
        if self.breach is None or self.date is None:
            raise ValueError('a breach needs date and breach = { by = "...", track = "..." }')
        return self
