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

Floats = NDArray[np.float64]
# sqrt(n) x dip of n uniform numbers at these chances, simulated for this file: 5,000 (n = 20,000)
# to 300,000 samples (n = 200)
CHANCES = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.998,
    0.999,
    0.9995,
    0.9999,
)
QUANTILES = {
    50: (
        0.222,
        0.2323,
        0.2495,
        0.2666,
        0.2902,
        0.3094,
        0.3273,
        0.3454,
        0.3649,
        0.387,
        0.4152,
        0.4582,
        0.4966,
        0.5416,
        0.5736,
        0.6019,
        0.6371,
        0.661,
        0.6893,
        0.7385,
    ),
    100: (
        0.2285,
        0.239,
        0.2564,
        0.2738,
        0.2978,
        0.3177,
        0.3361,
        0.3548,
        0.3748,
        0.3982,
        0.4273,
        0.4713,
        0.5108,
        0.5574,
        0.5898,
        0.6199,
        0.6592,
        0.684,
        0.708,
        0.7726,
    ),
    200: (
        0.2334,
        0.2441,
        0.2618,
        0.2799,
        0.3042,
        0.3242,
        0.3431,
        0.3621,
        0.3824,
        0.4058,
        0.4356,
        0.4807,
        0.5211,
        0.5698,
        0.6036,
        0.6339,
        0.6728,
        0.6997,
        0.7218,
        0.7781,
    ),
    500: (
        0.2381,
        0.2488,
        0.2665,
        0.2848,
        0.3095,
        0.3297,
        0.3487,
        0.3679,
        0.3888,
        0.4124,
        0.4431,
        0.4892,
        0.5305,
        0.5797,
        0.6141,
        0.6472,
        0.6866,
        0.7106,
        0.7397,
        0.8024,
    ),
    1000: (
        0.2398,
        0.2513,
        0.2692,
        0.2879,
        0.3126,
        0.3331,
        0.3525,
        0.3718,
        0.3928,
        0.4169,
        0.4477,
        0.4948,
        0.5383,
        0.589,
        0.623,
        0.655,
        0.6942,
        0.7269,
        0.7542,
        0.8166,
    ),
    2000: (
        0.2418,
        0.2524,
        0.2707,
        0.2888,
        0.3142,
        0.3348,
        0.3543,
        0.3738,
        0.3949,
        0.4192,
        0.4503,
        0.4962,
        0.5398,
        0.5873,
        0.6213,
        0.6564,
        0.6951,
        0.7398,
        0.7752,
        0.8146,
    ),
    5000: (
        0.2412,
        0.2532,
        0.2731,
        0.2922,
        0.3175,
        0.3379,
        0.357,
        0.3764,
        0.3966,
        0.4222,
        0.4534,
        0.5009,
        0.5415,
        0.5918,
        0.6267,
        0.6544,
        0.7033,
        0.7367,
        0.7718,
        0.8467,
    ),
    20000: (
        0.2497,
        0.2593,
        0.2745,
        0.2923,
        0.318,
        0.3385,
        0.3572,
        0.3772,
        0.3971,
        0.4206,
        0.4534,
        0.5006,
        0.5422,
        0.5895,
        0.6277,
        0.6515,
        0.6987,
        0.7349,
        0.7406,
        0.761,
    ),
}


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
