"""Announced totals that cannot be, given the sheets in hand: arithmetic, no probability.

Either they hold too little (below) or too much (`remainder.py`).

held_k = (held and counted) + (held but not yet counted). The first is at most announced_k. So an
excess held_k - announced_k can only come from uncounted tables, and is at most the sum of the U
largest votes for k on the sheets in hand, U being the number of tables that the announcement leaves
out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import (
    IF_SIGNED,
    candidate_totals,
    nothing_to_say,
    tables_in_all,
    uncounted_share,
    votes,
)
from sim.estimators.sheets.remainder import Remainder, remainder
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

WHICH = " These numbers cannot all be right; the sums do not say which is wrong."

COUNTABLE_VOTES = 100_000
"""Numbers of votes up to which tables are counted by their number of votes; a misread sheet can
hold more.
"""


def most_uncounted(sheets: Sheets, rows: list[int], uncounted_tables: int) -> dict[int, int]:
    """Return the most votes of each of these candidates (rows) that `uncounted_tables` of the
    sheets in hand can hold.
    """
    take = min(uncounted_tables, sheets.votes.shape[1])
    return {row: largest_sum(sheets.votes[row], take) if take else 0 for row in rows}


def largest_sum(votes: np.ndarray, take: int) -> int:
    """Return the sum of the `take` largest of (n,) votes, 1 <= take <= n.

    A table's v votes count once for each of 1 to v that it reaches, so what is summed is how many
    tables reach each number.
    """
    if not 0 <= votes.min() <= votes.max() <= COUNTABLE_VOTES:
        return int(np.partition(votes, -take)[-take:].sum())
    with_at_least = np.cumsum(
        np.bincount(votes)[:0:-1]
    )  # tables with so many votes or more, down to one vote
    return int(np.minimum(with_at_least, take).sum())


@dataclass(frozen=True, slots=True)
class TotalsImpossibility:
    """Finds announced totals below the sum of the sheets in hand, or further above it than the
    other tables have voters.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "totals_impossibility"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "each sheet belongs to a different polling table",
        "the announced totals are sums over tables, of the share of tables that the announcement "
        "states",
        "no table has more valid votes than voters on its register",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the largest excess of sheets over announced totals, in votes."""
        sheets, announced, quantity = (
            evidence.sheets,
            evidence.announced,
            "votes on sheets in hand above the announced total",
        )
        if sheets is None or not len(sheets.table):
            return nothing_to_say(
                self, quantity, "votes", "No tally sheets were given.", "sheets are collected"
            )
        if announced is None or announced.totals is None:
            return nothing_to_say(
                self, quantity, "votes", "No totals were announced.", "totals are announced"
            )
        excess = candidate_totals(sheets) - announced.totals
        left_out, tables = uncounted_share(evidence), tables_in_all(evidence)
        uncounted: int | None = 0
        if left_out > 0:
            share = left_out + self.monitoring.counted_rounding_share
            uncounted = None if tables is None else math.ceil(share * tables)
        over = [k for k in np.argsort(-excess, kind="stable").tolist() if excess[k] > 0]
        allowed = None if uncounted is None else most_uncounted(sheets, over, uncounted)
        left = remainder(evidence, sheets, announced.totals)
        return self._finding(evidence, excess, allowed, uncounted, left)

    def _finding(
        self,
        evidence: Evidence,
        excess: np.ndarray,
        allowed: dict[int, int] | None,
        uncounted: int | None,
        left: Remainder,
    ) -> Finding:
        names = evidence.candidates
        verdict, words = self._judged(names, excess, allowed, uncounted)
        if verdict != INCONSISTENT and left.too_many:
            before = "" if verdict == CONSISTENT else f"{words} "
            verdict = INCONSISTENT if left.exact else UNDECIDED
            words = before + left.words() + (WHICH if left.exact else "")
        elif verdict == CONSISTENT:
            words += " " + left.words()
        return Finding(
            estimator=self.key,
            quantity="largest excess of votes on sheets in hand over the announced total",
            unit="votes",
            estimate=float(excess.max()),
            low=None,
            high=None,
            level=None,
            verdict=verdict,
            p_value=None,
            statement=words,
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="Table results that contradict these sheets, or a corrected announcement, "
            "would change it.",
            details={
                "excess_votes": {name: int(e) for name, e in zip(names, excess, strict=True)},
                "uncounted_tables": uncounted,
                "beyond_sheets_votes": left.votes,
                "register_of_missing_tables": left.register,
                "most_uncounted_votes": None
                if allowed is None
                else {names[k]: most for k, most in allowed.items()},
            },
        )

    def _judged(
        self,
        names: tuple[str, ...],
        excess: np.ndarray,
        allowed: dict[int, int] | None,
        uncounted: int | None,
    ) -> tuple[str, str]:
        """Return verdict and words on candidates with more votes on sheets than announced."""
        over = [k for k in np.argsort(-excess, kind="stable").tolist() if excess[k] > 0]
        parts = ", ".join(f"{names[k]} by {votes(excess[k])}" for k in over)
        if not over:
            return (
                CONSISTENT,
                "No candidate has more votes on the sheets in hand than were announced.",
            )
        start = f"The sheets in hand exceed the announced totals ({parts}), but "
        if allowed is None:
            return UNDECIDED, f"{start}how many tables were left out was not stated."
        if any(excess[k] > allowed[k] for k in over):
            words = f"The sheets in hand already hold more votes than were announced: {parts}. "
            return INCONSISTENT, words + self._room(uncounted, allowed, over)
        return UNDECIDED, f"{start}the {uncounted:,} tables left out may hold that."

    def _room(self, uncounted: int | None, allowed: dict[int, int], over: list[int]) -> str:
        if not uncounted:
            return "Totals and sheets cannot both be right. Which is, the sums alone do not say."
        return (
            f"The {uncounted:,} tables that the announcement left out explain at most "
            f"{votes(allowed[over[0]])} of them: "
            "totals and sheets cannot both be right. Which is, the sums alone do not say."
        )
