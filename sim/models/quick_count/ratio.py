"""Stratified ratio estimator with linearised variance and collapsed strata (Cochran 1977, 5A and
6.11; INE practice).

R = sum_h w_h sum_i y_hi / sum_h w_h sum_i x_hi, w_h = W_h / n_h;  e = y - R x;
Var(R) = X^-2 sum_h W_h^2 (1 - n_h / N_h) s_eh^2 / n_h.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ratios:
    """ratio, variance: (J,) float64, one for each numerator. freedom: sampled tables less strata in
    use.
    """

    ratio: Floats
    variance: Floats
    freedom: int


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

    def joined(self, group: Integers) -> Moments:
        """Return the sums by group; group (H,) gives each stratum's group, 0-based and
        non-decreasing.
        """
        start = np.flatnonzero(np.diff(group, prepend=-1))
        return Moments(
            *(
                np.add.reduceat(part, start, axis=-1)
                for part in (self.n, self.x, self.xx, self.y, self.xy, self.yy)
            )
        )


def collapse(sampled: Floats, minimum: int) -> Integers:
    """Return (H,) the group of each stratum, so that each group has at least `minimum` sampled
    tables if all together have.

    A thin stratum joins its neighbour in stratum order, which for strata built on an earlier result
    is the most alike.
    """
    if sampled.min(initial=minimum) >= minimum:
        return np.arange(len(sampled))
    group = np.zeros(len(sampled), dtype=np.int64)
    current, held = 0, 0.0
    for h, count in enumerate(sampled.tolist()):
        group[h] = current
        held += count
        if held >= minimum:
            current, held = current + 1, 0.0
    if group[-1] == current:  # the last ones stayed too thin
        group[group == current] = max(current - 1, 0)
    return group


def moments(y: Floats, x: Floats, stratum: Integers, strata: int) -> Moments:
    """Return the sums by stratum. y: (J, n); x: (n,); stratum: (n,) in 0..strata-1."""
    n = np.bincount(stratum, minlength=strata)
    short = (
        stratum.astype(np.uint16) if strata <= 2**16 else stratum
    )  # numpy sorts short numbers by digits, in half the time
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


def from_moments(sums: Moments, tables: Floats, weight: Floats, minimum: int) -> Ratios:
    """Return ratios and variances from sums by stratum. tables: (H,) N_h; weight: (H,) W_h (N_h
    itself in a plain design).

    Raises:
        ValueError: nothing was sampled, or the denominator is zero.
    """
    s, N, W = sums, tables, weight
    if sums.n.min(initial=minimum) < minimum:
        group = collapse(sums.n, minimum)
        start = np.flatnonzero(np.diff(group, prepend=-1))
        s, N, W = sums.joined(group), np.add.reduceat(tables, start), np.add.reduceat(weight, start)
    if not s.n.all() or not s.x.any():
        raise ValueError("no valid votes in the sample")
    w = W / s.n
    X = float(w @ s.x)
    R = s.y @ w / X
    r = R[:, None]
    mean = (s.y - r * s.x) / s.n
    squares = np.maximum(s.yy - 2 * r * s.xy + r * r * s.xx - s.n * mean * mean, 0.0)
    finite = np.clip(1.0 - s.n / np.maximum(N, s.n), 0.0, 1.0)
    variance = squares @ (W * W * finite / (s.n * np.maximum(s.n - 1, 1))) / (X * X)
    return Ratios(R, variance, max(int(s.n.sum()) - len(s.n), 1))


def over_time(sums: Moments, tables: Floats, weight: Floats, minimum: int) -> tuple[Floats, Floats]:
    """Return ratio and variance (T,) of one numerator at T moments, as `from_moments` gives them
    one after the other.

    sums: n, x, xx (H, T) and y, xy, yy (1, H, T), with valid votes at each moment. A thin stratum
    may join its neighbour early and stand alone later, so groups are found at each moment; a group
    that is not in use counts as empty.
    """
    strata, times = sums.n.shape
    group = np.stack([collapse(now, minimum) for now in sums.n.T], axis=1)
    place = (group * times + np.arange(times)).ravel()

    def joined(part: Floats) -> Floats:
        flat: Floats = np.bincount(place, part.ravel(), minlength=strata * times).astype(np.float64)
        return flat.reshape(strata, times)

    n, x, xx, y, xy, yy = (
        joined(part) for part in (sums.n, sums.x, sums.xx, sums.y[0], sums.xy[0], sums.yy[0])
    )
    N, W = (joined(np.repeat(part[:, None], times, axis=1)) for part in (tables, weight))
    used = np.maximum(n, 1)
    X = (W / used * x).sum(axis=0)
    R = (W / used * y).sum(axis=0) / X
    mean = (y - R * x) / used
    squares = np.maximum(yy - 2 * R * xy + R * R * xx - n * mean * mean, 0.0)
    finite = np.clip(1.0 - n / np.maximum(np.maximum(N, n), 1), 0.0, 1.0)
    return R, (squares * (W * W * finite / (used * np.maximum(n - 1, 1)))).sum(axis=0) / (X * X)


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
    sums = moments(y, x, stratum, len(tables))
    return from_moments(sums, tables, tables if weight is None else weight, minimum)
