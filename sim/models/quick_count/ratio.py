"""Stratified ratio estimator with linearised variance (Cochran 1977, 5A and 6.11; INE practice).

R = sum_h w_h sum_i y_hi / sum_h w_h sum_i x_hi, w_h = W_h / n_h, for every stratum with a return;
  e = y - R x;
Var(R) = X^-2 sum_g s_eg^2 sum_(h in g) W_h^2 (1 - n_h / N_h) / n_h, s_eg^2 the spread of e in a
  group of strata (`collapse`;
a group is one stratum where none is thin). Degrees of freedom: Satterthwaite (1946), each group's
  variance with m_g - 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.collapse import Design, in_use

Floats = NDArray[np.float64]
NO_SPREAD = 1e-7
"""Standard errors of a share that are rounding; one vote of a million is more."""
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ratios:
    """ratio, variance, freedom: (J,) float64, one for each numerator. freedom: at least 1.

    variance is inf where one return alone stands for tables that were not drawn, and where the
    tables of a part are all alike.
    """

    ratio: Floats
    variance: Floats
    freedom: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums by stratum of a numerator y (J rows) and the denominator x: n (H,), x (H,), xx (H,), y,
    xy, yy (J, H).
    """

    n: Floats
    x: Floats
    xx: Floats
    y: Floats
    xy: Floats
    yy: Floats

    def of(self, strata: NDArray[np.bool_]) -> Moments:
        """Return the sums of some strata."""
        return Moments(
            *(part[..., strata] for part in (self.n, self.x, self.xx, self.y, self.xy, self.yy))
        )


def moments(y: Floats, x: Floats, stratum: Integers, strata: int) -> Moments:
    """Return the sums by stratum. y: (J, n); x: (n,); stratum: (n,) in 0..strata-1."""
    n = np.bincount(stratum, minlength=strata)
    # numpy sorts short numbers by digits, in half the time
    short = stratum.astype(np.uint16) if strata <= 2**16 else stratum
    order, held = np.argsort(short, kind="stable"), np.flatnonzero(n)
    start = (np.cumsum(n) - n)[held]
    y, x = y.take(order, axis=1), x.take(order)

    def sums(part: Floats) -> Floats:
        by_stratum = np.zeros((*part.shape[:-1], strata))
        by_stratum[..., held] = np.add.reduceat(part, start, axis=-1)
        return by_stratum

    if not len(held):
        return Moments(*(np.zeros(shape) for shape in 3 * [strata] + 3 * [(len(y), strata)]))
    return Moments(n.astype(np.float64), sums(x), sums(x * x), sums(y), sums(y * x), sums(y * y))


def from_moments(sums: Moments, design: Design, minimum: int) -> Ratios:
    """Return ratios and variances from sums by stratum.

    Raises:
        ValueError: nothing was sampled, or the denominator is zero.
    """
    use = in_use(sums.n, design, minimum)
    s = sums if use.held.all() else sums.of(use.held)
    if not s.x.any():
        raise ValueError("no valid votes in the sample")
    w = use.weight / s.n
    X = float(w @ s.x)
    R = s.y @ w / X
    r = R[:, None]
    spread, m = group_spread(s.n, s.y - r * s.x, s.yy - 2 * r * s.xy + r * r * s.xx, use.group)
    known = use.weight * w * np.clip(1.0 - s.n / np.maximum(use.tables, s.n), 0.0, 1.0)
    by_group = np.bincount(use.group, known) / (X * X)
    alone = bool(((m < 2) & (by_group > 0)).any())
    parts = spread * by_group
    variance = parts.sum(axis=1)
    if alone:
        variance = np.full_like(R, np.inf)
    elif (by_group > 0).any():  # a part: without any spread, nothing is known of the others
        variance = np.where(variance > NO_SPREAD**2, variance, np.inf)
    return Ratios(R, variance, satterthwaite(parts, m))


def group_spread(n: Floats, e: Floats, ee: Floats, group: Integers) -> tuple[Floats, Floats]:
    """Return (s^2 of the residuals about their group's mean (J, G), tables in each group (G,)).

    n: (U,) tables; e, ee: (J, U) sums of residuals and of their squares by stratum.
    """
    if np.array_equal(group, np.arange(len(n))):
        return np.maximum(ee - e * e / n, 0.0) / np.maximum(n - 1, 1), n
    order = np.argsort(group, kind="stable")
    start = np.flatnonzero(np.diff(group[order], prepend=-1))
    m, e, ee = (np.add.reduceat(part[..., order], start, axis=-1) for part in (n, e, ee))
    return np.maximum(ee - e * e / m, 0.0) / np.maximum(m - 1, 1), m


def satterthwaite(parts: Floats, m: Floats) -> Floats:
    """Return (J,) degrees of freedom, at least 1, of sums of variances parts (J, G) with m_g - 1
    each (Satterthwaite 1946).
    """
    total = parts.sum(axis=1)
    below = (parts * parts / np.maximum(m - 1, 1)).sum(axis=1)
    whole = np.full_like(total, max(float((m - 1).sum()), 1.0))
    return np.asarray(np.maximum(np.divide(total * total, below, out=whole, where=below > 0), 1.0))


def plain_design(
    tables: Floats, weight: Floats | None = None, likeness: Floats | None = None
) -> Design:
    """Return the design of strata of which the number of tables is known; without likeness, strata
    of one size are alike.
    """
    tables = np.asarray(tables, dtype=np.float64)
    alike = np.log(np.maximum(tables, 1.0))[None] if likeness is None else likeness
    return Design(tables if weight is None else weight, tables, alike)


def ratio_estimate(
    y: Floats,
    x: Floats,
    stratum: Integers,
    tables: Floats,
    weight: Floats | None = None,
    minimum: int = 2,
) -> Ratios:
    """Return the ratio estimate of each row of y (J, n) over x (n,), by stratum, with its
    linearised variance.
    """
    y, x, stratum = (
        np.asarray(y, np.float64),
        np.asarray(x, np.float64),
        np.asarray(stratum, np.int64),
    )
    return from_moments(moments(y, x, stratum, len(tables)), plain_design(tables, weight), minimum)
