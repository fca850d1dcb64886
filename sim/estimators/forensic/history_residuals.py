"""Changes since an earlier election: did the candidate gain where turnout rose?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.association import beyond_p, clustered
from sim.models.forensics.design import design_of
from sim.models.forensics.null_world import logit
from sim.models.forensics.rows import ARRAYS, Floats, Rows

MEDIAN_TO_SD = 1.4826
FAR = 4.0
SUMS = ("target", "other", "valid", "ballots", "registered")


def by_centre(rows: Rows) -> Rows:
    """Return one row a centre: votes, ballots and registers added up, region and history of its
    first table.
    """
    first = np.unique(rows.centre, return_index=True)[1]
    columns = {name: getattr(rows, name)[first] for name in ARRAYS}
    columns |= {
        name: np.bincount(rows.centre, getattr(rows, name)).astype(np.int64) for name in SUMS
    }
    return replace(rows, **columns)


def far(x: Floats) -> int:
    """Return how many values lie further than four robust standard deviations from the median."""
    gap = np.abs(x - np.median(x))
    return int((gap > FAR * MEDIAN_TO_SD * np.median(gap)).sum())


@dataclass(frozen=True, slots=True)
class HistoryResiduals(RowTest):
    """Sees stuffing of whole centres against earlier results; level not held where honest
    mobilisation changes sides.

    Regressions of turnout and of the candidate's two-party share on earlier values, size and
    region, by centre; the residuals may go together as far as `history_correlation` allows. Blind
    to switching spread evenly and to what was already done in the earlier election. Needs earlier
    results in the frame. Venezuela's sheets of 2024 on 2013: r +.03, no alarm; no other honest file
    at hand holds two elections.
    """

    key: ClassVar[str] = "history_residuals"
    quantity: ClassVar[str] = (
        "how changes in turnout and in the candidate's share since the earlier election go together"
    )
    unit: ClassVar[str] = "correlation"
    needs: ClassVar[str] = "a frame with earlier shares is given"
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "the earlier results are right and belong to the same centres",
        "less history, size and region, honest changes of turnout and share are correlated by no "
        "more than the stated allowance",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the tables with a register and an earlier result, where there are enough centres
        of them.
        """
        kept = rows.taken(rows.turnout_known & np.isfinite(rows.past_share))
        n, least = int(kept.centre.max(initial=-1)) + 1, self.settings.min_tables
        if n >= least:
            return kept
        return f"There are too few centres with earlier results: {n:,} where {least:,} are needed."

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the correlation of the residuals over centres; one-sided: both up together."""
        centres = by_centre(rows)
        design = design_of(centres)
        turnout = design.residual(logit(centres.ballots, centres.registered))
        share = design.residual(logit(centres.target, centres.target + centres.other))
        r, error = clustered(turnout, share, centres.centre)
        reach, n = 1.96 * error if np.isfinite(error) else 1.0, len(turnout)
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=r,
            p=beyond_p(r, error, self.settings.history_correlation, two_sided=False),
            statement=f"Over {n:,} centres, changes of turnout and of the share of {name} that "
            "region, size and the earlier result do "
            f"not explain have a correlation of {r:+.2f} (allowed: up to "
            f"{self.settings.history_correlation:.2f}); "
            f"{far(share):,} centres lie far off in share, {far(turnout):,} in turnout.",
            settled_by="A look at the centres far off in both would settle it.",
            interval=(max(r - reach, -1.0), min(r + reach, 1.0), 0.95),
            details={"centres": n, "far_in_share": far(share), "far_in_turnout": far(turnout)},
        )
