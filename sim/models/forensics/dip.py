"""Hartigan's dip: how far a distribution is from any with one mode (Hartigan and Hartigan 1985).

The dip is the largest distance between the empirical distribution and the nearest unimodal one.
Within an interval the nearest is the greatest convex minorant up to the mode and the least concave
majorant after it; the interval shrinks until nothing is gained. Law under the null: the uniform
distribution, the least favourable one with one mode.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.models.forensics.dip_law import CHANCES, QUANTILES

Floats = NDArray[np.float64]


def dip(values: Floats) -> float:
    """Return the dip of the values, at least 1/(2n)."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    n = len(x)
    if n < 4 or x[0] == x[-1]:
        return 0.5 / max(n, 1)
    minorant, majorant = _pointers(x)
    low, high, best = 0, n - 1, 1.0
    while True:
        convex, concave = _chain(minorant, high, low), _chain(majorant, low, high)
        gap, i, j = _widest(x, convex, concave)
        if gap < best:
            break
        inner = max(_convex_gap(x, convex[i:]), _concave_gap(x, concave[j:]))
        best = max(best, inner)
        if low == convex[i] and high == concave[j]:
            break
        low, high = convex[i], concave[j]
    return best / (2 * n)


def _pointers(x: Floats) -> tuple[list[int], list[int]]:
    """Return, for each point, the previous corner of the convex minorant and the next corner of the
    concave majorant.
    """
    v, n = x.tolist(), len(x)
    back, forth = [0] * n, [n - 1] * n
    for j in range(1, n):
        k = j - 1
        while k > 0 and (v[j] - v[k]) * (k - back[k]) >= (v[k] - v[back[k]]) * (j - k):
            k = back[k]
        back[j] = k
    for k in range(n - 2, -1, -1):
        j = k + 1
        while j < n - 1 and (v[k] - v[j]) * (j - forth[j]) >= (v[j] - v[forth[j]]) * (k - j):
            j = forth[j]
        forth[k] = j
    return back, forth


def _chain(pointers: list[int], start: int, stop: int) -> list[int]:
    out = [start]
    while out[-1] != stop:
        following = pointers[out[-1]]
        out.append(max(following, stop) if start > stop else min(following, stop))
    return out


def _widest(x: Floats, convex: list[int], concave: list[int]) -> tuple[float, int, int]:
    """Return the largest distance between the two curves and where it is (positions in both
    chains).

    convex runs from high down to low, concave from low up to high.
    """
    last_g, last_l = len(convex) - 1, len(concave) - 1
    if last_g == 1 and last_l == 1:
        return 1.0, last_g, last_l
    ix, iv, best, ig, ih = last_g - 1, 1, 0.0, last_g, last_l
    while True:
        g, c = convex[ix], concave[iv]
        if g > c:
            before = convex[ix + 1]
            gap = (c - before + 1) - (x[c] - x[before]) * (g - before) / (x[g] - x[before])
            iv += 1
            if gap >= best:
                best, ig, ih = gap, ix + 1, iv - 1
        else:
            before = concave[iv - 1]
            gap = (x[g] - x[before]) * (c - before) / (x[c] - x[before]) - (g - before - 1)
            ix -= 1
            if gap >= best:
                best, ig, ih = gap, ix + 1, iv
        ix, iv = max(ix, 0), min(iv, last_l)
        if convex[ix] == concave[iv]:
            return float(best), ig, ih


def _convex_gap(x: Floats, corners: list[int]) -> float:
    return max((_segment_gap(x, low, high, 1.0) for high, low in pairwise(corners)), default=0.0)


def _concave_gap(x: Floats, corners: list[int]) -> float:
    return max((_segment_gap(x, low, high, -1.0) for low, high in pairwise(corners)), default=0.0)


def _segment_gap(x: Floats, low: int, high: int, sign: float) -> float:
    """Return how far the steps of the distribution leave the chord from low to high, on one side;
    at least 1 step.
    """
    if high - low <= 1 or x[high] == x[low]:
        return 1.0
    chord = (x[low : high + 1] - x[low]) * ((high - low) / (x[high] - x[low]))
    return max(1.0, float((sign * (np.arange(high - low + 1) - chord) + 1).max()))


def dip_p(values: Floats) -> float:
    """Return the chance that as many uniform numbers have a larger dip; between 0 and .0001 the
    table ends: .0001.
    """
    n = len(values)
    sizes = np.array(sorted(QUANTILES))
    table = np.array([QUANTILES[int(size)] for size in sizes])
    position = np.interp(n, sizes, np.arange(len(sizes)))
    below = min(int(position), len(sizes) - 2)
    row = table[below] + (position - below) * (table[below + 1] - table[below])
    reached = np.interp(n**0.5 * dip(values), row, np.array(CHANCES), left=0.0, right=1.0)
    return float(max(1 - reached, 1 - CHANCES[-1]))
