"""What follows an announcement."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, counted, incumbent_by, percent


@dataclass(frozen=True, slots=True)
class SheetsPublished(Event):
    copies_share: float
    lead: float

    def says(self, n: Names) -> str:
        return (
            f"The opposition publishes its copies ({percent(self.copies_share)} of tables; "
            f"{incumbent_by(self.lead)})."
        )


@dataclass(frozen=True, slots=True)
class ResultConceded(Event):
    by: str

    def says(self, n: Names) -> str:
        return f"The announced result is conceded by {n.voice(self.by)}."


@dataclass(frozen=True, slots=True)
class ResultContested(Event):
    by: str

    def says(self, n: Names) -> str:
        return f"The announced result is contested by {n.voice(self.by)}."


@dataclass(frozen=True, slots=True)
class CourtPetitioned(Event):
    by: str

    def says(self, n: Names) -> str:
        return f"The court is petitioned by {n.voice(self.by)}."


@dataclass(frozen=True, slots=True)
class CourtRuled(Event):
    ruling: str

    def says(self, n: Names) -> str:
        return f"The court rules: {n.words(self.ruling)}."


@dataclass(frozen=True, slots=True)
class MissionStatement(Event):
    mission: str
    verdict: str

    def says(self, n: Names) -> str:
        return f"Statement by {n.voice(self.mission)} on the count: {n.words(self.verdict)}."


@dataclass(frozen=True, slots=True)
class ConditionsCriticised(Event):
    """An observer says that the vote lacked something, whatever it finds of the count."""

    observer: str
    over: str

    def says(self, n: Names) -> str:
        return f"Conditions criticised by {n.voice(self.observer)}: {n.occasion(self.over)}."


@dataclass(frozen=True, slots=True)
class Recognised(Event):
    by: str
    whom: str

    def says(self, n: Names) -> str:
        return f"Recognition of {n.camp(self.whom)} by {n.voice(self.by)}."


@dataclass(frozen=True, slots=True)
class RecognitionWithheld(Event):
    by: str

    def says(self, n: Names) -> str:
        return f"Recognition of nobody so far by {n.voice(self.by)}."


@dataclass(frozen=True, slots=True)
class CandidateExiled(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"{n.person(self.name)} goes into exile."


@dataclass(frozen=True, slots=True)
class CandidateDetained(Event):
    name: str

    def says(self, n: Names) -> str:
        return f"{n.person(self.name)} is detained."


@dataclass(frozen=True, slots=True)
class OutcryBegan(Event):
    """People are provoked before the vote, or without a contested announcement."""

    party: str
    cause: str

    def says(self, n: Names) -> str:
        over = {
            "bar_candidate": "the bar on a candidate",
            "substitute_refused": "the refusal of a substitute",
            "postpone": "the postponement of the vote",
            "boycott": "the boycotted vote",
            "detention": "the detention of the leader",
        }
        return f"An outcry begins over {over.get(self.cause, n.words(self.cause))}."


@dataclass(frozen=True, slots=True)
class ProtestDay(Event):
    n_events: int

    def says(self, n: Names) -> str:
        return f"{counted(self.n_events, 'protest')} on the day."


@dataclass(frozen=True, slots=True)
class RepressionLevel(Event):
    level: str

    def says(self, n: Names) -> str:
        return f"The level of repression is {self.level}."


@dataclass(frozen=True, slots=True)
class DeathsReported(Event):
    n: int

    def says(self, n: Names) -> str:
        return f"Reported since the vote: {counted(self.n, 'death')}."


@dataclass(frozen=True, slots=True)
class ArrestsReported(Event):
    n: int

    def says(self, n: Names) -> str:
        return f"Reported since the vote: {counted(self.n, 'arrest')}."


@dataclass(frozen=True, slots=True)
class ForcesDefected(Event):
    """The command leaves the incumbent. cause: what raised its rate most."""

    cause: str = "scenario"

    def says(self, n: Names) -> str:
        why = {
            "belief": ", because the public does not believe the result",
            "protest": ", because of the protests",
            "recognition": ", because recognition is withheld abroad",
            "loyalty": ", because its own loyalty does not hold",
            "scenario": ", because the scenario says so",
        }
        return f"The command of the forces defects{why.get(self.cause, '')}."


@dataclass(frozen=True, slots=True)
class TransitionAgreed(Event):
    guarantees: float

    def says(self, n: Names) -> str:
        return "A negotiated transition is agreed."


@dataclass(frozen=True, slots=True)
class OfficeTaken(Event):
    holder: str

    def says(self, n: Names) -> str:
        return f"The office is taken by: {n.camp(self.holder)}."


@dataclass(frozen=True, slots=True)
class Inaugurated(Event):
    holder: str

    def says(self, n: Names) -> str:
        return f"Inauguration day: the office is held by {n.camp(self.holder)}."
