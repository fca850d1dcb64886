"""Boxes opened and counted beside the machine's record on election night (citizen verification)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from numpy.random import Generator
from scipy.special import bdtrc, betaincinv

from sim.estimators.base import nothing_to_say, percent
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, Finding


def exact_interval(count: int, trials: int, level: float) -> tuple[float, float]:
    """Return the exact binomial interval (Clopper and Pearson 1934)."""
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, trials - count + 1, tail))
    high = 1.0 if count == trials else float(betaincinv(count + 1, trials - count, 1 - tail))
    return low, high


@dataclass(frozen=True, slots=True)
class BoxCheck:
    """Share of checked tables where the box did not agree with the machine."""

    monitoring: Monitoring
    key: ClassVar[str] = "box_check"
    reads: ClassVar[frozenset[str]] = frozenset({"boxes"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "boxes to be opened were drawn after the machine had printed its record",
        "slips in counting a box are independent between tables, at the stated rate",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the share of mismatches with its exact interval."""
        boxes, quantity = evidence.boxes, "share of checked boxes that differ from the machine"
        if boxes is None or not len(boxes.table):
            return nothing_to_say(
                self,
                quantity,
                "share",
                "No box checks were reported.",
                "boxes are checked and reported",
            )
        n, differing = len(boxes.table), int(boxes.mismatch.sum())
        low, high = exact_interval(differing, n, self.monitoring.level)
        p = (
            1.0
            if differing == 0
            else float(bdtrc(differing - 1, n, self.monitoring.box_error_share))
        )
        return Finding(
            estimator=self.key,
            quantity=quantity,
            unit="share",
            estimate=differing / n,
            low=low,
            high=high,
            level=self.monitoring.level,
            verdict=INCONSISTENT if p <= self.monitoring.alpha else CONSISTENT,
            p_value=p,
            statement=f"{differing:,} of {n:,} checked boxes differ from the machine's record "
            f"({percent(differing / n)}); "
            f"slips in counting are put at {percent(self.monitoring.box_error_share)}.",
            assumptions=self.assumptions,
            rests_on="if the checks were made and reported as prescribed",
            changes_if="A recount of the differing boxes would change it.",
            details={"checked_tables": n, "differing_tables": differing},
        )
