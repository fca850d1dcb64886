"""What observers could see and infer: copies, quick count, verdicts by estimator, incidents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.estimators.register import ESTIMATORS
from sim.fast.derived import derived
from sim.measures.base import Compute, Played
from sim.models.chain.collection import selectivity
from sim.models.chain.incidents import CATEGORIES
from sim.records.results.outcome import Measure, Value
from sim.records.seen.evidence import CITIZEN, Incidents
from sim.records.seen.finding import INCONSISTENT, UNDECIDED, Finding

POINTS = "share"


def _minutes_open(played: Played) -> float:
    return played.hours.open_minutes


def copies_share_24h(played: Played) -> Value:
    """Return copies digitised within 24 h of closing over tables."""
    if played.chain is None:
        return None
    return float((played.chain.scanned_minute <= _minutes_open(played) + 1440).mean())


def copies_share_final(played: Played) -> Value:
    """Return copies ever digitised over tables."""
    return None if played.chain is None else float(np.isfinite(played.chain.scanned_minute).mean())


def copies_selectivity_share(played: Played) -> Value:
    """Return the incumbent's share on collected sheets minus its share on all sheets."""
    chain = played.chain
    return (
        None
        if chain is None
        else selectivity(chain.shown, np.isfinite(chain.scanned_minute), played.contest.incumbent)
    )


def copies_median_hours(played: Played) -> Value:
    """Return the median hour at which copies were digitised."""
    if played.chain is None:
        return None
    minutes = played.chain.scanned_minute[np.isfinite(played.chain.scanned_minute)]
    return float((np.median(minutes) - _minutes_open(played)) / 60) if minutes.size else None


def transmitted_share_6h(played: Played) -> Value:
    """Return tables received by the authority within 6 h of closing."""
    if played.chain is None:
        return None
    return float((played.chain.transmitted_minute <= _minutes_open(played) + 360).mean())


def _finding(played: Played, key: str) -> Finding | None:
    return next((f for f in played.last_findings if f.estimator == key), None)


def _truth_lead(played: Played) -> float | None:
    if played.truth is None:
        return None
    totals = played.truth.cast.totals
    valid = float(totals.sum())
    return (
        float(totals[played.contest.challenger] - totals[played.contest.incumbent]) / valid
        if valid
        else None
    )


def qc_lead_share(played: Played) -> Value:
    """Return the quick count's estimate of the lead (challenger minus incumbent)."""
    found = _finding(played, "quick_count_ratio")
    return None if found is None else found.estimate


def qc_margin_share(played: Played) -> Value:
    """Return half the width of the quick count's interval of the lead."""
    found = _finding(played, "quick_count_ratio")
    return (
        None
        if found is None or found.low is None or found.high is None
        else (found.high - found.low) / 2
    )


def qc_error_share(played: Played) -> Value:
    """Return the quick count's estimate of the lead minus the lead in the votes cast."""
    found, true = _finding(played, "quick_count_ratio"), _truth_lead(played)
    return (
        None if found is None or found.estimate is None or true is None else found.estimate - true
    )


def qc_covered(played: Played) -> Value:
    """Return whether the quick count's interval of the lead covers the lead in the votes cast."""
    found, true = _finding(played, "quick_count_ratio"), _truth_lead(played)
    if found is None or found.low is None or found.high is None or true is None:
        return None
    return found.low <= true <= found.high


def qc_calls_winner(played: Played) -> Value:
    """Return whether the quick count's interval names the winner of the votes cast (False: the
    other, or no call).
    """
    found, true = _finding(played, "quick_count_ratio"), _truth_lead(played)
    if found is None or true is None:
        return None
    if found.low is None or found.high is None:
        return False
    return found.low > 0 if true > 0 else found.high < 0


def qc_returned_share(played: Played) -> Value:
    """Return reports in hand over sampled tables."""
    return None if played.quick_count is None else float(played.quick_count.reported.mean())


def incidents_per_1000(played: Played) -> Value:
    """Return reports of observers and witnesses per 1,000 observed tables."""
    reports = played.incidents
    if reports is None or reports.observed_tables == 0:
        return None
    return 1000 * int(np.count_nonzero(reports.source != CITIZEN)) / reports.observed_tables


def boxes_mismatch_share(played: Played) -> Value:
    """Return checked boxes that differ from the machine."""
    boxes = played.boxes
    return None if boxes is None or boxes.table.size == 0 else float(boxes.mismatch.mean())


def findings_inconsistent(played: Played) -> Value:
    """Return how many estimators find the announced result inconsistent with their evidence at
    last.
    """
    return (
        None
        if not played.findings_by_hour
        else sum(f.verdict == INCONSISTENT for f in played.last_findings)
    )


@dataclass(frozen=True)
class Detected:
    """Whether an estimator finds the announced result inconsistent at the last of its hours."""

    key: str

    def __call__(self, played: Played) -> Value:
        """Return it, or None where the estimator was not asked."""
        found = _finding(played, self.key)
        return None if found is None else found.verdict == INCONSISTENT

    @property
    def measure(self) -> Measure:
        """Return what it declares."""
        said = f"{self.key}: announced result inconsistent with its evidence"
        return _m(f"detected_{self.key}", "bool", "share", 0, said)


@dataclass(frozen=True)
class DecidedHours:
    """The first hour at which an estimator gave its last verdict."""

    key: str

    def __call__(self, played: Played) -> Value:
        """Return hours after the close, or None where it never decided."""
        last = _finding(played, self.key)
        if last is None or last.verdict == UNDECIDED:
            return None
        for hour, findings in played.findings_by_hour:
            if any(f.estimator == self.key and f.verdict == last.verdict for f in findings):
                return hour
        return None

    @property
    def measure(self) -> Measure:
        """Return what it declares."""
        said = f"{self.key}: first hour of its last verdict"
        return _m(f"decided_hours_{self.key}", "hours", "hours", -1, said)


@derived
def from_inside(reports: Incidents) -> tuple[int, ...]:
    """Return how many reports of each category come from observers and witnesses; all categories
    ask at once.
    """
    inside = reports.category[reports.source != CITIZEN]
    return tuple(np.bincount(inside, minlength=len(reports.categories)).tolist())


def _incident(category: str) -> Compute:
    def compute(played: Played) -> Value:
        reports = played.incidents
        if reports is None or reports.observed_tables == 0:
            return None
        return (
            1000
            * from_inside(reports)[reports.categories.index(category)]
            / reports.observed_tables
        )

    return compute


def _m(name: str, kind: str, unit: str, direction: int, definition: str) -> Measure:
    return Measure(name, "monitoring", kind, unit, direction, definition)


def snake(category: str) -> str:
    """Return a category's name in lower case with underscores, at most 40 letters."""
    return (
        "".join("_" + c.lower() if c.isupper() else c for c in category).strip("_")[:40].rstrip("_")
    )


_OF_ESTIMATORS: tuple[tuple[Measure, Compute], ...] = (
    *((one.measure, one) for one in map(Detected, ESTIMATORS)),
    *((one.measure, one) for one in map(DecidedHours, ESTIMATORS)),
)

MONITORING: dict[str, tuple[Measure, Compute]] = {
    m.name: (m, compute)
    for m, compute in (
        (
            _m("copies_share_24h", "share", "share", 1, "copies digitised within 24 h over tables"),
            copies_share_24h,
        ),
        (
            _m("copies_share_final", "share", "share", 1, "copies ever digitised over tables"),
            copies_share_final,
        ),
        (
            _m(
                "copies_selectivity_share",
                "share",
                POINTS,
                -1,
                "incumbent's share: collected sheets minus all sheets",
            ),
            copies_selectivity_share,
        ),
        (
            _m(
                "copies_median_hours",
                "hours",
                "hours",
                -1,
                "median hour after closing of digitising",
            ),
            copies_median_hours,
        ),
        (
            _m(
                "transmitted_share_6h",
                "share",
                "share",
                1,
                "tables received by the authority within 6 h",
            ),
            transmitted_share_6h,
        ),
        (
            _m("qc_lead_share", "share", POINTS, 0, "quick count: estimate of the lead"),
            qc_lead_share,
        ),
        (
            _m(
                "qc_margin_share",
                "share",
                POINTS,
                -1,
                "quick count: half-width of the interval of the lead",
            ),
            qc_margin_share,
        ),
        (
            _m(
                "qc_error_share",
                "share",
                POINTS,
                0,
                "quick count: estimate minus lead in the votes cast",
            ),
            qc_error_share,
        ),
        (
            _m(
                "qc_covered",
                "bool",
                "share",
                1,
                "quick count: its interval covers the lead in the votes cast",
            ),
            qc_covered,
        ),
        (
            _m(
                "qc_calls_winner",
                "bool",
                "share",
                1,
                "quick count: its interval names the winner of the votes cast",
            ),
            qc_calls_winner,
        ),
        (
            _m(
                "qc_returned_share",
                "share",
                "share",
                1,
                "quick count: reports in hand over sampled tables",
            ),
            qc_returned_share,
        ),
        (
            _m("incidents_per_1000", "number", "reports", 0, "reports per 1,000 observed tables"),
            incidents_per_1000,
        ),
        (
            _m(
                "boxes_mismatch_share",
                "share",
                "share",
                -1,
                "checked boxes that differ from the machine",
            ),
            boxes_mismatch_share,
        ),
        (
            _m(
                "findings_inconsistent",
                "count",
                "findings",
                0,
                "estimators that find the announced result inconsistent",
            ),
            findings_inconsistent,
        ),
        *_OF_ESTIMATORS,
        *(
            (
                _m(
                    f"incidents_{snake(c)}",
                    "number",
                    "reports",
                    -1,
                    f"reports of {c} per 1,000 observed tables",
                ),
                _incident(c),
            )
            for c in CATEGORIES
        ),
    )
}
