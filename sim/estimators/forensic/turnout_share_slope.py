"""Do turnout and the candidate's share rise together between tables of one centre?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.association import beyond_p, clustered
from sim.models.forensics.null_world import logit
from sim.models.forensics.rows import Floats, Rows, group_means

LEAST_TOGETHER = 0.2


def centred(rows: Rows) -> tuple[Floats, Floats]:
    """Return (n,) logits of turnout and of the candidate's share, less their centre's mean."""
    turnout, share = logit(rows.ballots, rows.registered), logit(rows.target, rows.valid)
    return turnout - group_means(turnout, rows.centre), share - group_means(share, rows.centre)


def sobyanin(rows: Rows) -> float:
    """Return the slope of the candidate's votes on ballots, both over registered, minus the mean
    share of ballots (Sobyanin and Sukhovolsky 1993).
    """
    x, y = rows.ballots / rows.registered, rows.target / rows.registered
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread > 0 else 0.0
    return slope - float(rows.target.sum() / rows.ballots.sum())


@dataclass(frozen=True, slots=True)
class TurnoutShareSlope(RowTest):
    """Sees stuffing at single tables of a centre; does not run where a file has no centres.

    Voters of one centre are near alike, so among its tables turnout and share should go together no
    more than age or alphabet makes them (`centre_correlation`, an allowance). The slope between
    places that is usually quoted (Sobyanin and Sukhovolsky, 1993) is in details, not tested: honest
    turnout goes with support. Blind to switching, and to stuffing of whole centres. Honest files:
    Venezuela's sheets of 2024 -.09, Guanajuato 2012 +.03.
    """

    key: ClassVar[str] = "turnout_share_slope"
    quantity: ClassVar[str] = (
        "how turnout and the candidate's share go together among tables of one centre"
    )
    unit: ClassVar[str] = "correlation"
    needs: ClassVar[str] = "tables are given with their registers and polling centres"
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "among tables of one centre, honest turnout and share are correlated by no more than the "
        "stated allowance",
        "centres are independent of each other",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the tables with a register, where a fifth of them or more share a centre."""
        if rows.no_centres:
            return f"This test compares tables of one polling centre: {rows.no_centres}."
        known = rows.taken(rows.turnout_known)
        together = (
            float((np.bincount(known.centre)[known.centre] > 1).mean())
            if len(known.target)
            else 0.0
        )
        if together < LEAST_TOGETHER:
            return (
                f"Only {100 * together:.0f} % of the tables with a register share a centre "
                "with another; 20 % are needed."
            )
        return self.enough(known, "rows of results with a known register")

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the correlation with its interval."""
        x, y = centred(rows)
        r, error = clustered(x, y, rows.centre)
        turnout, share = rows.ballots / rows.registered, rows.target / rows.valid
        raw = (
            float(np.corrcoef(turnout, share)[0, 1])
            if min(np.ptp(turnout), np.ptp(share)) > 0
            else 0.0
        )
        reach = 1.96 * error if np.isfinite(error) else 1.0
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=r,
            p=beyond_p(r, error, self.settings.centre_correlation),
            statement="Among tables of one centre the correlation of turnout and the share of "
            f"{name} is {r:+.2f} (allowed: "
            f"{self.settings.centre_correlation:.2f} either way). Over all tables it is "
            f"{raw:+.2f}, which says nothing by itself.",
            settled_by="Voters counted against ballots at tables with high turnout would settle "
            "it.",
            interval=(max(r - reach, -1.0), min(r + reach, 1.0), 0.95),
            details={"correlation_all": raw, "sobyanin_sukhovolsky": sobyanin(rows)},
        )
