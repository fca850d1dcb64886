"""The call centre of a quick count: when each report gets through to one of a finite number of
operators.

Below a load of 90 % in every half hour nobody waits long, and the recorded stamps are used as they
are. Above it callers wait in one line, hang up after 20 minutes, and call again 30 minutes later, a
limited number of times. In a first-come line with c operators the wait of a caller is known when
she calls (Kiefer and Wolfowitz 1955), so calls are played in order of time: first calls in their
order, those who call again and the operators each from a heap. The readable specification is
processes/call_centre.py.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from numpy.typing import NDArray

from sim.models.polling_day.voter_draws import lognormal_of_mean
from sim.records.parameters.vote.calls import Calls
from sim.rng import Streams

CALLS = "calls/service"
LOAD_WINDOW_MINUTES = 30.0


def call_lengths(callers: int, p: Calls, streams: Streams) -> NDArray[np.float64]:
    """Return (n,) minutes that each caller's report takes, on whichever of her calls she gets
    through.
    """
    mu, sigma = lognormal_of_mean(p.call_mean_minutes, p.call_cv)
    return np.asarray(np.exp(mu + sigma * streams(CALLS).standard_normal(callers)))


def peak_load(stamps: NDArray[np.float64], p: Calls) -> float:
    """Return work of the calls of the busiest half hour over what all operators can do in it."""
    known = stamps[np.isfinite(stamps)]
    if not len(known):
        return 0.0
    calls = np.bincount(((known - known.min()) // LOAD_WINDOW_MINUTES).astype(np.int64)).max()
    return float(calls * p.call_mean_minutes / (p.operators * LOAD_WINDOW_MINUTES))


def reported_at(stamps: NDArray[np.float64], p: Calls, streams: Streams) -> NDArray[np.float64]:
    """Return the minute at which each call got through (inf: never), from the minutes at which
    observers first call.

    The lengths are drawn for all (n,) callers, also for those who never call (inf) and when the
    centre is not busy.
    """
    lengths = call_lengths(len(stamps), p, streams)
    if peak_load(stamps, p) < p.busy_load_share:
        return np.array(stamps, dtype=np.float64)
    return answered(stamps, lengths, p)


def answered(
    stamps: NDArray[np.float64], lengths: NDArray[np.float64], p: Calls
) -> NDArray[np.float64]:
    """Return when an operator answers each caller (inf: never). Calls of the same moment are taken
    in the callers' order.
    """
    through, minutes = [math.inf] * len(stamps), lengths.tolist()
    lines, wait, again = (
        [-math.inf] * p.operators,
        p.hang_up_minutes,
        list[tuple[float, int, int]](),
    )

    def take(now: float, caller: int, tried: int) -> None:
        free = lines[0]
        start = free if free > now else now
        if start <= now + wait:
            through[caller] = start
            heapq.heapreplace(lines, start + minutes[caller])
        elif tried < p.retries:
            heapq.heappush(again, (now + wait + p.retry_minutes, caller, tried + 1))

    known = np.flatnonzero(np.isfinite(stamps))
    first = known[np.argsort(stamps[known], kind="stable")]
    for stamp, caller in zip(stamps[first].tolist(), first.tolist(), strict=True):
        while again and again[0] < (stamp, caller, 0):
            take(*heapq.heappop(again))
        take(stamp, caller, 0)
    while again:
        take(*heapq.heappop(again))
    return np.array(through)
