"""The family line under the forensic tests: Holm's p-values, and how often an honest election
raises as many alarms.

The honest elections are redrawn from the null fitted to the very rows
(sim/models/forensics/null_world.py), and every test runs on each as it ran on the file. They share
regions, table sizes and history with the file, never its patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.estimators.register import ESTIMATORS, FORENSIC, STREAM
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.rows import Rows, rows_of
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Frame, Sheets
from sim.records.seen.finding import Finding
from sim.rng import Streams

WORLDS = "forensics/family"
"""Stream of the honest elections behind the family line."""

NO_ACCOUNT = (
    "A pattern is no account of how it came about: it says where to look. Independently held "
    "copies, compared table by table, settle what a pattern only suggests. Tests read from copies "
    "give no verdict on an announced result."
)


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """tests: keys with a p-value. holm: their adjusted p-values. alarms: tests with p <= alpha;
    holm_alarms: after adjustment.

    honest_elections: redraws made. as_many_share, any_share, any_holm_share: the share of them with
    as many alarms as the file, with any, and with any after adjustment (None when none was made).
    without_verdict: tests that ran and show a statistic only.
    """

    tests: tuple[str, ...]
    p_values: tuple[float, ...]
    holm: tuple[float, ...]
    alpha: float
    alarms: int
    holm_alarms: int
    honest_elections: int
    as_many_share: float | None
    any_share: float | None
    any_holm_share: float | None
    without_verdict: int = 0

    @property
    def sentence(self) -> str:
        """Return the line in words."""
        if not self.tests and not self.without_verdict:
            return "No forensic test had enough rows to run."
        if not self.tests:
            return f"No forensic test gave a p-value{self._silent}."
        head = (
            f"{len(self.tests)} forensic tests gave a p-value: {self.alarms} of at most "
            f"{self.alpha:g}, {self.holm_alarms} after allowing for their number (Holm)"
            f"{self._silent}."
        )
        if self.as_many_share is None or self.any_share is None:
            return f"{head} {NO_ACCOUNT}"
        many = f"{100 * self.as_many_share:.0f} % raise as many alarms, " if self.alarms > 1 else ""
        return (
            f"{head} Of {self.honest_elections} honest elections with these table sizes "
            f"{many}{100 * self.any_share:.0f} % raise at least one. {NO_ACCOUNT}"
        )

    @property
    def _silent(self) -> str:
        n = self.without_verdict
        return f"; {n} more showed a statistic without a verdict" if n else ""


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm's step-down adjusted p-values, in the order given."""
    p = np.array(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    out = np.empty(len(p))
    out[order] = stepped
    return tuple(map(float, out))


def as_evidence(rows: Rows) -> Evidence:
    """Return rows as announced rows: of the candidate, the strongest other and the rest."""
    n = len(rows.target)
    table = np.arange(n, dtype=np.int32)
    votes = np.stack([rows.target, rows.other, rows.valid - rows.target - rows.other])
    frame = Frame(
        rows.registered,
        rows.centre.astype(np.int32),
        rows.region.astype(np.int32),
        None,
        rows.past_share if np.isfinite(rows.past_share).any() else None,
        rows.past_turnout if np.isfinite(rows.past_turnout).any() else None,
    )
    sheets = Sheets(table, votes, rows.ballots - rows.valid, None, rows.registered)
    return Evidence(
        ("candidate", "strongest other", "rest"),
        frame,
        None,
        None,
        Announced(votes.sum(axis=1), rows=sheets, tables=n),
        target=0,
    )


def p_values_of(
    evidence: Evidence, keys: Sequence[str], monitoring: Monitoring, streams: Streams
) -> list[float | None]:
    """Return each test's p-value, None where it had nothing to say."""
    return [
        ESTIMATORS[key](monitoring).assess(evidence, streams(STREAM + key)).p_value for key in keys
    ]


def family_line(
    evidence: Evidence,
    findings: Sequence[Finding],
    monitoring: Monitoring,
    streams: Streams,
    honest_elections: int = 20,
    progress: Callable[[str], None] | None = None,
) -> FamilyLine:
    """Return the family line of the forensic findings among `findings`.

    Args:
        evidence: what they were made from. honest_elections: redraws on which every test runs again
        (0: none). progress: told how far it is.
    """
    ran = [f for f in findings if f.estimator in FORENSIC and f.p_value is not None]
    p, alpha, rows = (
        [f.p_value or 0.0 for f in ran],
        monitoring.alpha,
        rows_of(evidence, monitoring.forensics.largest_centre),
    )
    adjusted = holm(p)
    alarms, keys = sum(v <= alpha for v in p), [f.estimator for f in ran]
    counts = np.zeros((0, 2), dtype=np.int64)
    if rows is not None and keys and honest_elections > 0:
        counts = _honest_counts(
            rows, keys, monitoring, streams, honest_elections, progress or (lambda _: None)
        )
    of_counts = counts if len(counts) else None
    return FamilyLine(
        tests=tuple(f.estimator for f in ran),
        p_values=tuple(p),
        holm=adjusted,
        alpha=alpha,
        alarms=alarms,
        holm_alarms=sum(v <= alpha for v in adjusted),
        honest_elections=len(counts),
        as_many_share=None if of_counts is None else float((counts[:, 0] >= alarms).mean()),
        any_share=None if of_counts is None else float((counts[:, 0] >= 1).mean()),
        any_holm_share=None if of_counts is None else float((counts[:, 1] >= 1).mean()),
        without_verdict=sum("alarm" in f.details and f.p_value is None for f in findings),
    )


def _honest_counts(
    rows: Rows,
    keys: Sequence[str],
    monitoring: Monitoring,
    streams: Streams,
    elections: int,
    tell: Callable[[str], None],
) -> np.ndarray:
    """Return (elections, 2) alarms at alpha and after Holm's adjustment; redraws are cut to 40 for
    speed.
    """
    quick = monitoring.model_copy(
        update={"forensics": monitoring.forensics.model_copy(update={"redraws": 40})}
    )
    world, rng, out = fit_null(rows), streams(WORLDS), []
    for number in range(elections):
        tell(f"honest election {number + 1} of {elections}")
        redrawn = replace(world.redraw(rng), announced=True)
        found = p_values_of(as_evidence(redrawn), keys, quick, Streams(streams.entropy, number + 1))
        p = [v for v in found if v is not None]
        out.append(
            (sum(v <= monitoring.alpha for v in p), sum(v <= monitoring.alpha for v in holm(p)))
        )
    return np.array(out, dtype=np.int64)
