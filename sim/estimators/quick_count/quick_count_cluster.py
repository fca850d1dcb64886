"""Quick count as existing observer software computes it (Apollo): one cluster sample, no strata, no
weights.

Var = (1 - f) / (k mbar^2) * [S a^2 - 2 p S a m + p^2 S m^2] / (k - 1). Here f = 0, the software's
default, so the interval never shrinks to nothing. It is given for contrast: what strata are worth
is the ratio of the two intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.estimators.base import (
    IF_REPORTED,
    Floats,
    named_shares,
    pair,
    percent,
    returns_in_hand,
    share_verdict,
    verdict_words,
)
from sim.records.evidence import Evidence, QuickCount
from sim.records.finding import UNDECIDED, Finding
from sim.records.parameters.monitoring import Monitoring


def cluster_estimate(y: Floats, m: Floats) -> tuple[Floats, Floats]:
    """Return (p, variance) of each row of y (J, k) over the votes m (k,) of k tables, f = 0."""
    k = len(m)
    p = y.sum(axis=1) / m.sum()
    spread = (y * y).sum(axis=1) - 2 * p * (y @ m) + p * p * float(m @ m)
    return p, np.maximum(spread, 0.0) / (k - 1) / (k * float(m.mean()) ** 2)


def out_of_proportion(sample: QuickCount, kept: NDArray[np.bool_]) -> float:
    """Return the part of the reporting sample that lies in the wrong strata, 0 where it is
    self-weighting.
    """
    size = sample.stratum_tables if sample.stratum_weight is None else sample.stratum_weight
    held = np.bincount(sample.stratum[kept], minlength=len(size))
    return float(np.abs(held / held.sum() - size / size.sum()).sum() / 2)


@dataclass(frozen=True, slots=True)
class QuickCountCluster:
    """Unstratified cluster form."""

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_cluster"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "tables were drawn by chance from one list, all with the same chance",
        "tables that did not report are like those that did, up to the stated allowance",
        "the reported counts are those of the table",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the lead without strata or weights; undecided of the announced result where the
        sample is not proportional.
        """
        given = returns_in_hand(self, evidence, "lead, share of valid votes")
        if isinstance(given, Finding):
            return given
        sample, kept = given
        y = sample.votes[:, kept].astype(np.float64)
        m = y.sum(axis=0)
        a, b = pair(evidence, y.sum(axis=1))
        p, variance = cluster_estimate(np.vstack([y, y[a] - y[b]]), m)
        return self._finding(evidence, sample, kept, (a, b), p, np.sqrt(variance))

    def _finding(
        self,
        evidence: Evidence,
        sample: QuickCount,
        kept: NDArray[np.bool_],
        lead: tuple[int, int],
        p: Floats,
        errors: Floats,
    ) -> Finding:
        s, names = self.monitoring, evidence.candidates
        n, missing = int(kept.sum()), 1.0 - float(kept.mean())
        verdict, gaps = share_verdict(evidence, p[:-1], errors[:-1], n - 1, missing, s)
        misplaced = out_of_proportion(sample, kept)
        words = verdict_words(evidence, verdict, gaps, "this estimate")
        if misplaced > s.design_mismatch_share:
            verdict, gaps = UNDECIDED, {}
            words = (
                f"{percent(misplaced, 1)} of the returns lie in strata out of proportion, "
                "which this formula ignores: no verdict."
            )
        width = NormalDist().inv_cdf(0.5 + s.level / 2)
        lead_share, reach = float(p[-1]), float(width * errors[-1])
        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[lead[0]]} over {names[lead[1]]}, share of valid votes",
            unit="share",
            estimate=lead_share,
            low=lead_share - reach,
            high=lead_share + reach,
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=f"Taken as one list without strata, {n:,} tables give {names[lead[0]]} a "
            f"lead of {100 * lead_share:+.2f} "
            f"points, give or take {100 * reach:.2f}. {words}",
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="Further returns would change it; where strata are known, read the "
            "stratified estimate.",
            details={
                "shares": named_shares(names, p[:-1], errors[:-1], width),
                "missing_share": missing,
                "misplaced_share": misplaced,
                "gaps": gaps,
            },
        )
