"""Polls, beliefs and shifts of support."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, points

LEAVES_NOBODY = 10.0
"""A shift beyond it leaves the challenger's row empty (or fills it again): the number itself says
nothing.
"""
SHIFTS = {
    "transfer": "votes for a barred candidate go elsewhere or are not cast",
    "readmission": "a barred candidate is admitted again",
    "admission": "an excluded candidate is admitted",
}


@dataclass(frozen=True, slots=True)
class PollPublished(Event):
    house: str
    family: str
    n: int
    lead: float

    def says(self, n: Names) -> str:
        return (
            f"A poll of the {n.words(self.family)} family is published: {points(self.lead)} (n "
            f"= {self.n})."
        )


@dataclass(frozen=True, slots=True)
class BeliefUpdated(Event):
    actor: str
    mean: float
    sd: float

    def says(self, n: Names) -> str:
        return (
            f"Belief of {n.voice(self.actor)}: {points(self.mean)}, give or take "
            f"{100 * self.sd:.1f}."
        )


@dataclass(frozen=True, slots=True)
class SupportShift(Event):
    """A change of the latent support: the only door from the strategic layer to the electorate."""

    d_logit_gov: float
    d_log_minor: float
    d_logit_turnout: float
    scope: str
    cause: str

    def says(self, n: Names) -> str:
        why = SHIFTS.get(self.cause) or f"of {n.words(self.cause)}"
        return f"Support shifts{self._towards()}, because {why}."

    def _towards(self) -> str:
        if abs(self.d_logit_gov) > LEAVES_NOBODY:
            return " to those at home" if self.d_logit_gov > 0 else " back to the challenger"
        towards = "the incumbent" if self.d_logit_gov > 0 else "the challenger"
        return f" towards {towards} ({abs(self.d_logit_gov):.3f} on the logit)"
