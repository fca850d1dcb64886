"""Skewness and kurtosis of the log vote rate (Klimek et al.

2012), and its dip (Hartigan and Hartigan 1985).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.forensic.base import Reading, RowTest
from sim.models.forensics.calibration import any_of, distance_p
from sim.models.forensics.design import Design, design_of
from sim.models.forensics.dip import dip, dip_p
from sim.models.forensics.moments import has_rate, kurtosis, log_vote_rate, skewness
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.rows import Floats, Rows


def rest(rows: Rows, design: Design) -> Floats:
    """Return the log vote rate less its regression on the design, of the tables that have one."""
    use = has_rate(rows.target, rows.registered)
    if not use.all():
        rows = rows.taken(use)
        design = design_of(rows)
    return design.residual(log_vote_rate(rows.target, rows.registered))


@dataclass(frozen=True, slots=True)
class ShareMoments(RowTest):
    """Gives no verdict: tails of honest support look like stuffing on every real file, whatever the
    null carries.

    Skewness and kurtosis of nu = ln((N - W)/W) as the paper has them: N registered, W votes of the
    candidate, tables with W = 0 or W = N left out. The comparison is our own: nu less region, size
    and earlier results, against honest elections redrawn with the same; and the dip of that rest
    against any distribution with one mode. Holds its level on the national model, whose effects are
    normal; real places have heavier tails (Venezuela 2024 less 2013, Guanajuato 2012, Albania 2013:
    p below 1e-8). Elections with a large integer excess can have a kurtosis near 3: silence clears
    nobody.
    """

    key: ClassVar[str] = "share_moments"
    quantity: ClassVar[str] = "kurtosis of the log vote rate (a bell curve has 3)"
    unit: ClassVar[str] = "kurtosis"
    needs: ClassVar[str] = "more tables' results and registers are given"
    assumptions: ClassVar[tuple[str, ...]] = (
        "turnout and support vary by region, size, earlier results where given, and normally by "
        "centre and table",
        "honest support less region, size and history has one mode",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the tables with a register and a log vote rate."""
        known = rows.turnout_known & has_rate(rows.target, rows.registered)
        return self.enough(
            rows.taken(known), "tables with a register and votes for and against the candidate"
        )

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return the kurtosis of nu itself; p from the rest's two moments together and from its
        dip.
        """
        world, raw = fit_null(rows), log_vote_rate(rows.target, rows.registered)

        def moments(found: Rows) -> list[float]:
            left = rest(found, world.design)
            return [skewness(left), float(np.log(kurtosis(left)))]

        seen, null = self.against_redraws(rows, moments, self.settings.redraws, rng, world)
        left, mean = rest(rows, world.design), null.mean(axis=0)
        by_shape, by_dip = distance_p(seen, null), dip_p(left)
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=kurtosis(raw),
            p=any_of(by_shape, by_dip),
            statement=f"The log vote rate of {name} has skewness {skewness(raw):.2f} and kurtosis "
            f"{kurtosis(raw):.2f} (a bell curve: 0 "
            f"and 3). Less region, size and history they are {seen[0]:.2f} and "
            f"{np.exp(seen[1]):.2f}; honest elections with bell-"
            f"shaped differences give {mean[0]:.2f} and {np.exp(mean[1]):.2f}.",
            settled_by="It would need places whose honest differences are known.",
            details={
                "skewness": skewness(raw),
                "kurtosis": kurtosis(raw),
                "dip": dip(left),
                "p_moments": by_shape,
                "p_dip": by_dip,
            },
        )
