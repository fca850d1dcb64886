"""Small registers, contests and votes made by hand, for the tests that need a whole chain in a
moment.
"""

from __future__ import annotations

import numpy as np

from sim.models.numbers.quantile import binomial_quantile
from sim.records.vote.contest import Candidate, Contest
from sim.records.vote.count import Count
from sim.records.vote.register import Register
from sim.rng import generator

CENTRE_TABLES = (1, 1, 2, 1, 3, 6, 1, 10, 2, 13)
"""Tables of ten successive centres, repeated: all steps of the rule of boxes occur (40 tables)."""


def small_register(blocks: int = 8, zones: int = 4) -> Register:
    """Return a register of 40 tables a block in 2 states, past support falling with the size of the
    centre.
    """
    tables = np.tile(CENTRE_TABLES, blocks)
    centre = np.repeat(np.arange(tables.size, dtype=np.int32), tables)
    draw = generator(7, "tests/register")
    registered = draw.integers(150, 950, centre.size).astype(np.int32)
    by_centre = np.bincount(centre, registered).astype(np.int64)
    past = -0.45 * (np.log(by_centre) - 7) + 0.6 * draw.standard_normal(tables.size)
    state = (np.arange(tables.size) * 2 // tables.size).astype(np.int16)
    zone = (np.arange(tables.size) * zones // tables.size).astype(np.int16)
    parish = (np.arange(tables.size) // 5).astype(np.int32)
    abroad = np.zeros(tables.size, dtype=np.bool_)
    return Register(
        "small",
        "0",
        ("North", "South"),
        zones,
        registered,
        centre,
        state,
        parish,
        zone,
        by_centre,
        past,
        abroad,
    )


def small_contest() -> Contest:
    """Return two large candidates and two small ones; the incumbent is second on the ballot."""
    rows = (
        ("minor_a", "small", 0.6),
        ("incumbent", "large", 0.0),
        ("challenger", "large", 0.0),
        ("minor_b", "small", 0.4),
    )
    return Contest(
        tuple(Candidate(key, key, "", 1, role, weight) for key, role, weight in rows), 1, 2
    )


def small_votes(register: Register, theta_shift: float = -0.7, turnout: float = 0.6) -> Count:
    """Return votes (4, M): the incumbent follows past support, two small candidates have about 2 %
    each.
    """
    draw = generator(11, "tests/votes")
    tables = register.registered.size
    z = draw.standard_normal((4, tables), dtype=np.float32)
    ballots = binomial_quantile(register.registered, np.float32(turnout), z[0])
    minor = draw.poisson(0.02 * ballots, (2, tables)).astype(np.int32)
    invalid = draw.poisson(0.004 * ballots).astype(np.int32)
    left = np.maximum(ballots - minor.sum(axis=0) - invalid, 0)
    support = 1 / (1 + np.exp(-(0.7 * register.centre_past[register.centre] + theta_shift)))
    incumbent = binomial_quantile(left, support, z[1])
    votes = np.stack((minor[0], incumbent, left - incumbent, minor[1]))
    return Count(votes.astype(np.int32), invalid)
