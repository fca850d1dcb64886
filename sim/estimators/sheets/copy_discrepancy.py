"""Collected copies against announced rows, table by table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from scipy.special import bdtrc

from sim.estimators.base import IF_SIGNED, nothing_to_say, percent, votes
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, Finding

QUANTITY = "share of compared tables where copy and announced row differ"


def at_least(count: int, trials: int, probability: float) -> float:
    """Return P(Binomial(trials, probability) >= count)."""
    return 1.0 if count == 0 else float(bdtrc(count - 1, trials, probability))


def differences(copies: Sheets, rows: Sheets) -> np.ndarray:
    """Return (K, n) announced row minus copy at the tables that both hold, in the copies' order."""
    place = np.full(
        1 + max(copies.table.max(initial=0), rows.table.max(initial=0)), -1, dtype=np.int64
    )
    place[rows.table] = np.arange(len(rows.table))
    theirs = place.take(copies.table)
    mine = np.flatnonzero(theirs >= 0)
    held = copies.votes if len(mine) == len(theirs) else np.take(copies.votes, mine, axis=1)
    return np.asarray(np.take(rows.votes, theirs.take(mine), axis=1) - held)


@dataclass(frozen=True, slots=True)
class CopyDiscrepancy:
    """Compares copies with the announced rows: how many differ, against slips of the pen."""

    monitoring: Monitoring
    key: ClassVar[str] = "copy_discrepancy"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "copies and rows of one table carry the same code",
        "slips of the pen are independent between tables",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the share of differing tables with the probability that slips alone give as
        many.
        """
        copies, announced = evidence.sheets, evidence.announced
        if copies is None:
            return nothing_to_say(
                self, QUANTITY, "share", "No tally sheets were given.", "sheets are collected"
            )
        if announced is None or announced.rows is None:
            words = (
                "No table rows were published, so copies cannot be compared with them table "
                "by table."
            )
            return nothing_to_say(self, QUANTITY, "share", words, "results are published by table")
        gaps = differences(copies, announced.rows)
        if not gaps.shape[1]:
            return nothing_to_say(
                self,
                QUANTITY,
                "share",
                "No table has both a copy and a row.",
                "copies and rows overlap",
            )
        return self._finding(evidence, gaps)

    def _finding(self, evidence: Evidence, gaps: np.ndarray) -> Finding:
        n, differing = gaps.shape[1], int((gaps != 0).any(axis=0).sum())
        p = at_least(differing, n, self.monitoring.copy_error_share)
        net = {name: int(g) for name, g in zip(evidence.candidates, gaps.sum(axis=1), strict=True)}
        gains = ", ".join(f"{name} {g:+,}" for name, g in net.items() if g)
        return Finding(
            estimator=self.key,
            quantity=QUANTITY,
            unit="share",
            estimate=differing / n,
            low=None,
            high=None,
            level=None,
            verdict=INCONSISTENT if p <= self.monitoring.alpha else CONSISTENT,
            p_value=p,
            statement=f"{votes(differing)} of {votes(n)} compared tables differ "
            f"({percent(differing / n)}), "
            f"where slips of the pen are put at {percent(self.monitoring.copy_error_share)} of "
            "tables. "
            + (
                f"Announced rows minus copies: {gains} votes."
                if gains
                else "Votes add up to the same."
            ),
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="Seeing the signed originals of the differing tables would change it.",
            details={"compared_tables": n, "differing_tables": differing, "net_votes": net},
        )
