"""Copies as the audited batches of the announced rows: attained risk (MACRO; Stark 2009)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import IF_SIGNED, TINY, nothing_to_say, votes
from sim.models.audit.macro import (
    Counts,
    Floats,
    attained_risk,
    batches_needed,
    bounds,
    errors,
    stands,
)
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

QUANTITY = "attained risk that the announced rows name the wrong winner"


@dataclass(frozen=True, slots=True)
class BatchComparisonMacro:
    """How far the copies confirm the announced rows, table by table, at a risk limit of `alpha`."""

    monitoring: Monitoring
    key: ClassVar[str] = "batch_comparison_macro"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "copies show what the tables signed, and which tables have a copy does not depend on "
        "errors in their rows",
        "a table holds no more valid votes than its register, or than its row or its copy shows",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Draw tables that have both, with chance in proportion to their bound, and return the
        attained risk.

        The copies confirm (consistent) or do not (undecided): an audit that fails says nothing
        about who won, unless every row has a copy, which settles it.
        """
        copies, announced = evidence.sheets, evidence.announced
        if copies is None:
            return self._silent("No tally sheets were given.", "sheets are collected")
        if announced is None or announced.rows is None:
            words = "No table rows were published, so there is nothing to compare batch by batch."
            return self._silent(words, "results are published by table")
        rows = announced.rows
        _, mine, theirs = np.intersect1d(copies.table, rows.table, return_indices=True)
        if not len(mine):
            return self._silent("No table has both a copy and a row.", "copies and rows overlap")
        best, second = np.sort(rows.votes.sum(axis=1))[::-1][:2]
        if best == second:
            return self._silent("The two leaders of the rows are level.", "the rows name a winner")
        register = registers(evidence, rows)
        if register is None:
            words = "The register of some tables is not known, so nor is what their rows can hide."
            return self._silent(words, "the register of every table is given")
        audited = rows.votes.copy()
        audited[:, theirs] = copies.votes[:, mine]
        return self._finding(evidence.candidates, rows.votes, audited, register, theirs, rng)

    def _silent(self, missing: str, needs: str) -> Finding:
        return nothing_to_say(self, QUANTITY, "probability", missing, needs)

    def _finding(
        self,
        names: tuple[str, ...],
        reported: Counts,
        audited: Counts,
        register: Counts,
        both: Counts,
        rng: Generator,
    ) -> Finding:
        totals, alpha = reported.sum(axis=1), self.monitoring.alpha
        winner, (best, second) = int(np.argmax(totals)), np.sort(totals)[::-1][:2]
        most = np.maximum(register, np.maximum(reported.sum(axis=0), audited.sum(axis=0)))
        bound = bounds(reported, np.maximum(most, 1), winner)
        taints = errors(reported, audited, winner)[both] / np.maximum(bound[both], TINY)
        drawn = self._draw(bound[both], taints, rng)
        complete = len(both) == len(register)
        # the number of draws was fixed beforehand, so the last value is the p-value
        attained = float(attained_risk(np.minimum(taints[drawn], 1.0), float(bound.sum()))[-1])
        if complete:
            attained = 0.0 if stands(audited, winner) else 1.0
        verdict = CONSISTENT if attained <= alpha else INCONSISTENT if complete else UNDECIDED
        needed = batches_needed(float(bound.sum()), alpha)
        return Finding(
            estimator=self.key,
            quantity=QUANTITY,
            unit="probability",
            estimate=attained,
            low=None,
            high=None,
            level=None,
            verdict=verdict,
            p_value=None,
            statement=_statement(
                names[winner], verdict, len(drawn), len(both), attained, alpha, needed
            ),
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="A draw of tables agreed upon before copies are seen would replace the "
            "second assumption.",
            details={
                "draws": len(drawn),
                "needed_without_errors": needed,
                "total_bound": float(bound.sum()),
                "lead_votes": float(best - second),
                "largest_taint": float(taints[drawn].max()),
            },
        )

    def _draw(self, bound: Floats, taints: Floats, rng: Generator) -> Counts:
        """Return places drawn in proportion to their bound; sorted first, so that the order of the
        tables does not matter.
        """
        order = np.lexsort((taints, bound))
        steps = np.cumsum(bound[order])
        u = rng.random(self.monitoring.forensics.audit_draws)
        return np.asarray(order[np.searchsorted(steps, u * steps[-1])])


def registers(evidence: Evidence, rows: Sheets) -> Counts | None:
    """Return (n,) the register of each row: its own, else the frame's; None if any is unknown."""
    listed = np.zeros(len(rows.table), dtype=np.int64)
    if evidence.frame is not None:
        listed = np.asarray(evidence.frame.registered[rows.table], dtype=np.int64)
    if rows.registered is not None:
        listed = np.where(rows.registered > 0, rows.registered, listed)
    return listed if (listed > 0).all() else None


def _statement(
    name: str,
    verdict: str,
    drawn: int,
    both: int,
    attained: float,
    alpha: float,
    needed: int | None,
) -> str:
    if verdict == INCONSISTENT:
        return f"Every row has a copy, and by the copies {name} is not ahead of every other."
    if attained == 0.0:
        return f"Every row has a copy, and the copies confirm {name} as the winner of the rows."
    confirm = "confirm" if verdict == CONSISTENT else "do not confirm"
    return (
        f"{drawn} tables drawn among the {votes(both)} with a copy {confirm} {name} as the winner "
        f"of the announced rows at a risk limit of {alpha:g} (attained risk {attained:.2g}; "
        f"without any discrepancy {needed} tables are enough)."
    )
