"""Closed forms for waiting lines: steady state, overload, and the planner's rule of thumb. Any time
unit, the same throughout.

Erlang (1917) for M/M/c; Allen and Cunneen for G/G/c; Pollaczek and Khinchine for M/D/1; Edelstein
and Edelstein (2010) for voters.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability that an arrival waits in M/M/c with `offered` = arrival rate x mean
    service.

    Raises:
        ValueError: the line grows without limit (offered >= servers).
    """
    if not 0 <= offered < servers:
        raise ValueError(
            f"no steady state: offered load {offered:g} needs more than {servers} servers"
        )
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    return servers * blocked / (servers - offered * (1.0 - blocked))


def mean_wait(servers: int, arrival_rate: float, service_mean: float) -> float:
    """Return Wq = C / (c mu - lambda) of M/M/c."""
    return erlang_c(servers, arrival_rate * service_mean) / (servers / service_mean - arrival_rate)


def wait_tail(servers: int, arrival_rate: float, service_mean: float, wait: float) -> float:
    """Return P(W > wait) = C exp(-(c mu - lambda) wait) of M/M/c."""
    spare = servers / service_mean - arrival_rate
    return erlang_c(servers, arrival_rate * service_mean) * math.exp(-spare * wait)


def allen_cunneen(
    servers: int, arrival_rate: float, service_mean: float, arrival_cv: float, service_cv: float
) -> float:
    """Return the mean wait of G/G/c, nearly: (Ca^2 + Cs^2)/2 times that of M/M/c (exact for
    M/G/1).
    """
    return (arrival_cv**2 + service_cv**2) / 2.0 * mean_wait(servers, arrival_rate, service_mean)


def deterministic_wait(load: float, service: float = 1.0) -> float:
    """Return the mean wait of M/D/1: load / (2 (1 - load)) services."""
    if not 0 <= load < 1:
        raise ValueError(f"no steady state at load {load:g}")
    return service * load / (2.0 * (1.0 - load))


def queue_stop_voters(servers: int, open_time: float, service_mean: float) -> int:
    """Return the most voters that the queue stop rule allows: half of what the servers could serve
    in the hours open.
    """
    return int(servers * open_time / service_mean / 2.0)


def overload_overrun(
    voters: float, service_mean: float, open_time: float, servers: int = 1
) -> float:
    """Return the time served after closing when the servers are never idle: n s / c - T, at least
    0.
    """
    return max(0.0, voters * service_mean / servers - open_time)


def fluid_overrun(
    load: ArrayLike, delay_share: ArrayLike, weights: tuple[float, ...], minutes_open: float
) -> NDArray[np.float64]:
    """Return the overrun (minutes) of a table in the fluid limit, without abandonment.

    T max(0, load - (1 - d/T), max over t of [load (1 - F(t)) - (1 - t/T)]): work that comes after
    t, less the time left.

    Args:
        load: work of all voters over T, any shape. delay_share: opening delay over T, same shape.
        weights: shares of voters in equal slices of the day. The maximum over t lies at an edge of
        a slice.
    """
    rho, late = np.asarray(load, dtype=np.float64), np.asarray(delay_share, dtype=np.float64)
    gone = np.concatenate(([0.0], np.cumsum(weights))) / sum(weights)
    edges = np.linspace(0.0, 1.0, len(gone))
    within = (rho[..., None] * (1.0 - gone) - (1.0 - edges)).max(axis=-1)
    return np.asarray(minutes_open * np.maximum(0.0, np.maximum(rho - (1.0 - late), within)))
