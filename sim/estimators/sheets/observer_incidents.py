"""Incident reports by category against the background rate of an orderly election."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from scipy.special import gammainc

from sim.estimators.base import nothing_to_say, percent
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import CITIZEN, Evidence, Incidents
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

TOUCHES_THE_COUNT = frozenset(
    {
        "BallotStuffing",
        "NumberOfBallotsExceedsNumberOfVoters",
        "FalsificationOrImproperCorrectionOfFinalProtocol",
    }
)
"""Categories of VoteMonitor that speak of the count itself; others speak of conduct and give no
verdict on a result.
"""


def poisson_at_least(count: int, mean: float) -> float:
    """Return P(Poisson(mean) >= count)."""
    return 1.0 if count == 0 else float(gammainc(count, mean)) if mean > 0 else 0.0


def counts_by_category(incidents: Incidents) -> dict[str, int]:
    """Return the reports of observers and witnesses by category; citizens' messages have no
    denominator and are left out.
    """
    seen = incidents.source != CITIZEN
    counts = np.bincount(incidents.category[seen], minlength=len(incidents.categories))
    return {name: int(n) for name, n in zip(incidents.categories, counts, strict=True)}


@dataclass(frozen=True, slots=True)
class ObserverIncidents:
    """Compares incidents reported per observed table with a background rate, kind by kind."""

    monitoring: Monitoring
    key: ClassVar[str] = "observer_incidents"
    reads: ClassVar[frozenset[str]] = frozenset({"incidents"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "reports of an orderly election are independent, at the stated background rate",
        "observers report alike everywhere",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return reports per observed table; the verdict rests on the categories that touch the
        count.
        """
        incidents, quantity = evidence.incidents, "incident reports per observed table"
        if incidents is None or incidents.observed_tables <= 0 or not incidents.categories:
            return nothing_to_say(
                self,
                quantity,
                "reports per table",
                "No incident reports were given.",
                "observers report",
            )
        counts = counts_by_category(incidents)
        expected = self.monitoring.incident_background_share * incidents.observed_tables
        p = {name: poisson_at_least(n, expected) for name, n in counts.items()}
        above = [name for name in counts if p[name] <= self.monitoring.alpha / len(counts)]
        return self._finding(incidents.observed_tables, counts, p, above)

    def _finding(
        self, tables: int, counts: dict[str, int], p: dict[str, float], above: list[str]
    ) -> Finding:
        total, background = sum(counts.values()), self.monitoring.incident_background_share
        touching = [name for name in above if name in TOUCHES_THE_COUNT]
        verdict = INCONSISTENT if touching else UNDECIDED if above else CONSISTENT
        if above:
            rates = ", ".join(
                f"{name} {counts[name]} ({percent(counts[name] / tables)} of tables)"
                for name in above
            )
            words = (
                f"More reports than the background of {percent(background)} a table explains: "
                f"{rates}."
            )
            if not touching:
                words += (
                    " They speak of conduct, not of the count, and give no verdict on the "
                    "announced result."
                )
        else:
            words = f"No category exceeds the background of {percent(background)} a table."
        return Finding(
            estimator=self.key,
            quantity="incident reports per observed table",
            unit="reports per table",
            estimate=total / tables,
            low=None,
            high=None,
            level=None,
            verdict=verdict,
            p_value=min(1.0, min(p.values()) * len(p)),
            statement=f"{total:,} reports from {tables:,} observed tables. {words}",
            assumptions=self.assumptions,
            rests_on="if the reports are true and the background rate is that of an orderly "
            "election",
            changes_if="Checking the reports, or a measured background rate, would change it.",
            details={"reports": counts, "p_values": p, "above_background": above},
        )
