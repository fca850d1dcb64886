"""What a measure reads of a finished replicate.

The examiner may read everything; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.ledger import Ledger
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import Value
from sim.records.seen.evidence import BoxCheck, Incidents, QuickCount
from sim.records.seen.finding import Finding
from sim.records.vote.chain import Chain, Manipulated
from sim.records.vote.claim import Claim
from sim.records.vote.clock import horizon_day, hours_of, inauguration_day
from sim.records.vote.contest import Contest
from sim.records.vote.polling_hours import PollingHours
from sim.records.vote.truth import Truth
from sim.records.who import Who, who_of


@dataclass(frozen=True, slots=True)
class Played:
    """A finished replicate. Parts of a polling day that was not held are None.

    poll_day: house day of the vote. last_findings: what the estimators in use infer at the last of
    their hours. findings_by_hour: the same for each of those hours, hours after closing. named: who
    is who, where it is known already.
    """

    p: Parameters
    contest: Contest
    ledger: Ledger
    poll_day: float
    truth: Truth | None
    chain: Chain | None = None
    quick_count: QuickCount | None = None
    manipulated: tuple[Manipulated, ...] = ()
    claim: Claim | None = None
    incidents: Incidents | None = None
    boxes: BoxCheck | None = None
    findings_by_hour: tuple[tuple[float, tuple[Finding, ...]], ...] = ()
    named: Who | None = None

    @property
    def who(self) -> Who:
        """Return who is who."""
        return self.named or who_of(self.p.cast, self.p.candidates)

    @property
    def hours(self) -> PollingHours:
        """Return when the polls were open, or were to be."""
        return hours_of(self.p.vote, self.poll_day)

    @property
    def inauguration(self) -> float:
        """Return the day on which the new term began."""
        return inauguration_day(self.p.calendar, self.p.vote, self.poll_day)

    @property
    def horizon(self) -> float:
        """Return the day on which the clock stopped."""
        return horizon_day(self.p.calendar, self.p.vote)

    @property
    def last_findings(self) -> tuple[Finding, ...]:
        """Return the findings at the last hour."""
        return self.findings_by_hour[-1][1] if self.findings_by_hour else ()


Compute = Callable[[Played], Value]
