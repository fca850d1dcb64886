"""Bayesian normal model without pooling of strata (Mendoza and Nieto-Barajas 2016).

In stratum i: X_ij | theta, tau ~ N(n_ij theta_i, n_ij / tau_i), p(theta, tau) proportional to 1 /
tau, so theta_i is Student t about sum X / sum n with m_i - 1 degrees of freedom and squared scale
s^2 / sum n. lambda = sum_i (n_i / n) theta_i; shares are lambda over the sum of lambdas. n_ij is
the register of the table. The published model draws each candidate alone; here those of a table are
drawn together, because what one gains there another often loses, and apart the interval of a lead
covers too seldom. Centres and the spread of each theta are the same. Where it departs from the
published model for thin strata:

- n_ij is 1 where registers are unknown, or where so few tables are drawn in so many strata that the
  ratios X / n add up to a bias: the root of the sum over strata of cv^2 (1/d_h - 1/N_h) is above .3
  (Cochran 1977, 6.10, on separate ratios). It depends on the draw, not on who has reported.
- strata with fewer than ten returns share tau with the strata most like them (`collapse`), each
  with its own theta and weight. The variance of Student's t with m - 1 degrees of freedom is
  (m - 1) / (m - 3) times its squared scale: with two or three returns a stratum the interval would
  cover always.

Only tables outside the sample are uncertain: the squared scale carries the factor 1 - n_h / N_h
(finite population).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.models.quick_count.collapse import in_use
from sim.models.quick_count.ratio import satterthwaite
from sim.models.quick_count.sample_design import (
    design_of,
    drawn_tables,
    expansion,
    known_tables,
    returns_by_stratum,
)
from sim.records.seen.evidence import Frame, QuickCount

Floats = NDArray[np.float64]
Posterior = tuple[Floats, Floats, Floats]
Flags = NDArray[np.bool_]
SHARED_BELOW = 10
BIASED_ABOVE = 0.3


def sizes(sample: QuickCount, frame: Frame | None) -> tuple[Floats, Floats]:
    """Return (size of each sampled table (n,), size of each stratum (H,)): registers where they
    serve, else tables.
    """
    known = sample.registered is not None and bool((sample.registered > 0).all())
    size, whole = np.ones(len(sample.table)), expansion(sample)
    if known and sample.registered is not None and sample.stratum_weight is not None:
        size, whole = sample.registered.astype(np.float64), sample.stratum_weight
    elif (
        sample.stratum_weight is None
        and frame is not None
        and frame.stratum is not None
        and (frame.registered > 0).all()
    ):
        register = frame.registered.astype(np.float64)
        size = register[sample.table]
        whole = np.bincount(frame.stratum, register, minlength=len(whole)).astype(np.float64)
    if ratio_bias(size, sample) > BIASED_ABOVE:
        return np.ones(len(size)), sample.stratum_tables.astype(np.float64)
    return size, whole


def ratio_bias(size: Floats, sample: QuickCount) -> float:
    """Return how large the bias of separate ratios may be beside their standard error; of the drawn
    sample, whoever reported.
    """
    drawn = drawn_tables(sample)
    n = drawn[sample.stratum]
    mean = (np.bincount(sample.stratum, size, minlength=len(drawn)) / np.maximum(drawn, 1))[
        sample.stratum
    ]
    if not (n > 1).any():
        mean = np.full(len(size), size.mean())
    spread = float(((size - mean) ** 2).sum()) / max(len(size) - int((drawn > 0).sum()), 1)
    held = drawn > 0
    per_table = 1 / drawn[held] - 1 / np.maximum(known_tables(sample)[held], drawn[held])
    return float(np.sqrt(spread * per_table.sum()) / size.mean())


def joint_roots(residual: Floats, group: NDArray[np.int64], strata: int, freedom: Floats) -> Floats:
    """Return (H, K, K) a square root of the covariance of residuals (K, n) in each stratum."""
    covariance = np.empty((strata, len(residual), len(residual)))
    for j, row in enumerate(residual):
        for k in range(j + 1):
            both = np.bincount(group, row * residual[k], minlength=strata) / freedom
            covariance[:, j, k] = covariance[:, k, j] = both
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :])


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Strata with returns, U of them, in G groups that share a precision, K candidates.

    theta: (K, U) votes per unit of size. weight: (U,) size of each stratum. scale: (U,) root of
    (1 - f) / (size in hand), times the weight. root: (G, K, K) of the covariance. group: (U,).
    m: (G,) returns.
    """

    theta: Floats
    weight: Floats
    scale: Floats
    root: Floats
    group: NDArray[np.int64]
    m: Floats


def fitted(sample: QuickCount, kept: Flags, minimum: int, frame: Frame | None) -> Fit:
    """Return what the returns in hand say of each stratum; kept: (n,)."""
    all_sizes, whole = sizes(sample, frame)
    n, least = returns_by_stratum(sample, kept), max(minimum, SHARED_BELOW)
    design = design_of(sample, frame, n, least)
    use = in_use(n, replace(design, weight=np.where(design.weight > 0, whole, 0.0)), least)
    n, stratum = n[use.held], (np.cumsum(use.held) - 1)[sample.stratum[kept]]
    x, size, group = sample.votes[:, kept].astype(np.float64), all_sizes[kept], use.group
    total = np.bincount(stratum, size)
    theta = np.stack([np.bincount(stratum, row) for row in x]) / total
    m = np.bincount(group, n).astype(np.float64)
    shared = np.stack([np.bincount(group, row * total) for row in theta])
    about = (shared / np.bincount(group, total))[:, group[stratum]]
    residual = (x - about * size) / np.sqrt(size)
    root = joint_roots(residual, group[stratum], len(m), np.maximum(m - 1, 1))
    unknown = np.clip(1 - n / np.maximum(use.tables, n), 0, 1)
    return Fit(theta, use.weight, np.sqrt(unknown / total) * use.weight, root, group, m)


def posterior(
    sample: QuickCount,
    kept: Flags,
    minimum: int,
    draws: int,
    rng: Generator,
    frame: Frame | None = None,
) -> Posterior:
    """Return (shares (K,), draws of the shares (D, K), degrees of freedom (K,))."""
    fit = fitted(sample, kept, minimum, frame)
    freedom, root = np.maximum(fit.m - 1, 1), fit.root[fit.group]
    candidates, strata = fit.theta.shape
    standard = rng.standard_normal((draws, strata, candidates))
    stretch = np.sqrt(freedom / rng.chisquare(freedom, (draws, len(fit.m))))[:, fit.group]
    normal = np.einsum("hkj,dhj->dhk", root, standard)
    around = np.einsum("dhk,dh,h->dk", normal, stretch, fit.scale)
    centre = fit.theta @ fit.weight
    drawn = np.maximum(centre + around, 1e-9 * centre.sum())
    own = (root**2).sum(axis=-1).T * fit.scale**2
    by_group = np.array([np.bincount(fit.group, row) for row in own], dtype=np.float64)
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    return centre / centre.sum(), shares, satterthwaite(by_group, fit.m)
