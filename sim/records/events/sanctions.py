"""Events of threats, sanctions and licences."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, percent


@dataclass(frozen=True, slots=True)
class ThreatMade(Event):
    by: str
    against: str
    over: str

    def says(self, n: Names) -> str:
        return (
            f"The {n.words(self.by)} threatens the {n.words(self.against)} with sanctions over "
            f"{n.occasion(self.over)}."
        )


@dataclass(frozen=True, slots=True)
class TargetConceded(Event):
    over: str

    def says(self, n: Names) -> str:
        return f"The threatened side concedes over {n.occasion(self.over)}."


@dataclass(frozen=True, slots=True)
class ThreatCarriedOut(Event):
    over: str
    instrument: str

    def says(self, n: Names) -> str:
        return (
            f"The threat over {n.occasion(self.over)} is carried out: {n.words(self.instrument)}."
        )


@dataclass(frozen=True, slots=True)
class ThreatDropped(Event):
    over: str

    def says(self, n: Names) -> str:
        return f"The threat over {n.occasion(self.over)} is not carried out."


@dataclass(frozen=True, slots=True)
class LicenceIssued(Event):
    key: str
    value: float

    def says(self, n: Names) -> str:
        return f"Licence {self.key} is issued (worth {self.value:.0f} million USD a month)."


@dataclass(frozen=True, slots=True)
class LicenceRenewed(Event):
    key: str

    def says(self, n: Names) -> str:
        return f"Licence {self.key} is renewed."


@dataclass(frozen=True, slots=True)
class LicenceAmended(Event):
    key: str
    value: float

    def says(self, n: Names) -> str:
        return f"Licence {self.key} is amended (now worth {self.value:.0f} million USD a month)."


@dataclass(frozen=True, slots=True)
class WindDownBegan(Event):
    key: str
    ends: float

    def says(self, n: Names) -> str:
        return f"The wind-down of licence {self.key} begins."


@dataclass(frozen=True, slots=True)
class LicenceEnded(Event):
    key: str

    def says(self, n: Names) -> str:
        return f"Licence {self.key} ends."


@dataclass(frozen=True, slots=True)
class DesignationsAdded(Event):
    n_names: int

    def says(self, n: Names) -> str:
        return f"{self.n_names} persons are designated."


@dataclass(frozen=True, slots=True)
class ReliefChanged(Event):
    relief_share: float
    value: float

    def says(self, n: Names) -> str:
        return f"Relief in force is now {percent(self.relief_share)} of the reference value."


@dataclass(frozen=True, slots=True)
class ReliefLost(Event):
    by: str
    share: float

    def says(self, n: Names) -> str:
        return f"Relief worth {percent(self.share)} of the reference value is lost."


@dataclass(frozen=True, slots=True)
class OccasionOpened(Event):
    by: str
    over: str

    def says(self, n: Names) -> str:
        return f"The {n.words(self.by)} must answer {n.occasion(self.over)}."
