"""Last digits of the two leaders' votes (Beber and Scacco 2012)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.models.forensics.calibration import any_of
from sim.models.forensics.digits import chi2_p, last_digit_chi2, last_digits
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Rows, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "largest chi-squared statistic (9 degrees of freedom) of last digits"
FREEDOM = 9


@dataclass(frozen=True, slots=True)
class LastDigit:
    """Sees numbers that people made up, in many tables; blind to votes moved or added by rule;
    quiet on honest files seen.

    Null: honest elections redrawn with the country's own table sizes; their mean statistic stands
    for the 9 of equally frequent digits, so that small counts raise no alarm. Needs made-up digits
    in about a tenth of 25,000 tables. Honest files at 1 %: Venezuela's sheets of 2024 p .46,
    Guanajuato 2012 .16, Albania 2013 .70: none alarms.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "last_digit"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "votes vary by region, centre, table and chance over several tens of votes",
        "counts below the stated number of votes are not looked at",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the larger of the two leaders' statistics; p is twice the smaller."""
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results to look at digits."
            return nothing_to_say(self, QUANTITY, "1", words, "more tables' results are given")

        def statistics(found: Rows) -> list[float]:
            return [
                last_digit_chi2(counts, settings.digit_votes)
                for counts in (found.lead, found.second)
            ]

        world, seen = fit_null(rows), statistics(rows)
        null = np.array([statistics(world.redraw(rng)) for _ in range(settings.redraws)]).mean(
            axis=0
        )
        p = any_of(
            *(
                chi2_p(s * FREEDOM / max(m, FREEDOM), FREEDOM)
                for s, m in zip(seen, null, strict=True)
            )
        )
        leaders = names(evidence, rows)
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="1",
            estimate=max(seen),
            p=p,
            statement="Chi-squared of last digits: "
            + ", ".join(f"{n} {s:.1f}" for n, s in zip(leaders, seen, strict=True))
            + f" (honest elections of these table sizes: {null.mean():.1f} on average).",
            details={
                "chi2": dict(zip(leaders, seen, strict=True)),
                "null_mean": dict(zip(leaders, map(float, null), strict=True)),
                "digits": {
                    n: last_digits(c, settings.digit_votes).tolist()
                    for n, c in zip(leaders, (rows.lead, rows.second), strict=True)
                },
            },
        )
