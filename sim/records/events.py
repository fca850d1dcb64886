"""Every typed event of a replicate's ledger (strategy.md section 10, election_day.md section 8).

`day` is a float: day 0 = 00:00 local time of the scheduled election day. Shares lie in 0 to 1;
leads are challenger minus incumbent as a share of valid votes; minutes count from the legal opening
of the polls.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.ledger import Event

# --- any decision


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """An actor chose one option of a closed list; `forced` when the scenario fixed it."""

    actor: str
    decision: str
    option: str
    probability: float
    forced: bool


# --- negotiation


@dataclass(frozen=True, slots=True)
class MeetingScheduled(Event):
    track: str
    due: float


@dataclass(frozen=True, slots=True)
class MeetingHeld(Event):
    track: str


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Event):
    track: str


@dataclass(frozen=True, slots=True)
class RoundHeld(Event):
    track: str
    model: str
    success: bool
    package: tuple[float, ...]
    baseline_package: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RoundFailed(Event):
    track: str
    surplus_a: float
    surplus_b: float


@dataclass(frozen=True, slots=True)
class TrackMoved(Event):
    track: str
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class AgreementSigned(Event):
    track: str
    package: tuple[float, ...]
    n_commitments: int


@dataclass(frozen=True, slots=True)
class CommitmentDue(Event):
    commitment: str
    party: str
    issue: str


@dataclass(frozen=True, slots=True)
class CommitmentKept(Event):
    commitment: str


@dataclass(frozen=True, slots=True)
class CommitmentBroken(Event):
    commitment: str


@dataclass(frozen=True, slots=True)
class CommitmentLapsed(Event):
    commitment: str


@dataclass(frozen=True, slots=True)
class BreachDetected(Event):
    occasion: str
    lag_days: float


# --- sanctions


@dataclass(frozen=True, slots=True)
class ThreatMade(Event):
    by: str
    against: str
    over: str


@dataclass(frozen=True, slots=True)
class TargetConceded(Event):
    over: str


@dataclass(frozen=True, slots=True)
class ThreatCarriedOut(Event):
    over: str
    instrument: str


@dataclass(frozen=True, slots=True)
class ThreatDropped(Event):
    over: str


@dataclass(frozen=True, slots=True)
class LicenceIssued(Event):
    key: str
    value: float


@dataclass(frozen=True, slots=True)
class LicenceRenewed(Event):
    key: str


@dataclass(frozen=True, slots=True)
class LicenceAmended(Event):
    key: str
    value: float


@dataclass(frozen=True, slots=True)
class WindDownBegan(Event):
    key: str
    ends: float


@dataclass(frozen=True, slots=True)
class LicenceEnded(Event):
    key: str


@dataclass(frozen=True, slots=True)
class DesignationsAdded(Event):
    n_names: int


@dataclass(frozen=True, slots=True)
class ReliefChanged(Event):
    relief_share: float
    value: float


# --- beliefs and support


@dataclass(frozen=True, slots=True)
class PollPublished(Event):
    house: str
    family: str
    n: int
    lead: float


@dataclass(frozen=True, slots=True)
class BeliefUpdated(Event):
    actor: str
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class SupportShift(Event):
    """A change of the latent support: the only door from the strategic layer to the electorate."""

    d_logit_gov: float
    d_log_minor: float
    d_logit_turnout: float
    scope: str
    cause: str


# --- conduct before the day, candidacies


@dataclass(frozen=True, slots=True)
class CampaignOpened(Event):
    pass


@dataclass(frozen=True, slots=True)
class CampaignClosed(Event):
    pass


@dataclass(frozen=True, slots=True)
class MeasureTaken(Event):
    measure: str
    probability: float


@dataclass(frozen=True, slots=True)
class MeasureNotCarriedOut(Event):
    measure: str


@dataclass(frozen=True, slots=True)
class MeasureUndone(Event):
    measure: str


@dataclass(frozen=True, slots=True)
class ElectionPostponed(Event):
    new_day: float


@dataclass(frozen=True, slots=True)
class CandidateBarred(Event):
    name: str


@dataclass(frozen=True, slots=True)
class CandidateReadmitted(Event):
    name: str


@dataclass(frozen=True, slots=True)
class CandidateAdmitted(Event):
    name: str


@dataclass(frozen=True, slots=True)
class ResponseChosen(Event):
    option: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SubstituteNamed(Event):
    name: str


@dataclass(frozen=True, slots=True)
class SubstituteAdmitted(Event):
    name: str


@dataclass(frozen=True, slots=True)
class SubstituteRefused(Event):
    name: str


@dataclass(frozen=True, slots=True)
class CandidateWithdrew(Event):
    name: str
    endorses: str


@dataclass(frozen=True, slots=True)
class VotesCredited(Event):
    """Whose row counts the votes cast for the challenger's place on the ballot ('' = nobody)."""

    name: str
    credited_to: str


# --- election day and night


@dataclass(frozen=True, slots=True)
class PollsOpened(Event):
    tables: int
    late_share: float


@dataclass(frozen=True, slots=True)
class PollsClosed(Event):
    ballots: int
    turnout_share: float
    late_share: float


@dataclass(frozen=True, slots=True)
class ManipulationApplied(Event):
    """Truth side: what a manipulation did. Closed to estimators and actors."""

    key: str
    beneficiary: str
    tables: int
    votes_added: int
    votes_moved: int


@dataclass(frozen=True, slots=True)
class WitnessesExcluded(Event):
    share: float


@dataclass(frozen=True, slots=True)
class TransmissionStopped(Event):
    minute: float
    region: str


@dataclass(frozen=True, slots=True)
class SheetsTransmitted(Event):
    """Hourly aggregate: tables received by the authority so far."""

    tables: int


@dataclass(frozen=True, slots=True)
class SheetsScanned(Event):
    """Hourly aggregate: copies digitised by the collecting party so far."""

    tables: int


@dataclass(frozen=True, slots=True)
class QuickCountReported(Event):
    hour: float
    reports: int
    estimate: float


@dataclass(frozen=True, slots=True)
class IncidentsReported(Event):
    category: str
    reports: int
    source: str


@dataclass(frozen=True, slots=True)
class NightDecision(Event):
    option: str
    utilities: tuple[float, ...]
    probabilities: tuple[float, ...]
    k: int
    internal_lead: float


@dataclass(frozen=True, slots=True)
class ResultAnnounced(Event):
    winner: str
    lead: float
    share_counted: float
    tables_published: bool
    number: int
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TablesPublished(Event):
    share: float


@dataclass(frozen=True, slots=True)
class ResultAnnulled(Event):
    pass


@dataclass(frozen=True, slots=True)
class FindingIssued(Event):
    estimator: str
    verdict: str
    estimate: float | None


# --- aftermath


@dataclass(frozen=True, slots=True)
class SheetsPublished(Event):
    copies_share: float
    lead: float


@dataclass(frozen=True, slots=True)
class ResultConceded(Event):
    by: str


@dataclass(frozen=True, slots=True)
class ResultContested(Event):
    by: str


@dataclass(frozen=True, slots=True)
class CourtPetitioned(Event):
    by: str


@dataclass(frozen=True, slots=True)
class CourtRuled(Event):
    ruling: str


@dataclass(frozen=True, slots=True)
class MissionStatement(Event):
    mission: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Recognised(Event):
    by: str
    whom: str


@dataclass(frozen=True, slots=True)
class RecognitionWithheld(Event):
    by: str


@dataclass(frozen=True, slots=True)
class CandidateExiled(Event):
    name: str


@dataclass(frozen=True, slots=True)
class CandidateDetained(Event):
    name: str


@dataclass(frozen=True, slots=True)
class ProtestDay(Event):
    n_events: int


@dataclass(frozen=True, slots=True)
class RepressionLevel(Event):
    level: str


@dataclass(frozen=True, slots=True)
class DeathsReported(Event):
    n: int


@dataclass(frozen=True, slots=True)
class ArrestsReported(Event):
    n: int


@dataclass(frozen=True, slots=True)
class ForcesDefected(Event):
    pass


@dataclass(frozen=True, slots=True)
class TransitionAgreed(Event):
    guarantees: float


@dataclass(frozen=True, slots=True)
class OfficeTaken(Event):
    holder: str


@dataclass(frozen=True, slots=True)
class Inaugurated(Event):
    holder: str
