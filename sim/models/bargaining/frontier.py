"""The frontier of a list of packages: those that no other betters for one side without harm to the
other, and their hull.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.bargaining.base import TIE, Array, Bilateral, rational

Rows = NDArray[np.intp]
FLAT = 1e-12
"""A package this close to a line between two others lies on it."""


def efficient(problem: Bilateral) -> Rows:
    """Return the rows of the individually rational packages on the Pareto frontier, best for side a
    first; equals: the first row.
    """
    among = rational(problem)
    order = among[np.lexsort((among, -problem.surplus_b[among], -problem.surplus_a[among]))]
    reached = np.maximum.accumulate(np.concatenate(([-np.inf], problem.surplus_b[order][:-1])))
    return np.asarray(order[problem.surplus_b[order] > reached + TIE])


def hull(a: Array, b: Array) -> Rows:
    """Return the packages on the frontier that lotteries can reach, best for side a first, at most
    one for each value of a.

    a, b (m,): surpluses, of about the size of 1. Corners come first (between two of them the
    farthest package beyond the line through them is a corner too), then whatever lies on the lines
    between neighbours.
    """
    first, last = int(np.lexsort((-b, -a))[0]), int(np.lexsort((-a, -b))[0])
    corners = np.array(
        [
            first,
            *_corners(a, b, (first, last), np.arange(len(a))),
            *([last] if first != last else []),
        ]
    )
    near = np.flatnonzero((a >= a[last]) & (a <= a[first]))
    on = near[b[near] >= np.interp(a[near], a[corners][::-1], b[corners][::-1]) - FLAT]
    distinct = np.unique(np.round(a[on], 12), return_index=True)[1]
    return np.asarray(on[distinct][::-1])


def _corners(a: Array, b: Array, ends: tuple[int, int], among: Rows) -> list[int]:
    """Return the corners strictly between corner i (better for a) and corner j (better for b), of
    the packages `among`.
    """
    i, j = ends
    across = (b[j] - b[i]) * (a[among] - a[i]) + (a[i] - a[j]) * (b[among] - b[i])
    beyond = among[across > FLAT]
    if not len(beyond):
        return []
    far = int(among[np.argmax(across)])
    return [*_corners(a, b, (i, far), beyond), far, *_corners(a, b, (far, j), beyond)]


def value_for_b(corner_a: Array, corner_b: Array, a: float) -> float:
    """Return the most that side b can have when side a has a (at most its best), on the hull with
    corners best for a first.
    """
    return float(np.interp(a, corner_a[::-1], corner_b[::-1]))
