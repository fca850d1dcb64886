"""What an actor knows when it decides: its information set. Never the truth.

One small record for each family of decisions, so that a view holds what its decision is made on and
nothing else. Every field is required: whoever asks says what is known, and None means "not known to
this actor at this moment". Leads are challenger minus incumbent over valid votes, shares are 0 to
1, days are of the house clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.records.decisions.night import Anticipated, Stance, Witness


@dataclass(frozen=True, slots=True)
class View:
    """Enough by itself where an actor decides on nothing that happened.

    decision: which decision is asked for. available: options that can be chosen now, None: all of
    them.
    """

    decision: str
    day: float
    available: tuple[str, ...] | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class TableView(View):
    """Meet, attend or leave the talks of a track."""

    track: str


@dataclass(frozen=True, slots=True)
class SigningView(View):
    """Sign a package. surplus_self: what it is worth to the actor above the status quo, utility
    units.
    """

    surplus_self: float


@dataclass(frozen=True, slots=True)
class KeepingView(View):
    """Keep a promise or not.

    commitment_issue: what was promised. lag_months: until the other side answers a breach.
    relief_share: sanctions lifted now. q_imp: chance that a threat would be carried out. pi: the
    government's belief that it loses an honest count; None where the one who promised is not the
    government. worth: what keeping it does to the incumbent's election night, where that is what
    counts.
    """

    commitment_issue: str
    lag_months: float
    relief_share: float
    q_imp: float
    pi: float | None
    worth: float | None


@dataclass(frozen=True, slots=True)
class ThreatView(View):
    """Threaten, concede, or punish. relief_share: sanctions lifted now, which is what can be taken
    back. stake: how many times more than usual a concession costs the threatened. dropped: threats
    so far that were not carried out.
    """

    relief_share: float
    stake: float
    dropped: int


@dataclass(frozen=True, slots=True)
class LicenceView(View):
    """Take a step with a licence. breaches: those since it is in force; None where a scenario fixes
    the step.
    """

    licence: str
    breaches: int | None


@dataclass(frozen=True, slots=True)
class MeasureView(View):
    """Take a measure before the vote. lead_mean, lead_sd: believed. price_of_breach: expected cost
    of the answer to it.
    """

    lead_mean: float
    lead_sd: float
    price_of_breach: float


@dataclass(frozen=True, slots=True)
class ExpulsionView(View):
    """Keep witnesses out of polling tables. broad_observation: whether many observers would
    see it.
    """

    lead_mean: float
    lead_sd: float
    broad_observation: bool


@dataclass(frozen=True, slots=True)
class StopView(View):
    """Stop the transmission of results. internal_lead: on the sheets received, None before any."""

    lead_mean: float
    internal_lead: float | None


@dataclass(frozen=True, slots=True)
class NightView(View):
    """Choose what is announced on election night.

    internal_lead: on the sheets received, None before any. loyalty_seen, copies_seen: of the
    command, and of the tables whose sheet a witness holds, with the incumbent's error.
    opinion_challenger, opinion_lead: the public's chance that the challenger leads, and its mean
    lead. delays: occasions on which the announcement was put off. price: chance of an answer times
    the relief that it takes back, summed over senders. exit_cost, value: X and v. days_left: from
    now to the inauguration. commanded: whether there are forces that can leave. conditions: how
    many things observers will criticise beside the count.
    """

    lead_mean: float
    internal_lead: float | None
    loyalty_seen: float
    copies_seen: float
    opinion_challenger: float
    opinion_lead: float
    observers: tuple[Witness, ...]
    members: tuple[Stance, ...]
    delays: int
    stopped: bool
    price: float
    guarantees: float
    anticipated: Anticipated
    exit_cost: float
    value: float
    audited: bool
    days_left: float
    commanded: bool
    conditions: int


@dataclass(frozen=True, slots=True)
class OrderView(View):
    """Carry out an order or not. obedience: how likely this authority is to obey."""

    obedience: float


@dataclass(frozen=True, slots=True)
class ContestView(View):
    """Contest an announcement. pi: belief that one has won. copies_lead: on one's own copies, None
    without any.
    """

    pi: float
    copies_share: float
    copies_lead: float | None
    announced_winner: str
    boycott: bool


@dataclass(frozen=True, slots=True)
class PublicationView(View):
    """Publish one's own copies. copies_share: tables whose copy is digitised."""

    copies_share: float


@dataclass(frozen=True, slots=True)
class OutrageView(View):
    """Answer protest with force."""

    outrage: float


@dataclass(frozen=True, slots=True)
class MobilisationView(View):
    """Call people to the streets. measures: those that stand."""

    outrage: float
    unity: float
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProtestView(View):
    """Begin to protest. protest_level: mean number of spontaneous protests that outrage and
    mobilisation would bring.
    """

    protest_level: float


@dataclass(frozen=True, slots=True)
class AcceptanceView(View):
    """Accept an announcement as a minor candidate. pledged: whether the candidate signed the pledge
    to do so.
    """

    pledged: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class AbroadView(View):
    """Recognise, call a winner, ask for tables, or review sanctions from abroad.

    copies_lead: on the copies, None where they are not published. measures: those taken before the
    vote.
    """

    lead_mean: float
    copies_share: float
    copies_lead: float | None
    sheets_published: bool
    tables_published: bool
    contested: bool
    measures: tuple[str, ...]
    boycott: bool
    q_imp: float
    belief: float
    verdicts: float
    annulled: bool
    certified: bool


@dataclass(frozen=True, slots=True)
class CertifyView(View):
    """Certify an announced result. early: within the month, or later."""

    early: bool


@dataclass(frozen=True, slots=True)
class StatementView(View):
    """State a verdict as a mission. findings: verdicts of the estimators open to it, empty where
    none is in use.

    tables_published: results by table are out, or not yet overdue. doubt: chance that what it sees
    speaks against the result, where no estimator is in use.
    """

    tables_published: bool
    doubt: float
    findings: tuple[str, ...]
