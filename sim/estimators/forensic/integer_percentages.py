"""Excess of tables with an integer percentage of share or turnout (Kobak, Shpilkin and
Pshenichnikov 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say, votes
from sim.models.forensics.integer_percentages import (
    either_chance,
    integer_chance,
    is_integer,
    redrawn_counts,
    upper_tail,
)
from sim.models.forensics.reading import names, pattern_finding
from sim.models.forensics.rows import Rows, pooled_shares, rows_of
from sim.records.evidence import Evidence
from sim.records.finding import Finding
from sim.records.parameters.forensics import Forensics
from sim.records.parameters.monitoring import Monitoring

QUANTITY = "tables with a whole percentage above what chance gives"


def kept(rows: Rows, settings: Forensics) -> Rows:
    """Return the tables that the published filter leaves: size, turnout and share not near 1."""
    large = np.where(rows.registered > 0, rows.registered, rows.valid) >= settings.min_registered
    low_share = rows.lead <= settings.largest_share * rows.valid
    low_turnout = (rows.registered == 0) | (
        rows.ballots <= settings.largest_share * rows.registered
    )
    return rows.taken(large & low_share & low_turnout)


@dataclass(frozen=True, slots=True)
class IntegerPercentages:
    """Sees results written down from wanted percentages; blind to moved votes and to stuffing.

    Null: ballots and votes are binomial at their centre's share, so tables of few voters, whose
    percentages are coarse, are expected to be integer as often as they are. Sees percentages chosen
    first (2 % of tables with rounded shares are seen nearly always); switching, stuffing and
    fabricated national totals leave no trace in it. Measured: Russia 2011 and 2018 excess 1,003 and
    1,709 tables (null with each station's own share, as published). Honest files at 1 %:
    Venezuela's sheets of 2024 (copies) p .018, Guanajuato 2012 .99, Albania 2013 .92: none alarms,
    though the leader's share alone of the Venezuelan sheets has p .009.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "integer_percentages"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "votes at a table are binomial around the share of its centre",
        "turnout and share are whole percentages independently of each other",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the excess over the mean of the null with the range that redraws of the null
        leave.
        """
        settings, rows = self.monitoring.forensics, rows_of(evidence)
        rows = None if rows is None else kept(rows, settings)
        if rows is None or len(rows.lead) < settings.min_tables:
            words = "There are too few rows of results to look for whole percentages."
            return nothing_to_say(self, QUANTITY, "tables", words, "more tables' results are given")
        integer = is_integer(rows.lead, rows.valid)
        chance = integer_chance(rows.valid, pooled_shares(rows.lead, rows.valid, rows.centre))
        known = rows.turnout_known
        if known.any():
            part = rows.taken(known)
            turnout = pooled_shares(part.ballots, part.registered, part.centre)
            integer[known] |= is_integer(part.ballots, part.registered)
            chance[known] = either_chance(chance[known], integer_chance(part.registered, turnout))
        return self._finding(evidence, rows, int(integer.sum()), chance, rng)

    def _finding(
        self, evidence: Evidence, rows: Rows, seen: int, chance: np.ndarray, rng: Generator
    ) -> Finding:
        level, mean = self.monitoring.level, float(chance.sum())
        null = redrawn_counts(chance, self.monitoring.forensics.redraws, rng)
        low, high = (seen - float(np.quantile(null, q)) for q in (0.5 + level / 2, 0.5 - level / 2))
        return pattern_finding(
            self.key,
            self.assumptions,
            rows,
            self.monitoring.alpha,
            quantity=QUANTITY,
            unit="tables",
            estimate=seen - mean,
            p=upper_tail(seen, chance),
            statement=f"{votes(seen)} of {votes(len(rows.lead))} tables have a share of "
            f"{names(evidence, rows)[0]} or a turnout "
            f"that is a whole percentage; chance gives {votes(mean)}.",
            interval=(low, high, level),
            details={
                "integer_tables": seen,
                "null_mean": mean,
                "null_sd": float(np.sqrt((chance * (1 - chance)).sum())),
            },
        )
