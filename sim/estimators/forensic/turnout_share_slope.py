"""Does the leader's share rise with turnout (Sobyanin and Sukhovolsky 1993), between tables of one
centre?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.models.forensics.association import beyond_p, clustered
from sim.models.forensics.null_world import logit, past_columns, residuals
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Rows, group_means, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "correlation of turnout and the leader's share among tables of one centre"


def centred(rows: Rows) -> tuple[np.ndarray, np.ndarray, bool]:
    """Return residual logits of turnout and share less their centre's mean; less region and history
    without such centres.
    """
    turnout, share = logit(rows.ballots, rows.registered), logit(rows.lead, rows.valid)
    size = np.bincount(rows.centre)[rows.centre]
    if (size > 1).mean() >= 0.2:
        return (
            turnout - group_means(turnout, rows.centre),
            share - group_means(share, rows.centre),
            True,
        )
    by_turnout, by_share = (
        past_columns(rows.past_turnout, rows.region),
        past_columns(rows.past_share, rows.region),
    )
    return (
        residuals(turnout, by_turnout, rows.region),
        residuals(share, by_share, rows.region),
        False,
    )


def sobyanin(rows: Rows) -> float:
    """Return the slope of the leader's votes on ballots, both over registered, minus the mean share
    of ballots.
    """
    x, y = rows.ballots / rows.registered, rows.lead / rows.registered
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread > 0 else 0.0
    return slope - float(rows.lead.sum() / rows.ballots.sum())


@dataclass(frozen=True, slots=True)
class TurnoutShareSlope:
    """Sees stuffing at single tables; level not held where a file has no centres, for honest places
    differ in both.

    Voters of one centre are near alike, so among its tables turnout and share should go together no
    more than age or alphabet makes them (`centre_correlation`, an allowance). The slope between
    places that is usually quoted is stated, not tested: honest turnout goes with support. Blind to
    switching, and to stuffing of whole centres. Honest files at 1 %: correlations inside centres
    Venezuela's sheets of 2024 -.09, Guanajuato 2012 +.05, Albania 2013 (communes) -.01: none
    alarms. Russia 2018, inside territorial commissions: +.29.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "turnout_share_slope"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "among tables of one centre, honest turnout and share are correlated by no more than the "
        "stated allowance",
        "centres are independent of each other",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the correlation with its interval."""
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        rows = None if rows is None else rows.taken(rows.turnout_known)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results with a known register."
            return nothing_to_say(
                self, QUANTITY, "1", words, "more tables' results and registers are given"
            )
        x, y, inside = centred(rows)
        r, error = clustered(x, y, rows.centre)
        raw = (
            float(np.corrcoef(rows.ballots / rows.registered, rows.lead / rows.valid)[0, 1])
            if x.any() and y.any()
            else 0.0
        )
        reach, where = (
            1.96 * error if np.isfinite(error) else 1.0,
            "one centre" if inside else "one region, less history",
        )
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY
            if inside
            else "correlation of turnout and the leader's share less region and history",
            unit="1",
            estimate=r,
            p=beyond_p(r, error, settings.centre_correlation),
            statement=f"Among tables of {where} the correlation of turnout and the share of "
            f"{names(evidence, rows)[0]} is "
            f"{r:+.3f} (allowance {settings.centre_correlation:.2f}); over all tables it is "
            f"{raw:+.3f}.",
            interval=(max(r - reach, -1.0), min(r + reach, 1.0), 0.95),
            details={
                "within_centres": inside,
                "correlation_all": raw,
                "sobyanin_sukhovolsky": sobyanin(rows),
            },
        )
