"""The talks' states and the log-linear rates between them (docs/model/strategy.md, section 3; Allen
2005 for the form).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.models.strategy.competing_risks import Array
from sim.records.parameters.before.negotiation import Negotiation

ABSORBING = ("collapsed", "implemented")
EXITS: dict[str, tuple[str, ...]] = {
    "talks": ("suspended", "collapsed"),  # and deal, which the rounds realise
    "deal": ("suspended", "collapsed", "implemented"),
    "suspended": ("talks", "collapsed"),
}
STEADY = ("pressure", "fear", "mediator", "contested")
MOVING = ("nearness", "breaches", "other_breaches")
DAYS_PER_MONTH = 30.0
DAYTIME = 8.0, 20.0


@dataclass(frozen=True, slots=True)
class Exits:
    """Ways out of a state: states (k,); base rates a day (k,); slopes on STEADY (k, 4) and on
    MOVING (k, 3) covariates.
    """

    states: tuple[str, ...]
    base: Array
    steady: Array
    moving: Array


def in_office_hours(day: float, u: float, weekday: int, hours: tuple[float, float]) -> float:
    """Return when a meeting of this day is held: on it or on the next working day, at a uniform
    time between two hours.

    Args:
        day: of the clock. u: in 0 .. 1. weekday: of day 0, Monday is 0. hours: opening and close.
    """
    whole = math.floor(day)
    of_week = (whole + weekday) % 7
    whole += 7 - of_week if of_week > 4 else 0
    return whole + (hours[0] + u * (hours[1] - hours[0])) / 24


def in_daytime(day: float) -> float:
    """Return when something of this day becomes public: on it, between 8:00 and 20:00, in the same
    order as before.
    """
    whole = math.floor(day)
    return whole + (DAYTIME[0] + (day - whole) * (DAYTIME[1] - DAYTIME[0])) / 24


def exits(p: Negotiation, before: str, home: bool) -> Exits:
    """Return the exits of a state. home: the table of incumbent and challenger."""
    states = EXITS[before]
    base = np.array([base_rate(p, before, after) for after in states])
    steady = np.array([[slope(p, x, before, after, home) for x in STEADY] for after in states])
    moving = np.array([[slope(p, x, before, after, home) for x in MOVING] for after in states])
    return Exits(states, base, steady, moving)


def base_rate(p: Negotiation, before: str, after: str) -> float:
    """Return a base rate a day."""
    return float(getattr(p.rates, f"{before}_to_{after}")) / DAYS_PER_MONTH


def slope(p: Negotiation, covariate: str, before: str, after: str, home: bool) -> float:
    """Return what a unit of a covariate adds to the log rate; a cell that names a state or a track
    holds there only.
    """
    elsewhere = (covariate == "mediator" and after == "suspended" and before != "deal") or (
        covariate == "contested" and after == "collapsed" and not home
    )
    if after == "implemented" or elsewhere:
        return 0.0
    return float(getattr(getattr(p.covariates, covariate), f"to_{after}"))


def deal_rate(p: Negotiation, covariates: dict[str, float], home: bool) -> float:
    """Return the rate a day of talks -> deal at present covariates."""
    log = sum(slope(p, x, "talks", "deal", home) * value for x, value in covariates.items())
    return base_rate(p, "talks", "deal") * math.exp(log)
