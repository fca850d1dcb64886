"""Events of talks and of the promises made there."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names

CAUSES = {
    "hazard": "",
    "meeting": "",
    "suspend_talks": ", because one side leaves the table",
    "agreement": ", because an agreement is signed",
}


@dataclass(frozen=True, slots=True)
class MeetingScheduled(Event):
    track: str
    due: float

    def says(self, n: Names) -> str:
        return f"A meeting ({n.track(self.track)}) is scheduled."


@dataclass(frozen=True, slots=True)
class MeetingHeld(Event):
    track: str

    def says(self, n: Names) -> str:
        return f"The scheduled meeting ({n.track(self.track)}) takes place."


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Event):
    track: str

    def says(self, n: Names) -> str:
        return f"The scheduled meeting ({n.track(self.track)}) does not take place."


@dataclass(frozen=True, slots=True)
class RoundHeld(Event):
    track: str
    model: str
    success: bool
    package: tuple[float, ...]
    baseline_package: tuple[float, ...]

    def says(self, n: Names) -> str:
        return f"A round of talks is held ({n.track(self.track)}); " + (
            f"a package by {n.words(self.model)} is on the table."
            if self.success
            else "no package comes out of it."
        )


@dataclass(frozen=True, slots=True)
class RoundFailed(Event):
    track: str
    surplus_a: float
    surplus_b: float

    def says(self, n: Names) -> str:
        return (
            f"The package is not signed: the perceived gains are {self.surplus_a:+.3f} and "
            f"{self.surplus_b:+.3f}, too small for one side."
        )


@dataclass(frozen=True, slots=True)
class TrackMoved(Event):
    track: str
    before: str
    after: str
    cause: str

    def says(self, n: Names) -> str:
        return (
            f"The {n.track(self.track)} track moves from {self.before} to "
            f"{self.after}{CAUSES.get(self.cause, f' ({n.words(self.cause)})')}."
        )


@dataclass(frozen=True, slots=True)
class AgreementSigned(Event):
    track: str
    package: tuple[float, ...]
    n_commitments: int

    def says(self, n: Names) -> str:
        return (
            f"An agreement is signed ({n.track(self.track)}) with {self.n_commitments} commitments."
        )


@dataclass(frozen=True, slots=True)
class CommitmentDue(Event):
    commitment: str
    party: str
    issue: str

    def says(self, n: Names) -> str:
        return f"A commitment of {n.voice(self.party)} on {n.words(self.issue)} falls due."


@dataclass(frozen=True, slots=True)
class CommitmentKept(Event):
    commitment: str

    def says(self, n: Names) -> str:
        return f"The commitment is kept ({n.promise(self.commitment)})."


@dataclass(frozen=True, slots=True)
class CommitmentBroken(Event):
    commitment: str

    def says(self, n: Names) -> str:
        return f"The commitment is broken ({n.promise(self.commitment)})."


@dataclass(frozen=True, slots=True)
class CommitmentLapsed(Event):
    commitment: str

    def says(self, n: Names) -> str:
        return f"The commitment lapses ({n.promise(self.commitment)})."


@dataclass(frozen=True, slots=True)
class BreachDetected(Event):
    occasion: str
    lag_days: float

    def says(self, n: Names) -> str:
        after = f" ({self.lag_days:.1f} days after it)" if self.lag_days >= 0.05 else ""
        return f"A breach is detected: {n.occasion(self.occasion)}{after}."
