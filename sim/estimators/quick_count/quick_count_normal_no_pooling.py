"""Quick count, Bayesian normal model without pooling of strata (Mendoza and Nieto-Barajas 2016).

In stratum i: X_ij | theta, tau ~ N(n_ij theta_i, n_ij / tau_i), p(theta, tau) proportional to 1 /
tau, so theta_i is Student t about sum X / sum n with m_i - 1 degrees of freedom and squared scale
s^2 / sum n. lambda = sum_i (n_i / n) theta_i; shares are lambda over the sum of lambdas. n_ij is
the register of the table, or 1 where it is unknown. The published model draws each candidate alone;
here those of a table are drawn together, because what one gains there another often loses, and
apart the interval of a lead covers too seldom. Centres and the spread of each theta are the same.
Only tables outside the sample are uncertain: the squared scale carries the factor 1 - f (finite
population).
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
from sim.models.quick_count.ratio import collapse
from sim.records.evidence import Evidence, Frame, QuickCount
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring

Posterior = tuple[Floats, Floats, int]


def sizes(sample: QuickCount, frame: Frame | None) -> tuple[Floats, Floats]:
    """Return (size of each sampled table (n,), size of each stratum (H,)): registers, or tables
    where registers are unknown.
    """
    known = sample.registered is not None and bool((sample.registered > 0).all())
    if known and sample.registered is not None and sample.stratum_weight is not None:
        return sample.registered.astype(np.float64), sample.stratum_weight
    if frame is not None and frame.stratum is not None and (frame.registered > 0).all():
        register = frame.registered.astype(np.float64)
        return register[sample.table], np.bincount(
            frame.stratum, register, minlength=len(sample.stratum_tables)
        ).astype(np.float64)
    return np.ones(len(sample.table)), sample.stratum_tables.astype(np.float64)


def joint_roots(
    residual: Floats, group: NDArray[np.int64], strata: int, freedom: NDArray[np.int64]
) -> Floats:
    """Return (H, K, K) a square root of the covariance of residuals (K, n) in each stratum."""
    covariance = np.empty((strata, len(residual), len(residual)))
    for j, row in enumerate(residual):
        for k in range(j + 1):
            both = np.bincount(group, row * residual[k], minlength=strata) / freedom
            covariance[:, j, k] = covariance[:, k, j] = both
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :])


def posterior(
    sample: QuickCount,
    kept: NDArray[np.bool_],
    minimum: int,
    draws: int,
    rng: Generator,
    frame: Frame | None = None,
) -> Posterior:
    """Return (shares (K,), draws of the shares (D, K), degrees of freedom)."""
    all_sizes, whole = sizes(sample, frame)
    held = np.bincount(sample.stratum[kept], minlength=len(whole)).astype(np.float64)
    group = collapse(held, minimum)
    g, strata = group[sample.stratum[kept]], int(group.max()) + 1
    x, size = sample.votes[:, kept].astype(np.float64), all_sizes[kept]
    m, total = np.bincount(g, minlength=strata), np.bincount(g, size, minlength=strata)
    theta = np.stack([np.bincount(g, row, minlength=strata) for row in x]) / total
    residual = (x - theta[:, g] * size) / np.sqrt(size)
    root = joint_roots(residual, g, strata, np.maximum(m - 1, 1))
    N = np.bincount(group, whole, minlength=strata)
    scale = np.sqrt(np.clip(1 - total / np.maximum(N, total), 0, 1) / total)
    normal = np.einsum("hkj,dhj->dhk", root, rng.standard_normal((draws, strata, len(x))))
    stretch = np.sqrt(np.maximum(m - 1, 1) / rng.chisquare(np.maximum(m - 1, 1), (draws, strata)))
    centre = theta @ N
    around = np.einsum("dhk,dh,h->dk", normal, stretch, scale * N)
    drawn = np.maximum(centre + around, 1e-9 * centre.sum())
    return (
        centre / centre.sum(),
        drawn / drawn.sum(axis=1, keepdims=True),
        max(int(m.sum()) - strata, 1),
    )


@dataclass(frozen=True, slots=True)
class QuickCountNormalNoPooling:
    """Posterior interval of a stratified normal model."""

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
        return self._finding(evidence, kept, drawn)

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
            statement=f"A Bayesian reading of {int(kept.sum()):,} tables puts {names[a]} at "
            f"{percent(float(shares[a]))}, "
            f"{100 * lead:+.2f} points from {names[b]} "
            f"({percent(s.level, 0)} of the posterior: {100 * low:+.2f} to {100 * high:+.2f}). "
            + verdict_words(evidence, verdict, gaps, "this estimate"),
            assumptions=self.assumptions,
            rests_on=IF_REPORTED,
            changes_if="Further returns would change it; one-sided loss shifts it, and the "
            "interval does not show that.",
            details={
                "shares": named_shares(names, shares, errors, t_quantile(freedom, tail)),
                "missing_share": missing,
                "gaps": gaps,
            },
        )
