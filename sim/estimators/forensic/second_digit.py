"""Mean second digit of the two leaders' votes (Mebane 2008), against the country's own table sizes
instead of Benford.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.models.forensics.calibration import distance_p
from sim.models.forensics.digits import BENFORD_SECOND_MEAN, second_digit_mean
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Rows, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "mean second digit of the leader's votes"


@dataclass(frozen=True, slots=True)
class SecondDigit:
    """Level not held on real geography: alarms on honest files; second digits follow table sizes
    and shares, not conduct.

    Null: honest elections redrawn with the country's table sizes, regions and earlier shares. Where
    support has another shape than region, history and a normal rest, the means differ and the test
    alarms. Against Benford's 4.187 it fails on nearly every election of polling tables. Kept
    because it is quoted; to be read beside its false alarms only. Honest files at 1 %: Venezuela's
    sheets of 2024 p .19 with the results of 2013 in the frame, but .0001 without them; Guanajuato
    2012 and Albania 2013, without earlier results, below 1e-10: false alarms.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "second_digit"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "support varies by region, by earlier results where given, and normally on the logit "
        "scale by centre and table",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the leader's mean second digit; p from the two leaders' means together."""
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results to look at digits."
            return nothing_to_say(self, QUANTITY, "1", words, "more tables' results are given")

        def statistics(found: Rows) -> list[float]:
            return [second_digit_mean(found.lead), second_digit_mean(found.second)]

        world, seen = fit_null(rows), np.array(statistics(rows))
        null = np.array([statistics(world.redraw(rng)) for _ in range(settings.redraws)])
        leaders, means = names(evidence, rows), null.mean(axis=0)
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="1",
            estimate=float(seen[0]),
            p=distance_p(seen, null),
            statement="Mean second digits: "
            + ", ".join(
                f"{n} {s:.3f} (honest elections of these table sizes: {m:.3f})"
                for n, s, m in zip(leaders, seen, means, strict=True)
            )
            + f"; Benford's law has {BENFORD_SECOND_MEAN}.",
            details={
                "means": dict(zip(leaders, map(float, seen), strict=True)),
                "null_means": dict(zip(leaders, map(float, means), strict=True)),
            },
        )
