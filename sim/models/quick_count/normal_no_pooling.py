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

from dataclasses import replace

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
from sim.records.evidence import Frame, QuickCount

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
    kept: Flags,
    minimum: int,
    draws: int,
    rng: Generator,
    frame: Frame | None = None,
) -> Posterior:
    """Return (shares (K,), draws of the shares (D, K), degrees of freedom (K,))."""
    all_sizes, whole = sizes(sample, frame)
    n, least = returns_by_stratum(sample, kept), max(minimum, SHARED_BELOW)
    design = design_of(sample, frame, n, least)
    use = in_use(n, replace(design, weight=np.where(design.weight > 0, whole, 0.0)), least)
    stratum = (np.cumsum(use.held) - 1)[sample.stratum[kept]]
    x, size, group = sample.votes[:, kept].astype(np.float64), all_sizes[kept], use.group
    total = np.bincount(stratum, size)
    theta = np.stack([np.bincount(stratum, row) for row in x]) / total
    m, shared = (
        np.bincount(group, n[use.held]),
        np.stack([np.bincount(group, row * total) for row in theta]),
    )
    of_return = group[stratum]
    residual = (x - (shared / np.bincount(group, total))[:, of_return] * size) / np.sqrt(size)
    freedom = np.maximum(m - 1, 1)
    root = joint_roots(residual, of_return, len(m), freedom)
    scale = (
        np.sqrt(np.clip(1 - n[use.held] / np.maximum(use.tables, n[use.held]), 0, 1) / total)
        * use.weight
    )
    normal = np.einsum(
        "hkj,dhj->dhk", root[group], rng.standard_normal((draws, len(total), len(x)))
    )
    stretch = np.sqrt(freedom / rng.chisquare(freedom, (draws, len(m))))[:, group]
    centre = theta @ use.weight
    drawn = np.maximum(
        centre + np.einsum("dhk,dh,h->dk", normal, stretch, scale), 1e-9 * centre.sum()
    )
    own = (root[group] ** 2).sum(axis=-1).T * scale**2
    by_group = np.array([np.bincount(group, row) for row in own], dtype=np.float64)
    return (
        centre / centre.sum(),
        drawn / drawn.sum(axis=1, keepdims=True),
        satterthwaite(by_group, m.astype(np.float64)),
    )
