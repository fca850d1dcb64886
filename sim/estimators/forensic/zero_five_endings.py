"""Counts and rounded percentages that end in 0 or 5 (Kalinin and Mebane)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say, percent
from sim.models.forensics.calibration import any_of, upper_p
from sim.models.forensics.digits import rounded_percentages, zero_five_share
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.reading import pattern_finding
from sim.models.forensics.rows import Rows, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "share of the leader's votes that end in 0 or 5"
LOOKS = ("leader's votes", "second's votes", "ballots", "leader's percentage", "turnout percentage")


def endings(rows: Rows) -> list[float]:
    """Return the share of endings in 0 or 5 in each of LOOKS (turnout where the register is
    known).
    """
    known = rows.turnout_known
    turnout = rounded_percentages(rows.ballots[known], rows.registered[known])
    return [
        zero_five_share(rows.lead),
        zero_five_share(rows.second),
        zero_five_share(rows.ballots),
        zero_five_share(rounded_percentages(rows.lead, rows.valid)),
        zero_five_share(turnout),
    ]


@dataclass(frozen=True, slots=True)
class ZeroFiveEndings:
    """Sees counts rounded to fives or tens, and wanted percentages; blind to votes moved by rule.

    Null: honest elections redrawn with the country's own table sizes; five looks, Bonferroni,
    excess only. Percentages of turnout that bunch for honest reasons (a peak at 65 %) can alarm it.
    Honest files at 1 %: Venezuela's sheets of 2024 p 1, Guanajuato 2012 .51, Albania 2013 .66: none
    alarms. Russia 2018: 3e-54.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "zero_five_endings"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "turnout and support vary by region, by earlier results where given, and normally by "
        "centre and table",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the share among the leader's counts; p from the largest excess of the looks."""
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results to look at endings."
            return nothing_to_say(self, QUANTITY, "share", words, "more tables' results are given")
        world, seen = fit_null(rows), endings(rows)
        null = np.array([endings(world.redraw(rng)) for _ in range(settings.redraws)])
        looks = [k for k in range(len(LOOKS)) if k < 2 or rows.turnout_known.any() or k == 3]
        p = any_of(*(upper_p(seen[k], null[:, k]) for k in looks))
        widest = max(looks, key=lambda k: seen[k] - float(null[:, k].mean()))
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="share",
            estimate=seen[0],
            p=p,
            statement=f"Endings in 0 or 5: {percent(seen[0])} of the leader's votes; the largest "
            "excess is in the "
            f"{LOOKS[widest]}, {percent(seen[widest])} where honest elections give "
            f"{percent(float(null[:, widest].mean()))}.",
            details={
                LOOKS[k]: {"share": seen[k], "null_mean": float(null[:, k].mean())} for k in looks
            },
        )
