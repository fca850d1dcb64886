"""Protest as a self-exciting (Hawkes) process in its cluster form, on fixed blocks of uniforms
(docs/model/strategy.md, section 8).

Immigrants arrive with rate mu(d) = level * exp(-d / decay) from day 0; each event has Poisson(n)
offspring at exponential distances. Event i, breadth first, uses slot i of both blocks, so the
number of draws is fixed.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.records.parameters.after.aftermath import Protest

SLOTS = 16_384

Floats = NDArray[np.float64]


def expected_immigrants(outrage: float, frailty: float, mobilised: bool, p: Protest) -> float:
    """Return the mean number of immigrants, level times decay."""
    return p.immigrants_per_day * outrage * frailty * (1 + p.mobilised * mobilised) * p.decay_days


def offspring_mean(repressed: int, p: Protest) -> float:
    """Return n, the mean number of offspring of an event."""
    return max(p.offspring - p.offspring_repressed * repressed, 0.0)


def poisson_inverse(mean: float, u: float) -> int:
    """Return the smallest k with P(X <= k) >= u for X ~ Poisson(mean)."""
    if mean <= 0:
        return 0
    k = np.arange(1, int(mean + 12 * math.sqrt(mean) + 30))
    log_pmf = np.concatenate(([0.0], np.cumsum(math.log(mean) - np.log(k)))) - mean
    return int(np.searchsorted(np.cumsum(np.exp(log_pmf)), u))


def cluster_times(
    immigrants: int, offspring: float, decay_days: float, kernel_days: float, u: Floats
) -> Floats:
    """Return the days (after the announcement) of all events, breadth first.

    u: (2, SLOTS) uniforms, first row times, second row offspring. Events beyond the last slot are
    left out.
    """
    n_slots = u.shape[1]
    waits = -np.log1p(-u[0])
    start, stop = 0, min(immigrants, n_slots)
    generations = [waits[:stop] * decay_days]
    ladder = _offspring_ladder(offspring)
    while stop > start and stop < n_slots:
        children = np.searchsorted(ladder, u[1, start:stop])
        born = np.repeat(generations[-1], children)[: n_slots - stop]
        start, stop = stop, stop + born.size
        generations.append(born + waits[start:stop] * kernel_days)
    return np.concatenate(generations)


def _offspring_ladder(mean: float) -> Floats:
    """Return the cumulated Poisson probabilities P(X <= k), k = 0 .. 20."""
    k = np.arange(21)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(k[1:]))))
    log_mean = math.log(mean) if mean > 0 else -700.0
    return np.asarray(np.cumsum(np.exp(k * log_mean - log_factorial - mean)), dtype=np.float64)


def daily_counts(times: Floats, announced: float, days: int) -> NDArray[np.int64]:
    """Return events on each of `days` house days; entry 0 is the day of the announcement (days
    begin at midnight).
    """
    offset = np.floor(announced + times).astype(np.int64) - math.floor(announced)
    return np.bincount(offset[offset < days], minlength=days)


def deaths_mean(events: int, repressed: int, p: Protest) -> float:
    """Return the mean number of deaths."""
    return p.deaths_per_event * (1 + p.deaths_repressed * repressed) * events


def arrests_mean(events: int, repressed: int, p: Protest) -> float:
    """Return the mean number of arrests; it grows less than the events do."""
    return (
        p.arrests_scale * (1 + p.arrests_repressed * repressed) * float(events) ** p.arrests_power
        if events
        else 0.0
    )
