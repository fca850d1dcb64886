"""Excess of tables with an integer percentage of share or turnout (Kobak, Shpilkin and
Pshenichnikov 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.estimators.base import votes
from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.integer_percentages import (
    either_chance,
    integer_chance,
    is_integer,
    redrawn_counts,
    upper_tail,
)
from sim.models.forensics.rows import Floats, Rows

Seen = tuple[NDArray[np.bool_], Floats]


def by_share(rows: Rows) -> Seen:
    """Return (n,) whether the candidate's share of the ballots found is a whole percentage, and the
    chance of that under the null: votes ~ Binomial(ballots, the table's own share).
    """
    return is_integer(rows.target, rows.ballots), integer_chance(
        rows.ballots, rows.target / rows.ballots
    )


def by_turnout(rows: Rows) -> Seen:
    """Return the same of ballots found over the register; never integer, at no chance, where no
    register is known.
    """
    known, seen, chance = (
        rows.turnout_known,
        np.zeros(len(rows.ballots), dtype=np.bool_),
        np.zeros(len(rows.ballots)),
    )
    ballots, registered = rows.ballots[known], rows.registered[known]
    seen[known], chance[known] = (
        is_integer(ballots, registered),
        integer_chance(registered, ballots / registered),
    )
    return seen, chance


@dataclass(frozen=True, slots=True)
class IntegerPercentages(RowTest):
    """Sees results written down from wanted percentages; blind to moved votes and to stuffing.

    The paper's filter and null: the candidate over ballots found, turnout over the register, each
    binomial at the table's own share, so tables of few voters, whose percentages are coarse, are
    expected to be integer as often as they are. One difference: the paper's turnout is ballots
    issued, which sheets seldom hold; here it is ballots found. Sees percentages chosen first (2 %
    of tables with rounded shares nearly always). Russia 2011 and 2018 by the paper's columns: 1,003
    and 1,709 tables.
    """

    key: ClassVar[str] = "integer_percentages"
    quantity: ClassVar[str] = "tables with a whole percentage, above what chance gives"
    unit: ClassVar[str] = "tables"
    assumptions: ClassVar[tuple[str, ...]] = (
        "votes at a table are binomial around its own share",
        "turnout and share are whole percentages independently of each other",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the tables that the published filter leaves: size, turnout and share not
        near 1.
        """
        large = (
            np.where(rows.registered > 0, rows.registered, rows.ballots)
            >= self.settings.min_registered
        )
        low_share = rows.target <= self.settings.largest_share * rows.ballots
        low_turnout = (rows.registered == 0) | (
            rows.ballots <= self.settings.largest_share * rows.registered
        )
        return self.enough(
            rows.taken(large & low_share & low_turnout),
            "tables that are not too small or too one-sided",
        )

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the excess over the mean of the null with the range that redraws of the null
        leave.
        """
        share, turnout = by_share(rows), by_turnout(rows)
        seen, chance = int((share[0] | turnout[0]).sum()), either_chance(share[1], turnout[1])
        level, mean = self.monitoring.level, float(chance.sum())
        null = redrawn_counts(chance, self.settings.redraws, rng)
        low, high = (seen - float(np.quantile(null, q)) for q in (0.5 + level / 2, 0.5 - level / 2))
        what = "a turnout or a share of" if rows.turnout_known.any() else "a share of"
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=seen - mean,
            p=upper_tail(seen, chance),
            statement=f"{votes(seen)} of {votes(len(rows.target))} tables show {what} {name} that "
            "is a whole percentage; chance gives "
            f"about {votes(mean)}.",
            settled_by="Copies of the tables with whole percentages would settle it.",
            interval=(low, high, level),
            details={
                "integer_tables": seen,
                "null_mean": mean,
                "null_sd": float(np.sqrt((chance * (1 - chance)).sum())),
                "excess_share": float(share[0].sum() - share[1].sum()),
                "excess_turnout": float(turnout[0].sum() - turnout[1].sum()),
            },
        )
