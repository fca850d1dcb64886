"""The fingerprint of turnout and share, fitted: how many tables look stuffed (Klimek, Yegorov,
Hanel and Thurner 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say, percent
from sim.models.forensics.calibration import upper_p
from sim.models.forensics.klimek import Fingerprint, fit_fingerprint
from sim.models.forensics.null_world import fit_null
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Rows, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "share of tables that the fingerprint model fits as stuffed"


def fitted(rows: Rows, level: float | None) -> Fingerprint:
    """Return the fit to the rows; without a level, no intervals are worked out."""
    lead, ballots = rows.lead.astype(np.float64), rows.ballots.astype(np.float64)
    return fit_fingerprint(lead, ballots - lead, rows.registered.astype(np.float64), level)


@dataclass(frozen=True, slots=True)
class KlimekFit:
    """Level not held on real geography: regions that differ honestly in turnout and share fit as
    stuffed tables.

    Estimates f_i, f_e, alpha by maximum likelihood with intervals that hold if all honest tables
    scatter round one turnout and one share. The p-value compares the gain in likelihood per table
    with honest elections redrawn with the country's own regions, history and table sizes. Sees
    stuffing of many tables; blind to even switching and to totals. Honest files at 1 %: no alarm
    (Venezuela's sheets of 2024 p .21 with 2013, Guanajuato 2012 1, Albania 2013 .99), but the
    fitted f_i alone is .999, .84 and .003: a point value of f_i without this null is a false alarm.
    On honest elections of our own national model, where size moves both turnout and share, it
    alarms in 5 of 10.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "klimek_fit"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "honest turnout and share scatter normally around one value each, or as region and "
        "history say",
        "votes are added for the leader, and taken from the others in a fixed power of the same "
        "intensity",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return f_i + f_e with its interval; every parameter in details."""
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        rows = None if rows is None else rows.taken(rows.turnout_known)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results with a known register."
            return nothing_to_say(
                self, QUANTITY, "share", words, "more tables' results and registers are given"
            )
        seen, world = fitted(rows, self.monitoring.level), fit_null(rows)
        null = np.array(
            [fitted(world.redraw(rng), None).gain for _ in range(settings.klimek_redraws)]
        )
        e = seen.estimate
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="share",
            estimate=seen.stuffed_share,
            p=upper_p(float(np.sqrt(seen.gain)), np.sqrt(null)),
            statement=f"The fingerprint of {names(evidence, rows)[0]} is fitted best with "
            f"{percent(e['incremental_share'], 1)} of tables somewhat and "
            f"{percent(e['extreme_share'], 1)} nearly fully stuffed (alpha {e['alpha']:.2f}); it "
            "gains "
            f"{seen.gain:.1f} in log likelihood, honest elections of these table sizes "
            f"{null.mean():.1f} on average.",
            interval=(
                seen.low["incremental_share"] + seen.low["extreme_share"],
                min(seen.high["incremental_share"] + seen.high["extreme_share"], 1.0),
                self.monitoring.level,
            ),
            details={
                "estimate": e,
                "low": seen.low,
                "high": seen.high,
                "gain": seen.gain,
                "null_gain": float(null.mean()),
            },
        )
