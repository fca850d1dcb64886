"""Excess of stations with an integer percentage (Kobak, Shpilkin and Pshenichnikov 2016).

A percentage 100 k/n counts as integer when it lies within .05 of one. Under the null k is
Binomial(n, p), so a redraw of all stations is a sum of independent 0/1 numbers whose chances q_i =
P(100 k/n integer) are sums of the binomial probabilities of the few integer k. The redraws are
therefore drawn from the q_i: the same law as redrawing votes, a hundred times as fast.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
NEAR = 0.05
REACH_SDS = 9.0
BLOCK = 2**13
CELLS = 128
MOST_LISTED = 2**21


def is_integer(k: NDArray[np.number], n: NDArray[np.number]) -> NDArray[np.bool_]:
    """Return whether 100 k/n lies within .05 of an integer."""
    percentage = 100 * k / n
    return np.asarray(np.abs(percentage - np.round(percentage)) <= NEAR)


def counted_up(first: Counts, count: Counts) -> tuple[NDArray[np.intp], Counts]:
    """Return (place, number) of the runs first, first + 1, ...

    of `count` numbers each, one after the other.
    """
    place = np.repeat(np.arange(len(count)), count)
    return place, (first - np.cumsum(count) + count)[place] + np.arange(len(place))


def near_integers(sizes: Counts, low: Counts, high: Counts) -> tuple[Counts, Counts]:
    """Return (cell, k), sorted: the counts k of which 100 k/n is a whole per cent of low..high, for
    each n of `sizes`.

    cell = place in `sizes` x CELLS + per cent. A station of n voters has at most .001 n + 1 counts
    near one whole per cent.
    """
    place, whole = counted_up(low, high - low + 1)
    size, cell = sizes[place], place * CELLS + whole
    first = np.ceil((whole - NEAR) * size / 100 - 1e-6).astype(np.int64)
    count = np.maximum(np.floor((whole + NEAR) * size / 100 + 1e-6).astype(np.int64) - first + 1, 0)
    at, k = counted_up(first, count)
    use = (k >= 0) & (k <= size[at])
    use[use] = is_integer(k[use], size[at][use])
    return cell[at][use], k[use]


def integer_chance(n: Counts, p: Floats) -> Floats:
    """Return (stations,) P(100 k/n is integer) for k ~ Binomial(n, p): exact up to mass beyond 9
    standard deviations.

    Which counts give an integer depends on n alone, so they are listed once for each number of
    voters; where stations are large, for some numbers at a time.
    """
    total, log_factorial = np.zeros(len(n)), gammaln(np.arange(int(n.max(initial=0)) + 2) + 1.0)
    sizes, place = np.unique(n, return_inverse=True)
    turn = np.cumsum(101 + 101 * sizes // 1000) // MOST_LISTED
    for number in range(int(turn.max(initial=-1)) + 1):
        here = np.flatnonzero(turn[place] == number)
        if len(here):
            total[here] = _chances(n[here], p[here], log_factorial)
    return np.minimum(total, 1.0)


def _chances(n: Counts, p: Floats, log_factorial: Floats) -> Floats:
    sizes, place = np.unique(n, return_inverse=True)
    sd = np.sqrt(n * p * (1 - p)) + 1
    low = np.floor(100 * np.clip((n * p - REACH_SDS * sd) / n, 0, 1)).astype(np.int64)
    high = np.ceil(100 * np.clip((n * p + REACH_SDS * sd) / n, 0, 1)).astype(np.int64)
    by_size = np.argsort(place, kind="stable")
    start = np.searchsorted(place[by_size], np.arange(len(sizes)))
    cell, counts = near_integers(
        sizes, np.minimum.reduceat(low[by_size], start), np.maximum.reduceat(high[by_size], start)
    )
    first = np.searchsorted(cell, place * CELLS + low, side="left")
    many = np.searchsorted(cell, place * CELLS + high, side="right") - first
    chance, total = np.clip(p, 1e-300, 1 - 1e-16), np.zeros(len(n))
    log_p, log_q, log_all = np.log(chance), np.log1p(-chance), log_factorial[n]
    for begin in range(0, len(n), BLOCK):
        here = slice(begin, begin + BLOCK)
        of_block, listed = counted_up(first[here], many[here])
        k, station = counts[listed], begin + of_block
        rest = n[station] - k
        log_mass = (
            log_all[station]
            - log_factorial[k]
            - log_factorial[rest]
            + k * log_p[station]
            + rest * log_q[station]
        )
        total[here] = np.bincount(of_block, np.exp(log_mass), minlength=len(many[here]))
    return total


def either_chance(*chances: Floats) -> Floats:
    """Return P(at least one of several independent percentages is integer), station by station."""
    return np.asarray(1 - np.prod([1 - q for q in chances], axis=0))


def redrawn_counts(chance: Floats, redraws: int, rng: Generator) -> Counts:
    """Return (redraws,) numbers of stations with an integer percentage in as many redraws of all
    stations.
    """
    limit = chance.astype(np.float32)
    return np.array(
        [np.count_nonzero(rng.random(len(limit), dtype=np.float32) < limit) for _ in range(redraws)]
    )


def upper_tail(count: float, chance: Floats) -> float:
    """Return P(sum of the 0/1 numbers >= count): normal with continuity and skewness corrected
    (Volkova 1996).
    """
    variance = float((chance * (1 - chance)).sum())
    if variance <= 0:
        return 1.0
    skew = float((chance * (1 - chance) * (1 - 2 * chance)).sum()) / variance**1.5
    z = (count - 0.5 - float(chance.sum())) / variance**0.5
    refined = ndtr(-z) - skew * (1 - z * z) * np.exp(-z * z / 2) / (6 * np.sqrt(2 * np.pi))
    return float(np.clip(refined, np.finfo(float).tiny, 1.0))
