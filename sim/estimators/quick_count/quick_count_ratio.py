"""Quick count, stratified ratio estimator (Cochran 1977; the practice of INE): the method of
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.estimators.base import (
    IF_REPORTED,
    Floats,
    in_hand,
    named_shares,
    percent,
    returns_in_hand,
    share_verdict,
    t_quantile,
    verdict_words,
)
from sim.models.quick_count.ratio import Moments, Ratios, from_moments, moments, over_time
from sim.records.evidence import Evidence, QuickCount
from sim.records.finding import Details, Finding
from sim.records.parameters.monitoring import Monitoring

MAX_STEPS = 48
Series = list[dict[str, float]]


def estimate(sample: QuickCount, kept: NDArray[np.bool_], minimum: int) -> Ratios:
    """Return the shares of valid votes by candidate with their variances."""
    return by_design(
        sample, sums_of(sample.votes[:, kept].astype(np.float64), sample, kept), minimum
    )


def sums_of(
    y: Floats, sample: QuickCount, kept: NDArray[np.bool_], valid: Floats | None = None
) -> Moments:
    """Return the sums by stratum of y (J, n in hand) over valid votes (those of y itself unless
    given).
    """
    x = y.sum(axis=0) if valid is None else valid
    return moments(y, x, sample.stratum[kept].astype(np.int64), len(sample.stratum_tables))


def by_design(sample: QuickCount, sums: Moments, minimum: int) -> Ratios:
    """Return ratios under the sample's design."""
    tables = sample.stratum_tables.astype(np.float64)
    return from_moments(
        sums, tables, tables if sample.stratum_weight is None else sample.stratum_weight, minimum
    )


def running(
    sample: QuickCount,
    kept: NDArray[np.bool_],
    lead: Floats,
    valid: Floats,
    minimum: int,
    step: float,
) -> Series:
    """Return the lead and its standard error as returns came in: one row for each step with
    something new.
    """
    hours = sample.hours[kept]
    if not np.isfinite(hours).all() or not len(hours) or hours.max() <= 0:
        return []
    step = max(step, float(hours.max()) / MAX_STEPS)
    bin_ = np.maximum(np.ceil(hours / step - 1e-9).astype(np.int64), 1) - 1
    steps, strata = int(bin_.max()) + 1, len(sample.stratum_tables)
    flat = moments(
        lead[None], valid, sample.stratum[kept].astype(np.int64) * steps + bin_, strata * steps
    )
    grown = [
        np.cumsum(part.reshape(*part.shape[:-1], strata, steps), axis=-1) for part in parts(flat)
    ]
    returns, votes = grown[0].sum(axis=0), grown[1].sum(axis=0)
    told = np.flatnonzero((np.diff(returns, prepend=0) > 0) & (returns >= 2) & (votes > 0))
    if not len(told):
        return []
    tables = sample.stratum_tables.astype(np.float64)
    weight = tables if sample.stratum_weight is None else sample.stratum_weight
    leads, variances = over_time(
        Moments(*(part[..., told] for part in grown)), tables, weight, minimum
    )
    columns = zip(
        ((told + 1) * step).tolist(),
        returns[told].tolist(),
        leads.tolist(),
        np.sqrt(variances).tolist(),
        strict=True,
    )
    return [
        {"hour": hour, "returns": int(n), "lead": lead_, "error": error}
        for hour, n, lead_, error in columns
    ]


def parts(m: Moments) -> tuple[Floats, ...]:
    """Return the sums in field order."""
    return (m.n, m.x, m.xx, m.y, m.xy, m.yy)


@lru_cache(maxsize=2)
def _read(
    sample: QuickCount, last: float, named: tuple[int | None, int | None], minimum: int
) -> tuple[tuple[int, int], Ratios]:
    """Return (first, second) and the ratios, with their lead as the last row, of the returns in
    hand by `last`; once for a sample that is asked of again when only the announcement is new.
    """
    kept = in_hand(sample, last)
    y = (sample.votes if kept.all() else sample.votes[:, kept]).astype(np.float64)
    x = y.sum(axis=0)
    a, b = named
    if a is None or b is None:
        shares = by_design(sample, sums_of(y, sample, kept, x), minimum).ratio
        a, b = np.argsort(-shares, kind="stable")[:2].tolist()
    sums = sums_of(np.concatenate((y, (y[a] - y[b])[None])), sample, kept, x)
    return (a, b), by_design(sample, sums, minimum)


def what_changes(away: int) -> str:
    """Return what would change the reading, given how many sampled tables have not reported."""
    against = "able results that contradict the observers would change it"
    if not away:
        return f"T{against}."
    return (
        f"Returns from the {away:,} sampled tables not in hand and t{against}; loss that favours "
        "one side beyond the stated "
        "allowance shifts it, and the interval does not show that."
    )


@dataclass(frozen=True, slots=True)
class QuickCountRatio:
    """Stratified ratio estimator with linearised variance and collapsed strata."""

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_ratio"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "tables were drawn by chance within each stratum",
        "within a stratum, tables that did not report are like those that did, up to the stated "
        "allowance",
        "the reported counts are those of the table",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the lead with its interval; every share, the running series and the design effect
        stand in details.
        """
        s = self.monitoring
        given = returns_in_hand(self, evidence, "lead, share of valid votes")
        if isinstance(given, Finding):
            return given
        sample, kept = given
        last = min(evidence.as_of_hours, float(sample.hours[kept].max()))
        named = (evidence.challenger, evidence.incumbent)
        return self._finding(
            evidence, sample, kept, *_read(sample, last, named, s.min_stratum_tables)
        )

    def _finding(
        self,
        evidence: Evidence,
        sample: QuickCount,
        kept: NDArray[np.bool_],
        lead: tuple[int, int],
        whole: Ratios,
    ) -> Finding:
        s, names = self.monitoring, evidence.candidates
        errors = np.sqrt(whole.variance)
        shares, share_errors = whole.ratio[:-1], errors[:-1]
        missing = 1.0 - float(kept.mean())
        verdict, gaps = share_verdict(evidence, shares, share_errors, whole.freedom, missing, s)
        width = t_quantile(whole.freedom, (1 - s.level) / 2)
        estimate_, reach = float(whole.ratio[-1]), float(width * errors[-1])
        valid = float(sample.votes[:, kept].sum()) if missing else float(sample.votes.sum())
        p = float(shares[lead[0]])
        effect = float(whole.variance[lead[0]] / (p * (1 - p) / valid)) if 0 < p < 1 else 1.0
        statement = (
            f"{int(kept.sum()):,} of {len(kept):,} sampled tables put {names[lead[0]]} at "
            f"{percent(p)} and {names[lead[1]]} at "
            f"{percent(float(shares[lead[1]]))}: a lead of {100 * estimate_:+.2f} points, give or "
            f"take {100 * reach:.2f}. " + verdict_words(evidence, verdict, gaps, "the quick count")
        )

        def details() -> dict[str, object]:
            y = sample.votes[:, kept].astype(np.float64)
            gap, by_table = y[lead[0]] - y[lead[1]], y.sum(axis=0)
            return {
                "shares": named_shares(names, shares, share_errors, width),
                "leader": names[lead[0]],
                "second": names[lead[1]],
                "missing_share": missing,
                "design_effect": effect,
                "gaps": gaps,
                "series": running(
                    sample, kept, gap, by_table, s.min_stratum_tables, s.series_step_hours
                ),
            }

        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[lead[0]]} over {names[lead[1]]}, share of valid votes",
            unit="share",
            estimate=estimate_,
            low=estimate_ - reach,
            high=estimate_ + reach,
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=statement,
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if=what_changes(int((~kept).sum())),
            details=Details(details),
        )
