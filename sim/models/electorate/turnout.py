"""Turnout by centre and table (docs/model/election_day.md, section 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.electorate.geography import Float32s, Floats, geography, intercept
from sim.records.parameters.vote.electorate import Turnout
from sim.records.vote.register import Register


def centre_turnout(
    register: Register,
    p: Turnout,
    share: float,
    abroad_share: float,
    support_offset: Floats,
    state_z: NDArray[np.float32],
    centre_z: Float32s,
) -> Floats:
    """Return the logit of turnout by centre, (C,), so that turnout is `share` in the country and
    `abroad_share` abroad.

    support_offset: (C,), support before its intercept. state_z: (S,). centre_z: (C,).
    """
    g = geography(register)
    logit = p.size_slope * g.log_size
    logit += (p.state_sd * state_z.astype(np.float64)).take(register.centre_state)
    logit += p.centre_sd * centre_z
    if p.support_slope:
        logit += p.support_slope * (support_offset - np.average(support_offset, weights=g.weight))
    there = g.abroad
    if len(there) < len(logit):
        home = intercept(logit, g.home_weight, share)
    if len(there):
        away = logit[there] + intercept(logit[there], g.weight[there], abroad_share)
    if len(there) < len(logit):
        logit += home
    if len(there):
        logit[there] = away
    return logit
