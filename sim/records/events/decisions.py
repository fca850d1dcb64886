"""A decision of any actor."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """An actor chose one option of a closed list; `forced` when the scenario fixed it."""

    actor: str
    decision: str
    option: str
    probability: float
    forced: bool

    def says(self, n: Names) -> str:
        what = f"{n.words(self.decision)}: {n.words(self.option)} (chance {self.probability:.2f})"
        return f"Decision of {n.voice(self.actor)} on {what}."
