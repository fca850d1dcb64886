"""What the collected sheets are, before anything is inferred from them: how many, where they lack,
what they add up to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import (
    IF_SIGNED,
    Floats,
    candidate_totals,
    nothing_to_say,
    pair,
    percent,
    tables_in_all,
    tables_with_sheet,
    votes,
)
from sim.fast.derived import derived
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Frame, Sheets
from sim.records.seen.finding import UNDECIDED, Finding


def by_region(frame: Frame, sheets: Sheets) -> list[float]:
    """Return the share of tables in hand of each region, in order of the regions' numbers."""
    every = region_tables(frame)
    held = np.bincount(frame.region.take(sheets.table), minlength=len(every))
    return [h / n for h, n in zip(held.tolist(), every, strict=True) if n]


@derived
def region_tables(frame: Frame) -> list[int]:
    """Return the number of tables of each region; the same list serves every hour and replicate."""
    tables: list[int] = np.bincount(frame.region).tolist()
    return tables


@derived
def known_before(frame: Frame) -> dict[str, tuple[Floats, float, bool]]:
    """Return the columns of the list that are known somewhere, each with its mean and whether it is
    known everywhere.
    """
    registered = np.where(frame.registered > 0, frame.registered.astype(np.float64), np.nan)
    columns = {"registered": registered, "past_share": frame.past_share}
    known = {name: (c, np.isfinite(c)) for name, c in columns.items() if c is not None}
    return {
        name: (c, float(np.nanmean(c)), bool(there.all()))
        for name, (c, there) in known.items()
        if there.any()
    }


def selectivity(frame: Frame, sheets: Sheets) -> dict[str, float]:
    """Return how the tables in hand differ from all in what was known before: mean register,
    earlier incumbent's share.
    """
    out = {}
    for name, (column, mean, everywhere) in known_before(frame).items():
        held = column.take(sheets.table)
        held = held if everywhere else held[np.isfinite(held)]
        if len(held):
            out[name] = float(held.mean()) - mean
    return out


@dataclass(frozen=True, slots=True)
class CollectedCoverage:
    """Share of polling tables whose sheet is in hand.

    Descriptive: it never calls a result consistent or inconsistent.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "collected_coverage"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = ("each sheet belongs to a different polling table",)

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return sheets in hand over tables, the shares they add up to, and how they differ from
        the whole.
        """
        sheets, quantity = evidence.sheets, "share of polling tables whose sheet is in hand"
        if sheets is None or not len(sheets.table):
            return nothing_to_say(
                self, quantity, "share", "No tally sheets were given.", "sheets are collected"
            )
        n, tables = tables_with_sheet(sheets), tables_in_all(evidence)
        totals = candidate_totals(sheets)
        valid = max(int(totals.sum()), 1)
        a, b = pair(evidence, totals / valid)
        names = evidence.candidates
        coverage = None if tables is None else n / tables
        of_all = (
            "; how many tables there are was not stated"
            if tables is None
            else f" of {tables:,} ({percent(n / tables, 1)})"
        )
        details: dict[str, object] = {
            "sheets": n,
            "tables": tables,
            "totals": {name: int(t) for name, t in zip(names, totals, strict=True)},
            "shares": {name: float(t / valid) for name, t in zip(names, totals, strict=True)},
        }
        if evidence.frame is not None:
            details["coverage_by_region"] = by_region(evidence.frame, sheets)
            details["differs_from_all"] = selectivity(evidence.frame, sheets)
        whole = coverage == 1
        what = (
            "These are all the tables, so their totals are the count itself."
            if whole
            else "Collected sheets are no random sample, so these shares alone are no estimate of "
            "the whole."
        )
        return Finding(
            estimator=self.key,
            quantity=quantity,
            unit="share",
            estimate=coverage,
            low=None,
            high=None,
            level=None,
            verdict=UNDECIDED,
            p_value=None,
            statement=f"Sheets of {n:,} tables are in hand{of_all}. They hold "
            f"{votes(totals.sum())} valid votes: {names[a]} {percent(float(totals[a] / valid))}, "
            f"{names[b]} {percent(float(totals[b] / valid))}. {what}",
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="Only other sheets, or more tables than the list has, would change it."
            if whole
            else "More sheets, or a list of all polling tables, would change it.",
            details=details,
        )
