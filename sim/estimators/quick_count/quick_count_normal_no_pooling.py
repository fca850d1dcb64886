"""Quick count, Bayesian normal model without pooling of strata (Mendoza, Nieto-Barajas 2016)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.estimators.base import (
    IF_REPORTED,
    margin_words,
    named_shares,
    pair,
    percent,
    returns_in_hand,
    share_verdict,
    verdict_words,
)
from sim.estimators.quick_count.sample_strata import StrataReading, read_strata
from sim.models.quick_count.normal_no_pooling import SHARED_BELOW, Posterior, posterior
from sim.models.quick_count.sample_design import (
    design_of,
    is_part,
    lead_bounds,
    returns_by_stratum,
    told,
)
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class QuickCountNormalNoPooling:
    """Estimates the result from tables drawn by stratum: posterior interval of a normal model."""

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_normal_no_pooling"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced", "frame"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "tables were drawn by chance within each stratum",
        "votes for each register voter vary about one mean in a stratum, with no prior knowledge "
        "of it",
        "tables that did not report are like those that did, up to the stated allowance",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the posterior of the lead (central interval of the draws)."""
        s = self.monitoring
        given = returns_in_hand(self, evidence, "lead, share of valid votes")
        if isinstance(given, Finding):
            return given
        sample, kept = given
        drawn = posterior(
            sample, kept, s.min_stratum_tables, s.posterior_draws, rng, evidence.frame
        )
        n, least = returns_by_stratum(sample, kept), max(s.min_stratum_tables, SHARED_BELOW)
        design = design_of(sample, evidence.frame, n, least)
        strata = read_strata(sample, n, design, least)
        return self._finding(evidence, kept, drawn, strata, is_part(n, design))

    def _finding(
        self, evidence: Evidence, kept: Flags, post: Posterior, strata: StrataReading, some: bool
    ) -> Finding:
        s, names = self.monitoring, evidence.candidates
        shares, drawn, freedom = post
        missing, part = strata.missing_share, strata.outside_share
        errors = told(drawn.std(axis=0), some)
        a, b = pair(evidence, shares)
        tail = (1 - s.level) / 2
        leads = drawn[:, a] - drawn[:, b]
        low, high = (float(q) for q in np.quantile(leads, [tail, 1 - tail]))
        interval = lead_bounds(low, high, part)
        within = (
            f"{percent(s.level, 0)} of the posterior: {100 * interval[0]:+.2f} to "
            f"{100 * interval[1]:+.2f}"
        )
        bounds: tuple[float | None, float | None] = interval
        if not np.isfinite(told(leads.std(), some)):
            bounds, within = (None, None), margin_words(np.inf)
        verdict, gaps = share_verdict(
            evidence, shares, errors, freedom, missing, s, part, strata.stand_in_share
        )
        lead = float(shares[a] - shares[b])
        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[a]} over {names[b]}, share of valid votes",
            unit="share",
            estimate=lead,
            low=bounds[0],
            high=bounds[1],
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=f"A Bayesian reading of {int(kept.sum()):,} tables puts {names[a]} at "
            f"{percent(float(shares[a]))}, "
            f"{100 * lead:+.2f} points from {names[b]} "
            f"({within}).{strata.words()} "
            + verdict_words(evidence, verdict, gaps, "this estimate"),
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="Further returns would change it; one-sided loss shifts it, and the "
            "interval does not show that.",
            details={
                "shares": named_shares(names, shares, errors, stdtrit(freedom, 1 - tail), part),
                "missing_share": missing,
                "gaps": gaps,
                "strata": strata.details(),
            },
        )
