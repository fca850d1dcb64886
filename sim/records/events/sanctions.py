"""Events of threats, sanctions and licences."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, counted, percent

INSTRUMENTS = {
    "designations": "persons are designated",
    "revoke_tranche": "relief that was delivered is taken back",
    "full_snapback": "all relief is taken back",
}


@dataclass(frozen=True, slots=True)
class ThreatMade(Event):
    by: str
    against: str
    over: str

    def says(self, n: Names) -> str:
        who = f"by {n.voice(self.by)} against {n.voice(self.against)}"
        return f"Sanctions are threatened {who}, because of {n.occasion(self.over)}."


@dataclass(frozen=True, slots=True)
class TargetConceded(Event):
    over: str

    def says(self, n: Names) -> str:
        return (
            f"Whoever was threatened gives way, because of the threat over {n.occasion(self.over)}."
        )


@dataclass(frozen=True, slots=True)
class ThreatCarriedOut(Event):
    over: str
    instrument: str

    def says(self, n: Names) -> str:
        return (
            f"The threat over {n.occasion(self.over)} is carried out: "
            f"{INSTRUMENTS.get(self.instrument) or n.licence(self.instrument)}."
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
        return f"Issued: {n.licence(self.key)} (worth {self.value:.0f} million USD a month)."


@dataclass(frozen=True, slots=True)
class LicenceRenewed(Event):
    key: str

    def says(self, n: Names) -> str:
        return f"Renewed: {n.licence(self.key)}."


@dataclass(frozen=True, slots=True)
class LicenceAmended(Event):
    key: str
    value: float

    def says(self, n: Names) -> str:
        return f"Amended: {n.licence(self.key)} (now worth {self.value:.0f} million USD a month)."


@dataclass(frozen=True, slots=True)
class WindDownBegan(Event):
    key: str
    ends: float

    def says(self, n: Names) -> str:
        return f"The wind-down begins: {n.licence(self.key)}."


@dataclass(frozen=True, slots=True)
class LicenceEnded(Event):
    key: str

    def says(self, n: Names) -> str:
        return f"Ended: {n.licence(self.key)}."


@dataclass(frozen=True, slots=True)
class DesignationsAdded(Event):
    n_names: int

    def says(self, n: Names) -> str:
        return f"Designated: {counted(self.n_names, 'person')}."


@dataclass(frozen=True, slots=True)
class RevenueBegan(Event):
    """A licence brings money; value in million USD a month."""

    key: str
    value: float

    def says(self, n: Names) -> str:
        return f"Revenue under licence {self.key} begins ({self.value:.0f} million USD a month)."


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
        return f"{n.voice(self.by)} must answer {n.occasion(self.over)}."
