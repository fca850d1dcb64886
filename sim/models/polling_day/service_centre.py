"""First come, first served at many centres at once, constant service, c servers a centre (scanning
of tally sheets).

With constant service s the k-th job of a centre is done at done_k = max(arrival_k, done_{k-c}) + s,
so every c-th job forms a line of its own, and along a line done_k = max over j <= k of (arrival_j -
j s) + (k + 1) s (Lindley 1952).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

INDEX_BITS = 20
MOST_JOBS = (1 << INDEX_BITS) - 1
MOST_ZONES = 1 << 16
NO_JOB = np.uint64((0x7F800000 << INDEX_BITS) | MOST_JOBS)


def served_at(
    arrival: NDArray[Any], zone: NDArray[Any], servers: int, service: float
) -> NDArray[np.float32]:
    """Return when each job is done.

    Args:
        arrival: (n,) time of arrival, not negative; inf: never comes (then it is never done). Taken
        as float32. zone: (n,) centre of each job, 0 <= zone < 65,536. Equal arrivals are served in
        the order of the array. servers: c, the same at every centre. service: constant, in the unit
        of the arrivals.

    Raises:
        ValueError: 2^20 jobs or more, a centre out of range, or a negative arrival.
    """
    when = np.ascontiguousarray(arrival, dtype=np.float32)
    if not len(when):
        return when.copy()
    keys = _lines(when, zone, servers)
    keys.sort(axis=1)
    arrivals = (keys >> np.uint64(INDEX_BITS)).astype(np.uint32).view(np.float32)
    turns = np.array(
        arrivals.reshape(len(keys), -1, servers).swapaxes(1, 2), dtype=np.float64, order="C"
    )
    worked = np.arange(turns.shape[2]) * float(service)
    turns -= worked
    np.maximum.accumulate(turns, axis=2, out=turns)
    turns += worked + float(service)
    done = np.empty(len(when) + 1, np.float32)
    job = np.minimum(keys & np.uint64(MOST_JOBS), np.uint64(len(when))).view(np.int64)
    done[job] = turns.swapaxes(1, 2).reshape(keys.shape)
    return done[:-1]


def _lines(when: NDArray[np.float32], zone: NDArray[Any], servers: int) -> NDArray[np.uint64]:
    """Return (centres, longest line) keys that sort by arrival, then position: the bits of a
    float32 >= 0 keep its order.
    """
    jobs = len(when)
    if (
        jobs > MOST_JOBS
        or not 0 <= int(zone.min()) <= int(zone.max()) < MOST_ZONES
        or not float(when.min()) >= 0.0
    ):
        raise ValueError(
            f"needs at most {MOST_JOBS} jobs, centres 0 to {MOST_ZONES - 1} and arrivals from 0 on"
        )
    by_zone = np.argsort(zone.astype(np.uint16), kind="stable")
    counts = np.bincount(zone)
    width = -(-int(counts.max()) // servers) * servers
    keys = np.full((len(counts), width), NO_JOB, np.uint64)
    bits = (when.take(by_zone) + np.float32(0.0)).view(np.uint32).astype(np.uint64)
    ahead = width * np.arange(len(counts)) - (
        np.cumsum(counts) - counts
    )  # from a job's place in its centre's order to its key's
    keys.reshape(-1)[np.arange(jobs) + np.repeat(ahead, counts)] = bits << np.uint64(
        INDEX_BITS
    ) | by_zone.view(np.uint64)
    return keys
