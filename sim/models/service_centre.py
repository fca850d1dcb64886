"""First come, first served at many centres at once, constant service, c servers a centre (scanning of tally sheets).

With constant service s the k-th job of a centre is done at done_k = max(arrival_k, done_{k-c}) + s, so every c-th job forms
a line of its own, and along a line done_k = max over j <= k of (arrival_j - j s) + (k + 1) s (Lindley 1952).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ZONE_SHIFT = 52
ARRIVAL_SHIFT = 20
MOST_JOBS = 1 << ARRIVAL_SHIFT
MOST_ZONES = 1 << (64 - ZONE_SHIFT)


def served_at(arrival: NDArray[Any], zone: NDArray[Any], servers: int, service: float) -> NDArray[np.float32]:
    """Return when each job is done.

    Args:
        arrival: (n,) time of arrival, not negative; inf: never comes (then it is never done). Taken as float32.
        zone: (n,) centre of each job, 0 <= zone < 4096. Equal arrivals are served in the order of the array.
        servers: c, the same at every centre. service: constant, in the unit of the arrivals.

    Raises:
        ValueError: more than 2^20 jobs or 4,096 centres, or a negative arrival.
    """
    when = np.ascontiguousarray(arrival, dtype=np.float32)
    if not len(when):
        return when.copy()
    order, centre, sorted_when = _first_come(when, zone)
    counts = np.bincount(centre)
    rank = np.arange(len(when)) - (np.cumsum(counts) - counts)[centre]
    place, line = np.divmod(rank, servers)
    row = centre * servers + line
    grid = np.full((len(counts) * servers, int(place.max()) + 1), -np.inf)
    grid[row, place] = sorted_when - place * float(service)
    np.maximum.accumulate(grid, axis=1, out=grid)
    done = np.empty(len(when), np.float32)
    done[order] = grid[row, place] + (place + 1) * float(service)
    return done


def _first_come(when: NDArray[np.float32], zone: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float32]]:
    """Sort by (zone, arrival, position) in one pass over 64-bit keys; bits of a float32 that is not negative keep its order."""
    if len(when) > MOST_JOBS or int(zone.max()) >= MOST_ZONES or not float(when.min()) >= 0.0:
        raise ValueError(f"needs at most {MOST_JOBS} jobs, {MOST_ZONES} centres and arrivals from 0 on")
    key = zone.astype(np.uint64) << np.uint64(ZONE_SHIFT)
    key |= (when + np.float32(0.0)).view(np.uint32).astype(np.uint64) << np.uint64(ARRIVAL_SHIFT)
    key |= np.arange(len(when), dtype=np.uint64)
    key.sort()
    order = (key & np.uint64(MOST_JOBS - 1)).astype(np.intp)
    return order, (key >> np.uint64(ZONE_SHIFT)).astype(np.intp), when[order]
