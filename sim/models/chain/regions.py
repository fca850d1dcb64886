"""Bulletins by region: a region is announced when its last table is in (docs/model/election_day.md,
section 6.2).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from sim.models.chain.bulletins import received
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Bulletin
from sim.records.vote.register import Register


def region_of_table(register: Register) -> NDArray[np.int16]:
    """Return the region of each table, (M,), an index into `register.states`."""
    return register.centre_state[register.centre]


def last_minutes(chain: Chain, register: Register) -> NDArray[np.float32]:
    """Return the minute at which the last table of each region is received, (S,): inf where one
    never is, -inf for a region without tables.
    """
    last = np.full(len(register.states), -np.inf, dtype=np.float32)
    np.maximum.at(last, region_of_table(register), chain.transmitted_minute)
    return last


def still_to_come(
    chain: Chain, register: Register, told: Collection[str]
) -> list[tuple[float, int]]:
    """Return (minute, region) of each region that will get a bulletin of its own, in their order.

    Not those `told`, not those of which a table never comes in, and not the last one: the bulletin
    that completes the nation is the nation's.
    """
    minutes = last_minutes(chain, register).tolist()
    left = sorted(
        (minute, region)
        for region, minute in enumerate(minutes)
        if register.states[region] not in told and minute > -np.inf
    )
    return [(max(m, chain.hours.open_minutes), r) for m, r in left[:-1] if np.isfinite(m)]


def region_bulletin(
    chain: Chain, register: Register, told: Collection[str], region: int, number: int, day: float
) -> Bulletin:
    """Return the bulletin of a region: totals of it and of all regions `told` before."""
    names = {*told, register.states[region]}
    within = np.isin(
        region_of_table(register), [r for r, n in enumerate(register.states) if n in names]
    )
    rows = np.append(within, np.zeros(chain.phantom_registered.size, dtype=np.bool_))
    totals, invalid, registered = received(chain, rows)
    turnout = (int(totals.sum()) + invalid) / registered if registered else None
    share = float(np.count_nonzero(rows) / rows.size)
    return Bulletin(number, day, totals, invalid, share, turnout, register.states[region])
