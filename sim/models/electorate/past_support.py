"""How centres voted in the reference election, synthesised jointly with their size
(docs/model/election_day.md, section 1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records.parameters.vote.electorate import FrameParameters
from sim.records.vote.states import StateTable
from sim.rng import generator

PAST_PARISH_STREAM = "frame/past_parish"
PAST_CENTRE_STREAM = "frame/past_centre"
REFERENCE_LOG_VOTERS = 7.0  # centres the slope on size; every intercept absorbs it

Floats = NDArray[np.float64]


def synthetic_past(
    table: StateTable,
    state: NDArray[np.int64],
    parish: NDArray[np.int64],
    registered: NDArray[np.int64],
    p: FrameParameters,
) -> Floats:
    """Return the past support of centres, (C,) logit: a_s + b (ln R - 7) + parish + centre,
    weighted mean by state = table's.

    state, parish, registered: (C,). The spread of a centre is larger where it has fewer than
    `small_centre_voters`.
    """
    parish_z = generator(p.seed, PAST_PARISH_STREAM).standard_normal(int(parish.max()) + 1)
    centre_z = generator(p.seed, PAST_CENTRE_STREAM).standard_normal(len(registered))
    sd = np.where(registered < p.small_centre_voters, p.small_centre_sd, p.centre_sd)
    offset = (
        p.size_slope * (np.log(registered) - REFERENCE_LOG_VOTERS)
        + p.parish_sd * parish_z[parish]
        + sd * centre_z
    )
    return offset + state_intercepts(offset, state, registered, np.asarray(table.past_share))[state]


def state_intercepts(
    offset: Floats, state: NDArray[np.int64], registered: NDArray[np.int64], share: Floats
) -> Floats:
    """Return a_s by bisection so that sum R expit(a_s + offset) / sum R = share_s in every state,
    (S,).
    """
    weight = registered / np.bincount(state, registered, len(share))[state]
    low, high = np.full(len(share), -40.0), np.full(len(share), 40.0)
    for _ in range(60):
        middle = (low + high) / 2
        reached = np.bincount(state, weight / (1 + np.exp(-(offset + middle[state]))), len(share))
        low, high = np.where(reached < share, middle, low), np.where(reached < share, high, middle)
    found: Floats = (low + high) / 2
    return found
