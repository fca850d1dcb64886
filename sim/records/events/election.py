"""Election day, the evening and the announcement."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event
from sim.names import Names, category, counted, incumbent_by, percent, points


@dataclass(frozen=True, slots=True)
class PollsOpened(Event):
    tables: int
    late_share: float
    round: int = 1

    def says(self, n: Names) -> str:
        again = "Second round: " if self.round > 1 else ""
        return (
            f"{again}{self.tables:,} polling tables open ({percent(self.late_share)} of them late)."
        )


@dataclass(frozen=True, slots=True)
class PollsClosed(Event):
    ballots: int
    turnout_share: float
    late_share: float

    def says(self, n: Names) -> str:
        return (
            f"Polls close; {percent(self.late_share)} of the tables still have voters in line. In "
            "all: "
            f"{self.ballots:,} ballots, turnout {percent(self.turnout_share)}."
        )


@dataclass(frozen=True, slots=True)
class ManipulationApplied(Event):
    """Truth side: what a manipulation did. Closed to estimators and actors."""

    key: str
    beneficiary: str
    tables: int
    votes_added: int
    votes_moved: int

    def says(self, n: Names) -> str:
        done = [f"{self.votes_added:,} votes added"] if self.votes_added else []
        if self.votes_moved:
            done.append(f"{self.votes_moved:,} votes moved to {n.person(self.beneficiary)}")
        return (
            f"[truth side] {n.words(self.key)}"
            + (f" at {self.tables:,} tables" if self.tables else "")
            + (f": {', '.join(done)}." if done else ".")
        )


@dataclass(frozen=True, slots=True)
class WitnessesExcluded(Event):
    share: float

    def says(self, n: Names) -> str:
        return f"Witnesses are kept out, or get no copy, at {percent(self.share)} of the tables."


@dataclass(frozen=True, slots=True)
class TransmissionStopped(Event):
    minute: float
    region: str

    def says(self, n: Names) -> str:
        return "The transmission of results stops."


@dataclass(frozen=True, slots=True)
class SheetsTransmitted(Event):
    """Hourly aggregate: tables received by the authority so far."""

    tables: int

    def says(self, n: Names) -> str:
        return f"The authority has received the results of {self.tables:,} tables."


@dataclass(frozen=True, slots=True)
class SheetsScanned(Event):
    """Hourly aggregate: copies digitised by the collecting party so far."""

    tables: int

    def says(self, n: Names) -> str:
        return f"Copies of {self.tables:,} tables are scanned."


@dataclass(frozen=True, slots=True)
class QuickCountReported(Event):
    hour: float
    reports: int
    estimate: float

    def says(self, n: Names) -> str:
        return f"Quick count: {self.reports:,} reports in hand; estimate {points(self.estimate)}."


@dataclass(frozen=True, slots=True)
class IncidentsReported(Event):
    category: str
    reports: int
    source: str

    def says(self, n: Names) -> str:
        return (
            f"{counted(self.reports, 'incident report')} ({n.words(self.source)}): "
            f"{category(self.category)}."
        )


@dataclass(frozen=True, slots=True)
class NightDecision(Event):
    option: str
    utilities: tuple[float, ...]
    probabilities: tuple[float, ...]
    k: int
    internal_lead: float
    best_reply: str = ""
    copies_seen: float = 0.0
    loyalty_seen: float = 0.0

    def says(self, n: Names) -> str:
        return (
            f"The authority's decision (number {self.k + 1}): {n.words(self.option)}; its own "
            "count shows "
            f"{incumbent_by(self.internal_lead)}."
        )


@dataclass(frozen=True, slots=True)
class SurvivalExamined(Event):
    """How likely an override of a lost count was to survive; for the examiner alone.

    believed: as the incumbent saw command and copies. true_types: as they were.
    """

    option: str
    believed: float
    true_types: float

    def says(self, n: Names) -> str:
        return (
            f"The odds that {n.words(self.option)} would be survived: {percent(self.believed)} "
            f"as the incumbent saw it, {percent(self.true_types)} as things were."
        )


@dataclass(frozen=True, slots=True)
class ResultAnnounced(Event):
    winner: str
    lead: float
    share_counted: float
    tables_published: bool
    number: int
    totals: tuple[int, ...]

    def says(self, n: Names) -> str:
        return (
            f"Bulletin {self.number}: {n.camp(self.winner)} is announced as winner "
            f"({points(self.lead)}), "
            f"{percent(self.share_counted)} counted, "
            f"{'with' if self.tables_published else 'without'} "
            "results by table."
        )


@dataclass(frozen=True, slots=True)
class SecondRoundCalled(Event):
    """The first round elects nobody. first, second: the two, by their votes. poll_day: house day of
    the second round. totals: (K,) of the first round, in ballot order.
    """

    first: str
    second: str
    first_share: float
    second_share: float
    share_counted: float
    poll_day: float
    number: int
    totals: tuple[int, ...]

    def says(self, n: Names) -> str:
        return (
            f"Bulletin {self.number}: nobody has enough votes; {n.person(self.first)} "
            f"({percent(self.first_share)}) and {n.person(self.second)} "
            f"({percent(self.second_share)}) meet in a second round in "
            f"{int(self.poll_day - self.day // 1)} days, {percent(self.share_counted)} counted."
        )


@dataclass(frozen=True, slots=True)
class RegionAnnounced(Event):
    """A region's last table is in. winner, lead: in the region. share_counted, totals: of all that
    has been announced so far.
    """

    region: str
    winner: str
    lead: float
    share_counted: float
    number: int
    totals: tuple[int, ...]

    def says(self, n: Names) -> str:
        return (
            f"Bulletin {self.number}: the region {self.region} is announced ({points(self.lead)} "
            f"there); {percent(self.share_counted)} of all tables so far."
        )


@dataclass(frozen=True, slots=True)
class TablesPublished(Event):
    share: float

    def says(self, n: Names) -> str:
        return f"Results by table are out for {percent(self.share)} of the tables."


@dataclass(frozen=True, slots=True)
class ResultAnnulled(Event):
    def says(self, n: Names) -> str:
        return "The election is annulled."


@dataclass(frozen=True, slots=True)
class FindingIssued(Event):
    estimator: str
    verdict: str
    estimate: float | None

    def says(self, n: Names) -> str:
        return (
            f"Finding by {n.words(self.estimator)}: what is reported is {self.verdict} with its "
            "evidence."
            if self.verdict != "undecided"
            else f"Finding by {n.words(self.estimator)}: undecided."
        )
