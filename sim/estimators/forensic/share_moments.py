"""Skewness, kurtosis and dip of the log vote rate (Klimek et al.

2012; Hartigan and Hartigan 1985).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.models.forensics.calibration import any_of, distance_p
from sim.models.forensics.dip import dip, dip_p
from sim.models.forensics.moments import kurtosis, log_vote_rate, skewness
from sim.models.forensics.null_world import fit_null, past_columns, residuals
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Floats, Rows, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "kurtosis of the log vote rate"


def rate(rows: Rows) -> Floats:
    """Return (n,) nu = log((N - W)/W) of the leader; N is the register where known everywhere, else
    the valid votes.
    """
    return log_vote_rate(
        rows.lead,
        np.maximum(rows.registered, rows.lead) if rows.turnout_known.all() else rows.valid,
    )


@dataclass(frozen=True, slots=True)
class ShareMoments:
    """Level not held on real geography: tails and humps of honest support look like stuffing where
    history is not given.

    Skewness and kurtosis of nu less region and earlier share, against honest elections redrawn with
    the country's table sizes; the dip against any distribution with one mode. Sees stuffing strong
    enough to make a second hump or a tail. Elections with a large integer excess can have a
    kurtosis near 3: silence clears nobody. Honest files at 1 %: it alarms on all (Venezuela's
    sheets of 2024, with 2013 or without, Guanajuato 2012, Albania 2013: p below 1e-60), and on 4 of
    10 honest elections of our own national model.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "share_moments"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "turnout and support vary by region, by earlier results where given, and normally by "
        "centre and table",
        "honest support less region and history has one mode",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the kurtosis of nu itself; p from the residuals' two moments together and from
        their dip.
        """
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results for moments."
            return nothing_to_say(self, QUANTITY, "1", words, "more tables' results are given")
        past = past_columns(rows.past_share, rows.region)

        def moments(found: Rows) -> list[float]:
            rest = residuals(rate(found), past, found.region)
            return [skewness(rest), float(np.log(kurtosis(rest)))]

        world, seen, raw = fit_null(rows), moments(rows), rate(rows)
        null = np.array([moments(world.redraw(rng)) for _ in range(settings.redraws)])
        rest = residuals(raw, past, rows.region)
        by_shape, by_dip = distance_p(np.array(seen), null), dip_p(rest)
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="1",
            estimate=kurtosis(raw),
            p=any_of(by_shape, by_dip),
            statement=f"The log vote rate of {names(evidence, rows)[0]} has skewness "
            f"{skewness(raw):.3f} and kurtosis "
            f"{kurtosis(raw):.3f}; less region and history {seen[0]:.3f} and "
            f"{np.exp(seen[1]):.3f}, where honest elections of "
            f"these table sizes give {null[:, 0].mean():.3f} and {np.exp(null[:, 1].mean()):.3f}.",
            details={
                "skewness": skewness(raw),
                "kurtosis": kurtosis(raw),
                "dip": dip(rest),
                "p_moments": by_shape,
                "p_dip": by_dip,
            },
        )
