"""Copies as the audited batches of the announced rows: attained risk (MACRO; Stark 2009)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import IF_SIGNED, nothing_to_say, votes
from sim.models.audit.macro import attained_risk, batches_needed, bounds, errors
from sim.records.evidence import Evidence, Sheets
from sim.records.finding import CONSISTENT, UNDECIDED, Finding
from sim.records.parameters.monitoring import Monitoring

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
        "a table holds no more valid votes than its register, or than its announced valid votes "
        "where none is known",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Draw tables that have both, with chance in proportion to their bound, and return the
        attained risk.

        The copies confirm (consistent) or do not (undecided): an audit that fails says nothing
        about who won.
        """
        copies, announced = evidence.sheets, evidence.announced
        if copies is None:
            return nothing_to_say(
                self, QUANTITY, "probability", "No tally sheets were given.", "sheets are collected"
            )
        if announced is None or announced.rows is None:
            words = "No table rows were published, so there is nothing to compare batch by batch."
            return nothing_to_say(
                self, QUANTITY, "probability", words, "results are published by table"
            )
        rows = announced.rows
        totals = rows.votes.sum(axis=1)
        winner, (best, second) = int(np.argmax(totals)), np.sort(totals)[::-1][:2]
        _, mine, theirs = np.intersect1d(copies.table, rows.table, return_indices=True)
        if not len(mine) or best == second:
            return nothing_to_say(
                self,
                QUANTITY,
                "probability",
                "No table has both a copy and a row.",
                "copies and rows overlap",
            )
        capacity = np.maximum(self._capacity(evidence, rows), rows.votes.sum(axis=0))
        bound = bounds(rows.votes, capacity, winner)
        lead = float(best - second)
        e = self._errors(rows, copies, theirs, mine, winner)
        return self._finding(evidence, bound, e, theirs, winner, lead, rng)

    def _capacity(self, evidence: Evidence, rows: Sheets) -> np.ndarray:
        listed = rows.registered if rows.registered is not None else None
        if listed is None and evidence.frame is not None:
            listed = evidence.frame.registered[rows.table]
        return (
            np.zeros(len(rows.table), dtype=np.int64)
            if listed is None
            else np.asarray(listed, dtype=np.int64)
        )

    def _errors(
        self, rows: Sheets, copies: Sheets, theirs: np.ndarray, mine: np.ndarray, winner: int
    ) -> np.ndarray:
        reported, audited = rows.votes, rows.votes.copy()
        audited[:, theirs] = copies.votes[:, mine]
        return errors(reported, audited, winner)

    def _finding(
        self,
        evidence: Evidence,
        bound: np.ndarray,
        e: np.ndarray,
        both: np.ndarray,
        winner: int,
        lead: float,
        rng: Generator,
    ) -> Finding:
        total, alpha = float(bound.sum()), self.monitoring.alpha
        order = both[np.lexsort((e[both], bound[both]))]
        steps = np.cumsum(bound[order])
        drawn = order[
            np.searchsorted(steps, rng.random(self.monitoring.forensics.audit_draws) * steps[-1])
        ]
        risk = attained_risk(e[drawn] / bound[drawn], total)
        # draws were fixed beforehand: the last value is the p-value, and the least needed number is
        # for planning
        attained, needed = float(risk[-1]), batches_needed(total, alpha)
        name = evidence.candidates[winner]
        confirmed = attained <= alpha
        return Finding(
            estimator=self.key,
            quantity=QUANTITY,
            unit="probability",
            estimate=attained,
            low=None,
            high=None,
            level=None,
            verdict=CONSISTENT if confirmed else UNDECIDED,
            p_value=None,
            statement=f"{len(drawn)} tables drawn among the {votes(len(both))} with a copy "
            f"{'' if confirmed else 'do not '}confirm {name} as the winner of the announced rows "
            "at a risk "
            f"limit of {alpha:g} (attained risk {attained:.2g}; without any "
            f"discrepancy {needed} tables are enough).",
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="A draw of tables agreed upon before copies are seen would replace the "
            "second assumption.",
            details={
                "draws": len(drawn),
                "needed_without_errors": needed,
                "total_bound": total,
                "lead_votes": lead,
                "largest_taint": float((e[drawn] / bound[drawn]).max()),
            },
        )
