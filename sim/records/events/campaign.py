"""Conduct before the day, and candidacies."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names

ANSWERS = {
    "substitute": "to name a substitute",
    "endorse": "to endorse a candidate of another party",
    "boycott": "to boycott the vote",
}


@dataclass(frozen=True, slots=True)
class CampaignOpened(Event):
    def says(self, n: Names) -> str:
        return "The campaign opens."


@dataclass(frozen=True, slots=True)
class CampaignClosed(Event):
    def says(self, n: Names) -> str:
        return "The campaign is over."


@dataclass(frozen=True, slots=True)
class MeasureTaken(Event):
    measure: str
    probability: float

    def says(self, n: Names) -> str:
        return f"The government takes a measure: {n.measure(self.measure)}."


@dataclass(frozen=True, slots=True)
class MeasureNotCarriedOut(Event):
    """An order that had no effect. reason: "refused" by the authority, "too_late", or
    "unavailable": a scenario fixes an option that does not exist here now.
    """

    measure: str
    reason: str = "refused"

    def says(self, n: Names) -> str:
        if self.reason == "unavailable":
            return f"What the scenario fixes cannot be done now: {n.measure(self.measure)}."
        if self.reason == "too_late":
            return f"Too late, because a first bulletin is out: {n.measure(self.measure)}."
        return f"Not carried out, because the authority refuses: {n.measure(self.measure)}."


@dataclass(frozen=True, slots=True)
class MeasureUndone(Event):
    measure: str

    def says(self, n: Names) -> str:
        return f"A measure is undone: {n.measure(self.measure)}."


@dataclass(frozen=True, slots=True)
class ElectionPostponed(Event):
    new_day: float

    def says(self, n: Names) -> str:
        if not self.new_day:
            return "The vote is back on the day first set."
        return f"The vote is moved: it is now {self.new_day:.0f} days after the day first set."


@dataclass(frozen=True, slots=True)
class CandidateBarred(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"The candidate {n.person(self.name)} is barred."


@dataclass(frozen=True, slots=True)
class CandidateReadmitted(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"The candidate {n.person(self.name)} is readmitted."


@dataclass(frozen=True, slots=True)
class CandidateAdmitted(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"The candidate {n.person(self.name)} is admitted."


@dataclass(frozen=True, slots=True)
class ResponseChosen(Event):
    option: str
    probabilities: tuple[float, ...]

    def says(self, n: Names) -> str:
        return f"The opposition's answer: {ANSWERS.get(self.option, n.words(self.option))}."


@dataclass(frozen=True, slots=True)
class SubstituteNamed(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"A substitute is named ({n.words(self.name)})."


@dataclass(frozen=True, slots=True)
class SubstituteAdmitted(Event):
    name: str

    def says(self, n: Names) -> str:
        return "The substitute is admitted."


@dataclass(frozen=True, slots=True)
class SubstituteRefused(Event):
    name: str

    def says(self, n: Names) -> str:
        return "The substitute is refused."


@dataclass(frozen=True, slots=True)
class CandidateWithdrew(Event):
    name: str
    endorses: str

    def says(self, n: Names) -> str:
        return f"{n.person(self.name)} withdraws" + (
            f" and endorses {n.person(self.endorses)}." if self.endorses else "."
        )


@dataclass(frozen=True, slots=True)
class VotesCredited(Event):
    """Whose row counts the votes cast for the challenger's place on the ballot ('' = nobody)."""

    name: str
    credited_to: str

    def says(self, n: Names) -> str:
        return (
            f"Votes on the ballot row of {n.person(self.name)} are credited to "
            f"{n.person(self.credited_to) or 'nobody'}."
        )


@dataclass(frozen=True, slots=True)
class LeaderDetained(Event):
    party: str
    person: str

    def says(self, n: Names) -> str:
        return f"{n.person(self.person)}, who leads {n.voice(self.party)}, is detained."


@dataclass(frozen=True, slots=True)
class UnityMoved(Event):
    """The challenger's coalition stands closer together or falls out: value 0 to 1, moved `by`."""

    party: str
    value: float
    by: float

    def says(self, n: Names) -> str:
        closer = "closes ranks" if self.by > 0 else "falls out"
        return f"{n.voice(self.party)} {closer}: unity {self.value:.2f}."
