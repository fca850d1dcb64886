"""How many tables a quick count needs: the naive formula for voters, clustering, strata and the
finite list of tables.

Naive (Estok, Nevitte and Cowan 2002): n = P(1-P) / (e^2/z^2 + P(1-P)/N) voters, as if voters were
drawn one by one. For Peru 2001 (N = 14,570,774, e = .0032, z = 2.58) it gives 160,717; the handbook
prints 163,185, having rounded e^2/z^2 on the way. Voters of one table are alike, so tables are
drawn, not voters: Var(R) = (1/n - 1/N) S_e^2 / xbar^2, e = y - R x (Cochran 1977).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.sampling import allocation

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def z_value(level: float) -> float:
    """Return the two-sided normal quantile of a level (0.95: 1.96)."""
    return -NormalDist().inv_cdf((1 - level) / 2)  # .5 + level / 2 rounds to 1 near 1


def voters_needed(margin: float, z: float, voters: float = math.inf, p: float = 0.5) -> float:
    """Return the naive number of voters.

    margin: half-width, share; voters: N, inf for no finite correction.
    """
    per_voter = (margin / z) ** 2 + p * (1 - p) / voters
    return p * (1 - p) / per_voter if per_voter else math.inf


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What an earlier count says of sampling: share p, mean valid votes a table, and by stratum
    tables and sd of e.

    tables: (H,) int64; sd: (H,) float64, votes; sd_all: without strata.
    """

    p: float
    mean_valid: float
    tables: Integers
    sd: Floats
    sd_all: float

    @property
    def design_effect(self) -> float:
        """Return the variance of a plain sample of tables over that of as many voters drawn one by
        one.
        """
        return self.sd_all**2 / (self.mean_valid * self.p * (1 - self.p))


def spread_of(y: Floats, x: Floats, stratum: Integers) -> Spread:
    """Return the spread of a candidate's votes y (M,) about its share of valid votes x (M,) by
    stratum (M,).
    """
    p, strata = float(y.sum() / x.sum()), int(stratum.max()) + 1
    e = y - p * x
    n = np.bincount(stratum, minlength=strata)
    mean = np.bincount(stratum, e, minlength=strata) / np.maximum(n, 1)
    squares = np.bincount(stratum, (e - mean[stratum]) ** 2, minlength=strata)
    sd_all = float(e.std(ddof=1)) if len(e) > 1 else 0.0
    return Spread(
        p, float(x.mean()), n.astype(np.int64), np.sqrt(squares / np.maximum(n - 1, 1)), sd_all
    )


def assumed_spread(effect: float, mean_valid: float, p: float, tables: Integers) -> Spread:
    """Return a spread with the given design effect where no earlier count is at hand; strata then
    gain nothing.
    """
    sd = math.sqrt(effect * mean_valid * p * (1 - p))
    return Spread(p, mean_valid, tables, np.full(len(tables), sd), sd)


def allocate(spread: Spread, n: int, neyman: bool) -> Integers:
    """Return tables to draw by stratum, (H,): proportional to size, or to size times spread
    (Neyman); two or all of each.

    Raises:
        ValueError: n leaves no room for that.
    """
    least = np.minimum(spread.tables, 2)
    if n < least.sum():
        raise ValueError(f"{n} tables leave fewer than two in some of {len(least)} strata")
    n = min(n, int(spread.tables.sum()))
    weights = spread.tables * (np.maximum(spread.sd, 1e-9) if neyman else 1.0)
    drawn = np.maximum(allocation(weights.astype(np.float64), spread.tables, n), least)
    while drawn.sum() > n:
        drawn[np.argmax(np.where(drawn > least, drawn / np.maximum(weights, 1e-12), -1.0))] -= 1
    return drawn


def stratified_margin(spread: Spread, drawn: Integers, z: float) -> float:
    """Return the expected half-width of the share with `drawn` tables by stratum, finite correction
    included.
    """
    N = spread.tables
    variance = N**2 * (1 - drawn / np.maximum(N, 1)) * spread.sd**2 / np.maximum(drawn, 1)
    return z * math.sqrt(float(variance.sum())) / (spread.mean_valid * int(N.sum()))


def plain_margin(spread: Spread, n: float, z: float) -> float:
    """Return the expected half-width with n tables drawn without strata."""
    finite = max(1 - n / int(spread.tables.sum()), 0.0)
    return z * spread.sd_all * math.sqrt(finite / n) / spread.mean_valid


def naive_margin(spread: Spread, n: float, z: float) -> float:
    """Return what the naive formula promises for n tables: their voters taken one by one."""
    return z * math.sqrt(spread.p * (1 - spread.p) / (n * spread.mean_valid))


def plain_tables(spread: Spread, margin: float, z: float) -> int:
    """Return tables needed without strata, finite correction included; two at least, or all."""
    tables = int(spread.tables.sum())
    if not spread.sd_all:
        return min(2, tables)
    one = (margin * spread.mean_valid / (z * spread.sd_all)) ** 2  # of an infinite list: 1 / n
    return min(max(math.ceil(1 / (one + 1 / tables)), 2), tables)


def stratified_tables(spread: Spread, margin: float, z: float, neyman: bool) -> int:
    """Return the fewest tables whose stratified margin is at most `margin` (bisection; the margin
    falls with n).
    """
    low, high = int(np.minimum(spread.tables, 2).sum()), int(spread.tables.sum())
    while low < high:
        middle = (low + high) // 2
        if stratified_margin(spread, allocate(spread, middle, neyman), z) <= margin:
            high = middle
        else:
            low = middle + 1
    return low
