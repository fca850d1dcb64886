"""Quick count, Bayesian normal model without pooling of strata (Mendoza and Nieto-Barajas 2016).

In stratum i: X_ij | theta, tau ~ N(n_ij theta_i, n_ij / tau_i), p(theta, tau) proportional to 1 / tau, so theta_i is Student t
about sum X / sum n with m_i - 1 degrees of freedom and squared scale s^2 / sum n. lambda = sum_i (n_i / n) theta_i for each
candidate apart; shares are lambda over the sum of lambdas. n_ij is the register of the table, or 1 where it is unknown.
Only tables outside the sample are uncertain: the squared scale carries the factor 1 - f (finite population).
"""

from __future__ import annotations

from dataclasses import dataclass
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
    t_quantile,
    verdict_words,
)
from sim.models.ratio import collapse
from sim.records.evidence import Evidence, QuickCount
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

Posterior = tuple[Floats, Floats, int]


def sizes(sample: QuickCount) -> tuple[Floats, Floats]:
    """Return (size of each sampled table (n,), size of each stratum (H,)): registers, or tables where registers are unknown."""
    if sample.registered is not None and sample.stratum_weight is not None and (sample.registered > 0).all():
        return sample.registered.astype(np.float64), sample.stratum_weight
    return np.ones(len(sample.table)), sample.stratum_tables.astype(np.float64)


def posterior(sample: QuickCount, kept: NDArray[np.bool_], minimum: int, draws: int, rng: Generator) -> Posterior:
    """Return (shares (K,), draws of the shares (D, K), degrees of freedom)."""
    all_sizes, whole = sizes(sample)
    held = np.bincount(sample.stratum[kept], minlength=len(whole)).astype(np.float64)
    group = collapse(held, minimum)
    g, strata = group[sample.stratum[kept]], int(group.max()) + 1
    x, size = sample.votes[:, kept].astype(np.float64), all_sizes[kept]
    m, total = np.bincount(g, minlength=strata), np.bincount(g, size, minlength=strata)
    theta = np.stack([np.bincount(g, row, minlength=strata) for row in x]) / total
    residual = (x - theta[:, g] * size) ** 2 / size
    s2 = np.stack([np.bincount(g, row, minlength=strata) for row in residual]) / np.maximum(m - 1, 1)
    N = np.bincount(group, whole, minlength=strata)
    scale = np.sqrt(s2 / total * np.clip(1 - total / np.maximum(N, total), 0, 1))
    t = rng.standard_t(np.maximum(m - 1, 1), size=(draws, len(x), strata))
    drawn = np.maximum((theta + t * scale) @ N, 0.0)
    centre = theta @ N
    return centre / centre.sum(), drawn / drawn.sum(axis=1, keepdims=True), max(int(m.sum()) - strata, 1)


@dataclass(frozen=True, slots=True)
class QuickCountNormalNoPooling:
    """Posterior interval of a stratified normal model."""

    monitoring: Monitoring
    key: ClassVar[str] = "quick_count_normal_no_pooling"
    reads: ClassVar[frozenset[str]] = frozenset({"quick_count", "announced"})
    exact: ClassVar[bool] = True
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]] = (
        "tables were drawn by chance within each stratum",
        "votes for each register voter vary about one mean in a stratum, with no prior knowledge of it",
        "tables that did not report are like those that did, up to the stated allowance",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the posterior of the lead (central interval of the draws)."""
        s = self.monitoring
        given = returns_in_hand(self, evidence, "lead, share of valid votes")
        if isinstance(given, Finding):
            return given
        sample, kept = given
        return self._finding(evidence, kept, posterior(sample, kept, s.min_stratum_tables, s.posterior_draws, rng))

    def _finding(self, evidence: Evidence, kept: NDArray[np.bool_], post: Posterior) -> Finding:
        s, names = self.monitoring, evidence.candidates
        shares, drawn, freedom = post
        missing = 1.0 - float(kept.mean())
        errors = drawn.std(axis=0)
        a, b = pair(evidence, shares)
        tail = (1 - s.level) / 2
        low, high = np.quantile(drawn[:, a] - drawn[:, b], [tail, 1 - tail])
        verdict, gaps = share_verdict(evidence, shares, errors, freedom, missing, s)
        lead = float(shares[a] - shares[b])
        return Finding(
            estimator=self.key,
            quantity=f"lead of {names[a]} over {names[b]}, share of valid votes",
            unit="share",
            estimate=lead,
            low=float(low),
            high=float(high),
            level=s.level,
            verdict=verdict,
            p_value=None,
            statement=f"A Bayesian reading of {int(kept.sum()):,} tables puts {names[a]} at {percent(float(shares[a]))}, "
            f"{100 * lead:+.2f} points from {names[b]} "
            f"({percent(s.level, 0)} of the posterior: {100 * low:+.2f} to {100 * high:+.2f}). "
            + verdict_words(evidence, verdict, gaps, "this estimate"),
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="The sampled tables not in hand would change it; selective loss shifts it unseen by the interval.",
            details={
                "shares": named_shares(names, shares, errors, t_quantile(freedom, tail)),
                "missing_share": missing,
                "gaps": gaps,
            },
        )
