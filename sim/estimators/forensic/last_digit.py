"""Last digits of the votes of the chosen candidate and of the strongest other (Beber and Scacco
2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from numpy.random import Generator

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.calibration import any_of
from sim.models.forensics.digits import chi2_p, last_digit_chi2, last_digits
from sim.models.forensics.rows import Rows

FREEDOM = 9


@dataclass(frozen=True, slots=True)
class LastDigit(RowTest):
    """Sees numbers that people made up, in many tables; blind to votes moved or added by rule;
    quiet on honest files seen.

    The paper's statistic: chi-squared of equally frequent last digits. Null: honest elections
    redrawn with the country's own table sizes; where their mean is above 9, small counts are the
    reason, and the statistic is scaled down by it. Needs made-up digits in about a tenth of 25,000
    tables.
    """

    key: ClassVar[str] = "last_digit"
    quantity: ClassVar[str] = (
        "unevenness of last digits, the larger of two candidates' (9 is what chance gives)"
    )
    unit: ClassVar[str] = "chi-squared"
    assumptions: ClassVar[tuple[str, ...]] = (
        "votes vary by region, centre, table and chance over several tens of votes",
        "counts below the stated number of votes are not looked at",
    )

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the larger of the two candidates' statistics; p is twice the smaller."""
        least = self.settings.digit_votes

        def statistics(found: Rows) -> list[float]:
            return [last_digit_chi2(counts, least) for counts in (found.target, found.other)]

        seen, redrawn = self.against_redraws(rows, statistics, self.settings.redraws, rng)
        null = redrawn.mean(axis=0)
        p = any_of(
            *(
                chi2_p(s * FREEDOM / max(m, FREEDOM), FREEDOM)
                for s, m in zip(seen, null, strict=True)
            )
        )
        each = [
            (who, float(s), float(m)) for who, s, m in zip((name, other), seen, null, strict=True)
        ]
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=float(seen.max()),
            p=p,
            statement="How uneven the last digits are (chi-squared; chance gives about 9): "
            + "; ".join(f"{who} {s:.1f}, honest elections like this {m:.1f}" for who, s, m in each)
            + ".",
            settled_by="Copies of the tables would settle it.",
            details={
                "chi2": {who: s for who, s, _ in each},
                "null_mean": {who: m for who, _, m in each},
                "digits": {
                    who: last_digits(counts, least).tolist()
                    for who, counts in ((name, rows.target), (other, rows.other))
                },
            },
        )
