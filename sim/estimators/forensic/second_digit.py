"""Mean second digit of two candidates' votes (Mebane 2008), against the country's own table sizes
instead of Benford.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.calibration import distance_p
from sim.models.forensics.digits import BENFORD_SECOND_MEAN, second_digit_mean
from sim.models.forensics.rows import Rows

KNOWN = 0.5
NO_HISTORY = (
    "without earlier results of most tables this test takes honest differences between "
    "places for a pattern"
)


@dataclass(frozen=True, slots=True)
class SecondDigit(RowTest):
    """Second digits follow table sizes and shares, not conduct: a verdict only where earlier
    results are known.

    The mean is Mebane's; the comparison is our own: honest elections redrawn with the country's
    table sizes, regions and earlier shares, because against Benford's 4.187 nearly every election
    of polling tables fails. Where support has another shape than the null, the means differ and the
    test alarms.
    """

    key: ClassVar[str] = "second_digit"
    quantity: ClassVar[str] = "mean second digit of the candidate's votes"
    unit: ClassVar[str] = "mean digit"
    assumptions: ClassVar[tuple[str, ...]] = (
        "support varies by region, size, earlier results, and normally on the logit scale by "
        "centre and table",
    )

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the candidate's mean second digit; p from both candidates' means together."""

        def statistics(found: Rows) -> list[float]:
            return [second_digit_mean(found.target), second_digit_mean(found.other)]

        seen, null = self.against_redraws(rows, statistics, self.settings.redraws, rng)
        each = [
            (w, float(s), float(m))
            for w, s, m in zip((name, other), seen, null.mean(axis=0), strict=True)
        ]
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=float(seen[0]),
            p=distance_p(seen, null),
            statement="Mean second digit of the votes: "
            + "; ".join(
                f"{w} {s:.3f}, honest elections of these table sizes {m:.3f}" for w, s, m in each
            )
            + f" (Benford's law {BENFORD_SECOND_MEAN}).",
            settled_by="Earlier results of every table, or copies of the tables, would make it "
            "firmer.",
            no_verdict="" if np.isfinite(rows.past_share).mean() >= KNOWN else NO_HISTORY,
            details={"means": {w: s for w, s, _ in each}, "null_means": {w: m for w, _, m in each}},
        )
