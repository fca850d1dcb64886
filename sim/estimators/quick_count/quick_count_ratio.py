"""Quick count, stratified ratio estimator (Cochran 1977; the practice of INE): the method of
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.estimators.base import (
    IF_REPORTED,
    Floats,
    in_hand,
    margin_words,
    named_shares,
    percent,
    returns_in_hand,
    share_verdict,
    verdict_words,
)
from sim.estimators.quick_count.sample_strata import StrataReading, read_strata
from sim.fast.derived import derived
from sim.models.quick_count.arrivals import running
from sim.models.quick_count.ratio import Moments, Ratios, from_moments, moments
from sim.models.quick_count.sample_design import (
    design_of,
    reached,
    returns_by_stratum,
    strata_in_all,
)
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Frame, QuickCount
from sim.records.seen.finding import Details, Finding

Flags = NDArray[np.bool_]


def estimate(sample: QuickCount, kept: Flags, minimum: int, frame: Frame | None = None) -> Ratios:
    """Return the shares of valid votes by candidate with their variances."""
    sums = sums_of(sample.votes[:, kept].astype(np.float64), sample, kept)
    return from_moments(sums, design_of(sample, frame, sums.n, minimum), minimum)


def sums_of(y: Floats, sample: QuickCount, kept: Flags, valid: Floats | None = None) -> Moments:
    """Return the sums by stratum of y (J, n in hand) over valid votes (those of y itself unless
    given).
    """
    x = y.sum(axis=0) if valid is None else valid
    return moments(y, x, sample.stratum[kept].astype(np.int64), strata_in_all(sample))


@derived
def _read(
    sample: QuickCount,
    frame: Frame | None,
    last: float,
    named: tuple[int | None, int | None],
    minimum: int,
) -> tuple[tuple[int, int], Ratios, StrataReading]:
    """Return (first, second), the ratios with their lead as the last row, and the strata, of the
    returns in hand by `last`; once for a sample that is asked of again when only the announcement
    is new.
    """
    kept = in_hand(sample, last)
    y = (sample.votes if kept.all() else sample.votes[:, kept]).astype(np.float64)
    x = y.sum(axis=0)
    n = returns_by_stratum(sample, kept)
    design = design_of(sample, frame, n, minimum)
    a, b = named
    if a is None or b is None:
        shares = from_moments(sums_of(y, sample, kept, x), design, minimum).ratio
        a, b = np.argsort(-shares, kind="stable")[:2].tolist()
    sums = sums_of(np.concatenate((y, (y[a] - y[b])[None])), sample, kept, x)
    return (a, b), from_moments(sums, design, minimum), read_strata(sample, n, design, minimum)


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
    """Estimates the result from tables drawn by stratum, with its margin: ratio estimator,
    linearised variance; strata of few returns share a spread and keep their weight.
    """

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_ratio"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced", "frame"})
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
            evidence,
            sample,
            kept,
            *_read(sample, evidence.frame, last, named, s.min_stratum_tables),
        )

    def _finding(
        self,
        evidence: Evidence,
        sample: QuickCount,
        kept: Flags,
        lead: tuple[int, int],
        whole: Ratios,
        strata: StrataReading,
    ) -> Finding:
        s, names, part = self.monitoring, evidence.candidates, strata.outside_share
        errors, missing = np.sqrt(whole.variance), strata.missing_share
        shares, share_errors = whole.ratio[:-1], errors[:-1]
        verdict, gaps = share_verdict(
            evidence,
            shares,
            share_errors,
            whole.freedom[:-1],
            missing,
            s,
            part,
            strata.stand_in_share,
        )
        widths = stdtrit(whole.freedom, 0.5 + s.level / 2)
        estimate_, reach = float(whole.ratio[-1]), float(widths[-1] * errors[-1])
        low, high = reached(estimate_, reach, part)
        p = shares[list(lead)].tolist()
        statement = (
            f"{int(kept.sum()):,} of {len(kept):,} sampled tables put {names[lead[0]]} at "
            f"{percent(p[0])} and {names[lead[1]]} "
            f"at {percent(p[1])}: a lead of {100 * estimate_:+.2f} points, "
            f"{margin_words(reach)}.{strata.words()} "
            + verdict_words(evidence, verdict, gaps, "the quick count")
        )

        def details() -> dict[str, object]:
            return {
                "shares": named_shares(names, shares, share_errors, widths[:-1], part),
                "leader": names[lead[0]],
                "second": names[lead[1]],
                "missing_share": missing,
                "design_effect": design_effect(
                    p[0], float(whole.variance[lead[0]]), float(sample.votes[:, kept].sum())
                ),
                "gaps": gaps,
                "strata": strata.details(),
                "series": running(
                    sample, evidence.frame, kept, lead, s.min_stratum_tables, s.series_step_hours
                ),
            }

        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[lead[0]]} over {names[lead[1]]}, share of valid votes",
            unit="share",
            estimate=estimate_,
            low=low,
            high=high,
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=statement,
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if=what_changes(int((~kept).sum())),
            details=Details(details),
        )


def design_effect(p: float, variance: float, valid: float) -> float:
    """Return the variance of a share p over that of `valid` voters drawn one by one; 1 where nobody
    or everybody is for it.
    """
    return variance / (p * (1 - p) / valid) if 0 < p < 1 else 1.0
