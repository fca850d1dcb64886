"""Competing risks with cause-specific, log-linear rates, inverted from unit exponentials (Allen
2005 for sanctions episodes).

One exponential is drawn for each cause and visit of a state; the cause fires whose cumulative
hazard reaches its exponential first. Covariates are constant between events and for at most half a
day, so that a hazard is a step function and its integral a cumulative sum. When a covariate
changes, what has been used up is taken off the exponential and the rest integrated anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP_DAYS = 0.5


@dataclass(frozen=True, slots=True)
class Integral:
    """edges (m+1,) days; cumulative (k, m+1): hazard of each of k causes from edges[0] up to each
    edge.
    """

    edges: Array
    cumulative: Array


@lru_cache(maxsize=256)
def _half_days(count: int) -> Array:
    return np.arange(count, dtype=np.float64) * np.float64(STEP_DAYS)


def edges_from(start: float, days: float) -> Array:
    """Return start, the multiples of half a day after it, and start + days (m+1,)."""
    first = (math.floor(start / STEP_DAYS) + 1) * STEP_DAYS
    count = max(0, math.ceil((start + days - first) / STEP_DAYS))
    edges = np.empty(count + 2)
    edges[0], edges[1:-1], edges[-1] = start, first + _half_days(count), start + days
    return edges


@lru_cache(maxsize=8)
def window(
    start: float,
    days: float,
    poll_day: float,
    scale_days: float,
    memories: tuple[float, ...],
    half_life_days: float,
) -> tuple[Array, Array]:
    """Return edges (m+1,) from `start` on, the poll's day among them, and what moves by the clock
    alone, (1 + k, m): nearness of the poll, k fading memories.

    All tracks that look at one moment share it, so neither array may be written to.
    """
    edges = edges_from(start, days)
    if (
        poll_day % STEP_DAYS and start < poll_day < edges[-1]
    ):  # what is near before the poll is not near after it
        edges = np.insert(edges, int(edges.searchsorted(poll_day)), poll_day)
    moving = np.empty((1 + len(memories), len(edges) - 1))
    moving[0] = nearness(edges[:-1], poll_day, scale_days)
    for row, memory in enumerate(memories, 1):
        moving[row] = faded(edges[:-1], memory, start, half_life_days)
    return edges, moving


def integrate(edges: Array, rates: Array) -> Integral:
    """Return the cumulative hazards of step rates (k, m) a day on the intervals between m+1
    edges.
    """
    cumulative = np.empty((rates.shape[0], len(edges)))
    cumulative[:, 0] = 0.0
    (rates * (edges[1:] - edges[:-1])).cumsum(axis=1, out=cumulative[:, 1:])
    return Integral(edges, cumulative)


def first_to_fire(integral: Integral, exponentials: Array) -> tuple[float, int] | None:
    """Return (day, cause) of the first cause whose hazard reaches its exponential within the edges,
    None if none does.
    """
    fired: tuple[float, int] | None = None
    for cause, reached in enumerate((integral.cumulative[:, -1] >= exponentials).tolist()):
        if reached:
            day = float(np.interp(exponentials[cause], integral.cumulative[cause], integral.edges))
            fired = (day, cause) if fired is None or day < fired[0] else fired
    return fired


def used_up(integral: Integral, day: float) -> Array:
    """Return the hazard of each cause (k,) from the first edge to `day`."""
    edges, cumulative = integral.edges, integral.cumulative
    if not edges[0] < day < edges[-1]:
        return np.asarray(cumulative[:, 0 if day <= edges[0] else -1])
    at = int(edges.searchsorted(day, side="right")) - 1
    share = (day - edges[at]) / (edges[at + 1] - edges[at])
    return np.asarray(cumulative[:, at] + share * (cumulative[:, at + 1] - cumulative[:, at]))


def log_linear(base: Array, constant: Array, slopes: Array, moving: Array) -> Array:
    """Return rates (k, m) = base exp(constant + slopes .

    x): moving covariates x (j, m), base, constant (k,), slopes (k, j).
    """
    rates: Array = base[:, None] * np.exp(constant[:, None] + slopes @ moving)
    return rates


def nearness(days: Array, poll_day: float, scale_days: float) -> Array:
    """Return exp((t - poll day) / scale) before the poll and 0 from then on; days (m,) ascend."""
    before = int(np.searchsorted(days, poll_day))
    near = np.zeros(len(days))
    if before:
        near[:before] = np.exp((days[:before] - poll_day) / scale_days)
    return near


def faded(days: Array, memory_now: float, now: float, half_life_days: float) -> Array:
    """Return what is left, at `days` from `now` on, of a memory that halves in a half-life."""
    left: Array = memory_now * np.exp2((now - days) / half_life_days)
    return left


def memory_of(breach_days: list[float], now: float, half_life_days: float) -> float:
    """Return the sum of 0.5^(age / half-life) over past breaches."""
    return float(sum(0.5 ** ((now - day) / half_life_days) for day in breach_days if day <= now))


def thinned(rate: float, round_rate: float) -> float:
    """Return the chance that a round succeeds, min(1, h / rho): then successes come at rate h as
    long as h <= rho.
    """
    return min(1.0, rate / round_rate)
