"""Spread between the tables of one centre against dealing its voters out at random (Jimenez 2011),
with an allowance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from scipy.special import chdtrc

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.rows import Floats, Rows

FAR = 4.0


def scores(rows: Rows) -> tuple[Floats, Floats, int]:
    """Return (chi-squared share of each table, standard score of each table, degrees of freedom).

    Given a centre's totals the candidate's votes at its tables are multivariate hypergeometric:
    mean n_i p, variance n_i p (1 - p)(n - n_i)/(n - 1); the sum of (k_i - n_i p)^2 / (n_i p (1 -
    p)) (n - 1)/n has one degree less than tables.
    """
    whole = np.bincount(rows.centre, rows.valid)[rows.centre]
    p = np.bincount(rows.centre, rows.target)[rows.centre] / np.maximum(whole, 1)
    several = (np.bincount(rows.centre)[rows.centre] > 1) & (p > 0) & (p < 1) & (rows.valid < whole)
    k, n, p, whole = rows.target[several], rows.valid[several], p[several], whole[several]
    gap, unit = k - n * p, n * p * (1 - p)
    freedom = int(several.sum()) - len(np.unique(rows.centre[several]))
    return (
        gap**2 / unit * (whole - 1) / whole,
        gap / np.sqrt(unit * (whole - n) / (whole - 1)),
        freedom,
    )


@dataclass(frozen=True, slots=True)
class CentreHypergeometric(RowTest):
    """Sees tables that differ from their neighbours: stuffing, switching or alteration at single
    tables of a centre.

    Blind to what is done to a whole centre, to one-table centres and to fabricated totals. Runs
    only where groups can be centres: 2 to about 12 tables in one place. The scores are the paper's.
    Voters are not dealt out at random (age, alphabet), so pure chance is exceeded in honest
    elections: `centre_dispersion` allows for it, which the paper does not; pure chance is in
    details. Venezuela's sheets of 2024: 1.22, no alarm.
    """

    key: ClassVar[str] = "centre_hypergeometric"
    quantity: ClassVar[str] = "spread of the candidate's votes inside centres"
    unit: ClassVar[str] = "times chance"
    needs: ClassVar[str] = "tables are given with their polling centres"
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "voters of one centre are spread over its tables by number or name, whatever their vote",
        "honest spread exceeds chance by no more than the stated allowance",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the rows where they have centres with several tables."""
        if rows.no_centres:
            return f"This test compares tables of one polling centre: {rows.no_centres}."
        freedom, least = scores(rows)[2], self.settings.min_tables
        few = (
            f"Too few tables share a centre with another: {freedom:,} comparisons where "
            f"{least:,} are needed."
        )
        return rows if freedom >= least else few

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return chi-squared over its degrees of freedom; p against the allowance, and against pure
        chance in details.
        """
        chi2, z, freedom = scores(rows)
        total, allowed = float(chi2.sum()), self.settings.centre_dispersion
        far = int((np.abs(z) > FAR * allowed**0.5).sum())
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=total / freedom,
            p=max(float(chdtrc(freedom, total / allowed)), float(np.finfo(float).tiny)),
            statement=f"Inside centres the votes of {name} spread {total / freedom:.2f} times as "
            "much as chance (allowed: "
            f"{allowed:.2f}); {far:,} of {len(z):,} tables lie far from their neighbours.",
            settled_by="A recount at the tables far from their neighbours would settle it.",
            details={
                "tables": len(z),
                "far_tables": far,
                "p_pure_chance": float(chdtrc(freedom, total)),
            },
        )
