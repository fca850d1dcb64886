"""Facts of polls: shares as published. They set where each family of polls has its centre."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from statistics import fmean, stdev
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from sim.records.parameters.base import choice
from sim.scenario.facts.base import Fact, Folded

FAMILIES = {"independent": "independent", "opposition": "independent", "government": "government"}


class PollFact(Fact):
    """One poll. Shares are of all respondents."""

    MEANING: ClassVar[str] = (
        "a published poll; each family's mean and its error follow from the polls of its houses"
    )
    house: str = choice(note="the house that took it")
    family: Literal["independent", "opposition", "government"] = choice(
        note="leaning of the house, as the press has it"
    )
    until: dt.date | None = choice(None, note="last day in the field")
    respondents: int | None = Field(None, ge=1, description="people asked")
    challenger_share: float | None = Field(None, ge=0, le=1, description="for the challenger")
    incumbent_share: float | None = Field(None, ge=0, le=1, description="for the incumbent")

    @model_validator(mode="after")
    def _shares_fit(self) -> PollFact:
        if (self.challenger_share or 0.0) + (self.incumbent_share or 0.0) > 1.0 + 1e-9:
            raise ValueError("challenger_share and incumbent_share sum to more than 1")
        return self

    @classmethod
    def folds(cls, facts: Sequence[tuple[str, Any]], as_of: dt.date) -> Iterator[Folded]:
        """Yield each family's mean logit of the incumbent's two-party share, and its error, both to
        three digits.

        The error is the standard deviation between polls over the root of their number; one poll
        alone has none, and the default stays.
        """
        for family in dict.fromkeys(FAMILIES.values()):
            own = [(k, f) for k, f in facts if FAMILIES[f.family] == family and f.two_shares]
            if not own:
                continue
            logits, keys = [fact.logit for _, fact in own], tuple(key for key, _ in own)
            yield Folded(("support", family, "mean_logit"), round(fmean(logits), 3), keys)
            if len(own) > 1:
                error = round(stdev(logits) / math.sqrt(len(own)), 3)
                yield Folded(("support", family, "error_sd"), error, keys)

    @property
    def two_shares(self) -> bool:
        """Return whether both shares were published, and neither is nothing."""
        return bool(self.challenger_share and self.incumbent_share)

    @property
    def logit(self) -> float:
        """Return the logit of the incumbent's share of both, the undecided left out."""
        return math.log((self.incumbent_share or 0.0) / (self.challenger_share or 1.0))
