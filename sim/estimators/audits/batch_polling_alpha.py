"""Sheets in random order against an announced winner, where totals came without tables (ALPHA;
Stark 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import IF_SIGNED, nothing_to_say, tables_in_all, votes
from sim.models.audit.alpha import ShrinkTrunc
from sim.models.audit.batch_polling import Polling, assorter, poll, worst_mean
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Sheets
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

QUANTITY = (
    "mean assorter of the announced winner against the best other candidate on the sheets "
    "(above .5: ahead)"
)


def middle(runs: list[Polling]) -> Polling:
    """Return the run of the median p-value.

    Twice the median of p-values of several orders is a p-value (Rueger 1978).
    """
    return sorted(runs, key=lambda run: run.p)[len(runs) // 2]


@dataclass(frozen=True, slots=True)
class BatchPollingAlpha:
    """Do random sheets confirm the announced winner, or that another candidate got more votes?"""

    monitoring: Monitoring
    key: ClassVar[str] = "batch_polling_alpha"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "the sheets in hand are a random part of all tables (details: what missing tables at a "
        "stated cap would do)",
        "no table holds more votes for one candidate than the largest sheet holds in all",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the assorter's mean; p_value: of "the announced winner is ahead of that candidate
        at all tables".
        """
        sheets, tables, announced = evidence.sheets, tables_in_all(evidence), evidence.announced
        if sheets is None or not sheets.votes.any():
            return nothing_to_say(
                self, QUANTITY, "1", "No tally sheets were given.", "sheets are collected"
            )
        if announced is None or announced.totals is None or announced.totals.sum() <= 0:
            return nothing_to_say(
                self, QUANTITY, "1", "No totals were announced.", "totals are announced"
            )
        if tables is None:
            words = "How many polling tables there are was not stated."
            return nothing_to_say(
                self, QUANTITY, "1", words, "a frame, or the number of tables, is given"
            )
        winner, held = int(np.argmax(announced.totals)), sheets.votes.sum(axis=1)
        others = [k for k in range(len(held)) if k != winner]
        rival = max(others, key=lambda k: int(held[k]))
        return self._finding(evidence, sheets, max(tables, len(sheets.table)), winner, rival, rng)

    def _finding(
        self,
        evidence: Evidence,
        sheets: Sheets,
        tables: int,
        winner: int,
        rival: int,
        rng: Generator,
    ) -> Finding:
        settings, alpha, most = (
            self.monitoring.forensics,
            self.monitoring.alpha,
            float(sheets.votes.sum(axis=0).max()),
        )
        x = np.sort(assorter(sheets.votes[winner], sheets.votes[rival], most))
        rule, orders = (
            ShrinkTrunc(settings.eta0, settings.eta_draws),
            [rng.permutation(x) for _ in range(settings.audit_orders)],
        )
        ahead = middle([poll(order, tables, alpha / 2, rule) for order in orders])
        behind = middle([poll(1 - order, tables, alpha / 2, rule) for order in orders])
        verdict = (
            CONSISTENT
            if ahead.p <= alpha / 2
            else INCONSISTENT
            if behind.p <= alpha / 2
            else UNDECIDED
        )
        names, missing = evidence.candidates, tables - len(x)
        valid = sheets.votes.sum(axis=0)
        caps = {
            "mean": float(valid.mean()),
            "p99": float(np.quantile(valid, 0.99)),
            "largest": most,
        }
        worst = {name: worst_mean(x, missing, cap, most) for name, cap in caps.items()}
        needed = ahead.sheets_needed if verdict == CONSISTENT else behind.sheets_needed
        statement = _statement(names[winner], names[rival], verdict, len(x), missing, alpha, needed)
        return Finding(
            estimator=self.key,
            quantity=QUANTITY,
            unit="1",
            estimate=float(x.mean()),
            low=None,
            high=None,
            level=None,
            verdict=verdict,
            p_value=min(1.0, 2 * behind.p),
            statement=statement,
            assumptions=self.assumptions,
            rests_on=IF_SIGNED,
            changes_if="Sheets of the missing tables would change it if collecting them depended "
            "on their votes.",
            details={
                "risk_winner_ahead": min(1.0, 2 * ahead.p),
                "risk_rival_ahead": min(1.0, 2 * behind.p),
                "sheets_needed": needed,
                "missing_tables": missing,
                "worst_mean_by_cap": worst,
            },
        )


def _statement(
    winner: str,
    rival: str,
    verdict: str,
    sheets: int,
    missing: int,
    alpha: float,
    needed: int | None,
) -> str:
    if not missing:
        says = {
            CONSISTENT: f"{winner} is ahead of {rival}",
            INCONSISTENT: f"{rival} is ahead of {winner}, who was announced as the winner",
            UNDECIDED: f"{winner} and {rival} are level",
        }[verdict]
        return f"All {votes(sheets)} sheets are in hand, and by them {says}."
    says = {
        CONSISTENT: f"confirm that {winner} is ahead of {rival}",
        INCONSISTENT: f"show {rival} ahead of {winner}, who was announced as the winner",
        UNDECIDED: f"do not settle whether {winner} or {rival} is ahead",
    }[verdict]
    after = "" if needed is None else f", after about {votes(needed)} sheets"
    return f"{votes(sheets)} sheets in random order {says} (risk limit {alpha:g}{after})."
