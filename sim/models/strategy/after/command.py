"""The command's rate of leaving, with the officers' common outlook as its fixed point.

Officers move together or not at all (Casper and Tyson 2014; Morris and Shin 1998; Boix and Svolik
2013). The rate and its fixed point are this project's reduction (docs/model/night.md):

    h = quiet exp(kappa (1 - q30)),    q30 = exp(-H30 exp(kappa (1 - q30)))

where `quiet` is the rate without coordination and H30 what it adds up to over the outlook. With
x = -log q30 the second is log H30 = log x - kappa (1 - exp(-x)), which rises in x for kappa < e: so
it is tabulated once by its inverse and never iterated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.records.parameters.after.command import Command

Floats = NDArray[np.float64]

NODES = 1024
LEAST, MOST = 1e-5, 50.0
X = np.geomspace(LEAST, MOST, NODES)
LOG_X, GONE = np.log(X), -np.expm1(-X)


@dataclass(frozen=True, slots=True, eq=False)
class Pressure:
    """What acts on the command on a day; numbers or arrays that broadcast.

    belief: B, 0 to 1. protest: events a day, mean of the last days. recognition: index withheld, 0
    to 1. loyalty: F, 0 to 1. relief_lost: share of relief lost since the announcement. certified:
    0 to 1. day: days since the announcement.
    """

    belief: ArrayLike
    protest: ArrayLike
    recognition: ArrayLike
    loyalty: ArrayLike
    relief_lost: ArrayLike
    certified: ArrayLike
    day: ArrayLike


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The fixed point as a table: log H30, the officers' odds q30 and the factor on the rate."""

    log_hazard: Floats
    odds: Floats
    factor: Floats
    reach_days: float


def tabulate(p: Command) -> Outlook:
    """Return the table of the fixed point for these parameters."""
    rise = p.coordination * GONE
    reach = p.window_days * -math.expm1(-p.outlook_days / p.window_days)
    return Outlook(LOG_X - rise, 1 - GONE, np.exp(rise), reach)


def outlook(log_quiet: ArrayLike, table: Outlook) -> tuple[Floats, Floats]:
    """Return (q30, factor on the rate) for a rate without coordination, given as its logarithm."""
    log_hazard = np.asarray(log_quiet, dtype=np.float64) + math.log(table.reach_days)
    return np.interp(log_hazard, table.log_hazard, table.odds), rate_factor(log_quiet, table)


def rate_factor(log_quiet: ArrayLike, table: Outlook) -> Floats:
    """Return the factor on the rate alone, for many rates at once."""
    log_hazard = np.asarray(log_quiet, dtype=np.float64) + math.log(table.reach_days)
    return np.interp(log_hazard, table.log_hazard, table.factor)


def log_quiet_rate(on: Pressure, p: Command) -> Floats:
    """Return the logarithm of the daily rate at which the command leaves, without coordination."""
    units = np.minimum(np.asarray(on.protest) / p.protest_unit, p.protest_most)
    loyalty = loyalty_left(on.loyalty, on.relief_lost, p)
    return np.asarray(
        math.log(p.base_rate)
        - p.per_year * p.years_in_office
        + p.belief_slope * (np.asarray(on.belief) - p.belief_reference)
        + p.protest_slope * units
        + p.recognition_slope * np.asarray(on.recognition)
        - p.loyalty_slope * (loyalty - p.loyalty_reference)
        - p.court_slope * np.asarray(on.certified)
        - np.asarray(on.day) / p.window_days
    )


def loyalty_left(loyalty: ArrayLike, relief_lost: ArrayLike, p: Command) -> Floats:
    """Return F', loyalty after relief has been lost."""
    return np.asarray(loyalty) - p.rents_slope * np.asarray(relief_lost)


def daily_rate(on: Pressure, p: Command, table: Outlook) -> tuple[Floats, Floats]:
    """Return (h, q30): the daily rate at which the command leaves, and the officers' outlook."""
    log_quiet = log_quiet_rate(on, p)
    odds, factor = outlook(log_quiet, table)
    return np.exp(log_quiet) * factor, odds
