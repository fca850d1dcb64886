"""Competing hazards with daily rates, realised by inversion of the cumulated rate: one exponential
number each.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.records.parameters.after.aftermath import Hazards

Floats = NDArray[np.float64]


def first_day(start: float, rates: Floats, exponential: float) -> float | None:
    """Return the day on which the cumulated rate reaches `exponential`, None if it does not.

    rates: (D,) per day; rates[0] holds from `start` to the next midnight, rates[i] on the i-th day
    after. Exact for rates that are constant within each day.
    """
    if exponential <= 0:
        return start
    lengths = np.ones(rates.size)
    lengths[:1] = math.floor(start) + 1 - start
    cumulated = np.cumsum(rates * lengths)
    if rates.size == 0 or exponential >= cumulated[-1]:
        return None
    day = int(np.searchsorted(cumulated, exponential, side="right"))
    opened = start if day == 0 else math.floor(start) + day
    before = 0.0 if day == 0 else float(cumulated[day - 1])
    return float(opened + (exponential - before) / rates[day])


def trailing_protest(counts: NDArray[np.int64], p: Hazards) -> Floats:
    """Return Pbar by day: mean events of the trailing window up to and with the day, over the unit,
    at most the cap.
    """
    window = p.protest_window_days
    summed = np.cumsum(np.concatenate((np.zeros(window), counts)))
    means = (summed[window:] - summed[:-window]) / window
    capped: Floats = np.minimum(means / p.protest_unit, p.protest_cap)
    return capped


def defection_rates(
    protest: Floats, published_share: Floats | float, loyalty: float, p: Hazards
) -> Floats:
    """Return the forces' daily rate of defection.

    published_share: copies published, over tables closed.
    """
    logs = p.defection_protest * protest + p.defection_evidence * np.asarray(published_share)
    return np.asarray(
        p.defection * np.exp(logs - p.defection_loyalty * (loyalty - p.loyalty_reference)),
        dtype=np.float64,
    )


def transition_rate(guarantees: float, outrage: float, p: Hazards) -> float:
    """Return the daily rate of a negotiated transition."""
    return p.transition * math.exp(
        p.transition_guarantees * guarantees
        + p.transition_outrage * (outrage - p.outrage_reference)
    )
