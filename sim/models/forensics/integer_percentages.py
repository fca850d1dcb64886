"""Excess of stations with an integer percentage (Kobak, Shpilkin and Pshenichnikov 2016).

A percentage 100 k/n counts as integer when it lies within .05 of one. Under the null k is Binomial(n, p), so a redraw of all
stations is a sum of independent 0/1 numbers whose chances q_i = P(100 k/n integer) are sums of the binomial probabilities of
the few integer k. The redraws are therefore drawn from the q_i: the same law as redrawing votes, a hundred times as fast.
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
BLOCK = 2**14


def is_integer(k: NDArray[np.number], n: NDArray[np.number]) -> NDArray[np.bool_]:
    """Return whether 100 k/n lies within .05 of an integer."""
    percentage = 100 * k / n
    return np.asarray(np.abs(percentage - np.round(percentage)) <= NEAR)


def integer_chance(n: Counts, p: Floats) -> Floats:
    """Return (stations,) P(100 k/n is integer) for k ~ Binomial(n, p): exact up to mass beyond 9 standard deviations.

    Cells are (station, whole per cent); a station of n voters has at most .001 n + 1 counts near one whole per cent.
    """
    log_factorial = gammaln(np.arange(int(n.max(initial=0)) + 2) + 1.0)
    sd = np.sqrt(n * p * (1 - p)) + 1
    low = np.floor(100 * np.clip((n * p - REACH_SDS * sd) / n, 0, 1)).astype(np.int64)
    high = np.ceil(100 * np.clip((n * p + REACH_SDS * sd) / n, 0, 1)).astype(np.int64)
    parts = [slice(start, start + BLOCK) for start in range(0, len(n), BLOCK)]
    found = [_chances(n[at], p[at], low[at], (high - low + 1)[at], log_factorial) for at in parts]
    return np.concatenate(found) if found else np.zeros(0)


def _chances(n: Counts, p: Floats, low: Counts, cells: Counts, log_factorial: Floats) -> Floats:
    station = np.repeat(np.arange(len(n)), cells)
    whole = low[station] + np.arange(len(station)) - np.repeat(np.cumsum(cells) - cells, cells)
    size, chance, total = n[station], np.clip(p, 1e-300, 1 - 1e-16)[station], np.zeros(len(n))
    first = np.ceil((whole - NEAR) * size / 100 - 1e-6).astype(np.int64)
    last = np.floor((whole + NEAR) * size / 100 + 1e-6).astype(np.int64)
    log_p, log_q = np.log(chance), np.log1p(-chance)
    for step in range(int((last - first).max(initial=-1)) + 1):
        k = first + step
        use = np.flatnonzero((k <= last) & (k >= 0) & (k <= size))
        use = use[is_integer(k[use], size[use])]
        a, b = k[use], size[use]
        log_mass = log_factorial[b] - log_factorial[a] - log_factorial[b - a] + a * log_p[use] + (b - a) * log_q[use]
        total += np.bincount(station[use], np.exp(log_mass), minlength=len(n))
    return np.minimum(total, 1.0)


def either_chance(*chances: Floats) -> Floats:
    """Return P(at least one of several independent percentages is integer), station by station."""
    return np.asarray(1 - np.prod([1 - q for q in chances], axis=0))


def redrawn_counts(chance: Floats, redraws: int, rng: Generator) -> Counts:
    """Return (redraws,) numbers of stations with an integer percentage in as many redraws of all stations."""
    limit = chance.astype(np.float32)
    return np.array([np.count_nonzero(rng.random(len(limit), dtype=np.float32) < limit) for _ in range(redraws)])


def upper_tail(count: float, chance: Floats) -> float:
    """Return P(sum of the 0/1 numbers >= count): normal with continuity and skewness corrected (Volkova 1996)."""
    variance = float((chance * (1 - chance)).sum())
    if variance <= 0:
        return 1.0
    skew = float((chance * (1 - chance) * (1 - 2 * chance)).sum()) / variance**1.5
    z = (count - 0.5 - float(chance.sum())) / variance**0.5
    refined = ndtr(-z) - skew * (1 - z * z) * np.exp(-z * z / 2) / (6 * np.sqrt(2 * np.pi))
    return float(np.clip(refined, np.finfo(float).tiny, 1.0))
