"""How much loss, how biased, before the quick count's call flips: the tipping curve (Manski 2003,
partial identification).

With a share m of the weight missing and a lead L at the tables in hand, the whole lead is (1 - m) L
+ m L_missing. It is zero at L_missing = -(1 - m) L / m, that is where missing tables differ from
the others by a contrast of L / m.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import (
    IF_REPORTED,
    Floats,
    announced_shares,
    pair,
    returns_in_hand,
    t_quantile,
    uncounted_share,
)
from sim.estimators.quick_count.sample_strata import StrataReading, read_strata
from sim.models.quick_count.collapse import return_weights
from sim.models.quick_count.ratio import from_moments, moments
from sim.models.quick_count.sample_design import design_of, returns_by_stratum
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

CURVE = tuple(round(0.05 * k, 2) for k in range(1, 19))
STEEPEST = 50.0


def tipping_contrast(lead: float, missing: float) -> float | None:
    """Return by how much the lead at missing tables must fall below that at hand for a tie; None if
    no lead can do it.

    Units: shares of valid votes, lead >= 0. The lead at missing tables cannot be less than -1.
    """
    if missing <= 0 or lead / missing > 1 + lead:
        return None
    return lead / missing


def tipping_slope(lead_by_table: Floats, valid: Floats, missing: float) -> float | None:
    """Return b such that missing tables, if distributed as those at hand times exp(-b lead), make a
    tie; None if none does.
    """
    whole = float(lead_by_table @ valid / valid.sum())

    def total(b: float) -> float:
        w = valid * np.exp(-b * (lead_by_table - lead_by_table.min()))
        return (1 - missing) * whole + missing * float(w @ lead_by_table / w.sum())

    low, high = 0.0, STEEPEST
    if missing <= 0 or total(high) > 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) > 0 else (low, middle)
    return high


@dataclass(frozen=True, slots=True)
class LossSensitivity:
    """How selective the loss of sheets would have to be to turn the quick count's call round."""

    monitoring: Monitoring
    key: ClassVar[str] = "loss_sensitivity"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "missing tables have as many valid votes as those at hand",
        "the sample was drawn by chance; nothing is assumed about why tables are missing",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the contrast between missing and reporting tables at which the call flips."""
        s = self.monitoring
        given = returns_in_hand(
            self, evidence, "contrast in lead between missing and reporting tables that makes a tie"
        )
        if isinstance(given, Finding):
            return given
        sample, kept = given
        y = sample.votes[:, kept].astype(np.float64)
        x, stratum = y.sum(axis=0), sample.stratum[kept].astype(np.int64)
        n = returns_by_stratum(sample, kept)
        design = design_of(sample, evidence.frame, n, s.min_stratum_tables)
        shares = from_moments(moments(y, x, stratum, len(n)), design, s.min_stratum_tables).ratio
        a, b = self._rivals(evidence, shares)
        lead = from_moments(
            moments((y[a] - y[b])[None], x, stratum, len(n)), design, s.min_stratum_tables
        )
        strata = read_strata(sample, n, design, s.min_stratum_tables)
        in_hand = (1 - strata.missing_share) * (1 - strata.outside_share)
        missing = 1 - in_hand * (1 - uncounted_share(evidence))
        reach = t_quantile(float(lead.freedom[0]), s.alpha / 2) * float(lead.variance[0]) ** 0.5
        with np.errstate(invalid="ignore", divide="ignore"):
            by_table = np.where(x > 0, (y[a] - y[b]) / x, 0.0)
        weight = return_weights(n, design, s.min_stratum_tables)[0][stratum]
        slope = tipping_slope(by_table, x * weight, missing)
        return self._finding(evidence, (a, b), float(lead.ratio[0]), reach, missing, slope, strata)

    def _rivals(self, evidence: Evidence, shares: Floats) -> tuple[int, int]:
        """Return the leader of the quick count and his rival: the announced leader if another, else
        the second.
        """
        order = np.argsort(-shares, kind="stable")
        first, second = int(order[0]), int(order[1])
        announced = announced_shares(evidence)
        if announced is None:
            named = pair(evidence, shares)
            return (
                (first, second)
                if first not in named
                else (first, named[0] if first == named[1] else named[1])
            )
        top = int(np.argmax(announced))
        return first, (top if top != first else second)

    def _verdict(
        self, evidence: Evidence, rivals: tuple[int, int], safe: float, contrast: float | None
    ) -> str:
        announced = announced_shares(evidence)
        if (
            announced is None
            or safe <= 0
            or (contrast is not None and contrast <= self.monitoring.decisive_contrast_share)
        ):
            return UNDECIDED
        return INCONSISTENT if announced[rivals[1]] > announced[rivals[0]] else CONSISTENT

    def _finding(
        self,
        evidence: Evidence,
        rivals: tuple[int, int],
        lead: float,
        reach: float,
        missing: float,
        slope: float | None,
        strata: StrataReading,
    ) -> Finding:
        names, safe = evidence.candidates, max(lead - reach, 0.0)
        contrast, cautious = tipping_contrast(lead, missing), tipping_contrast(safe, missing)
        curve = [{"missing_share": m, "contrast": tipping_contrast(lead, m)} for m in CURVE]
        if missing <= 0:
            words = "nothing is missing that could turn the order"
        elif contrast is None:
            words = (
                f"with {100 * missing:.0f} % of the weight not in hand, no result at the "
                "missing tables makes a tie"
            )
        else:
            words = (
                f"with {100 * missing:.0f} % of the weight not in hand, a tie needs a lead at the "
                "missing tables "
                f"{100 * contrast:.0f} points lower than at those in hand"
            )
        turned = safe <= 2 * strata.stand_in_share  # a lead there may be from -1 to 1
        verdict = UNDECIDED if turned else self._verdict(evidence, rivals, safe, cautious)
        tail = {
            UNDECIDED: "That does not settle the announced result."
            if announced_shares(evidence) is not None
            else "No totals were given to compare with.",
            CONSISTENT: "The announced totals have the same one ahead, beyond what loss within "
            "the stated limit could turn.",
            INCONSISTENT: f"The announced totals put {names[rivals[1]]} ahead, beyond what loss "
            "within the limit explains.",
        }[verdict]
        return Finding(
            estimator=self.key,
            quantity="contrast in lead between missing and reporting tables that makes a tie",
            unit="share",
            estimate=contrast,
            low=cautious,
            high=None,
            level=1 - self.monitoring.alpha,
            verdict=verdict,
            p_value=None,
            statement=f"{names[rivals[0]]} is ahead of {names[rivals[1]]} by {100 * lead:.2f} "
            f"points; {words}.{strata.words()} " + tail,
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="Returns from the missing tables would change it, and so would knowing why "
            "they are missing.",
            details={
                "lead": lead,
                "missing_share": missing,
                "lead_at_missing_for_tie": None if contrast is None else lead - contrast,
                "selection_slope_for_tie": None
                if slope is None or not math.isfinite(slope)
                else slope,
                "curve": curve,
                "strata": strata.details(),
            },
        )
