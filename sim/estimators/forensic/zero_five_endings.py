"""Counts and rounded percentages that end in 0 or 5 (Kalinin and Mebane)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from numpy.random import Generator

from sim.estimators.base import percent
from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.calibration import any_of, upper_p
from sim.models.forensics.digits import rounded_percentages, zero_five_share
from sim.models.forensics.rows import Rows

LOOKS = (
    "candidate's votes",
    "strongest other's votes",
    "ballots",
    "candidate's percentage",
    "turnout percentage",
)
BY_REGISTER = (2, 4)


def endings(rows: Rows) -> list[float]:
    """Return the share of endings in 0 or 5 in each of LOOKS (turnout where the register is
    known).
    """
    known = rows.turnout_known
    turnout = rounded_percentages(rows.ballots[known], rows.registered[known])
    return [
        zero_five_share(rows.target),
        zero_five_share(rows.other),
        zero_five_share(rows.ballots),
        zero_five_share(rounded_percentages(rows.target, rows.valid)),
        zero_five_share(turnout),
    ]


@dataclass(frozen=True, slots=True)
class ZeroFiveEndings(RowTest):
    """Sees counts rounded to fives or tens, and wanted percentages; blind to votes moved by rule.

    Null: honest elections redrawn with the country's own table sizes; five looks, Bonferroni,
    excess only. Percentages of turnout that bunch for honest reasons (a peak at 65 %) can alarm it.
    """

    key: ClassVar[str] = "zero_five_endings"
    quantity: ClassVar[str] = (
        "share of the candidate's counts that end in 0 or 5 (chance gives about 20 %)"
    )
    unit: ClassVar[str] = "share"
    assumptions: ClassVar[tuple[str, ...]] = (
        "turnout and support vary by region, size, earlier results where given, and normally by "
        "centre and table",
    )

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the share among the candidate's counts; p from the largest excess of the looks."""
        seen, null = self.against_redraws(rows, endings, self.settings.redraws, rng)
        looks = [k for k in range(len(LOOKS)) if k not in BY_REGISTER or rows.turnout_known.any()]
        mean = null.mean(axis=0)
        widest = max(looks, key=lambda k: float(seen[k] - mean[k]))
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=float(seen[0]),
            p=any_of(*(upper_p(float(seen[k]), null[:, k]) for k in looks)),
            statement=f"{percent(seen[0])} of the counts of {name} end in 0 or 5. The largest "
            f"excess is in the {LOOKS[widest]}: "
            f"{percent(seen[widest])}, where honest elections give {percent(mean[widest])}.",
            settled_by="Copies of the tables would settle it.",
            details={
                LOOKS[k]: {"share": float(seen[k]), "null_mean": float(mean[k])} for k in looks
            },
        )
