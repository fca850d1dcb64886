"""From national quantities to probabilities at every table: turnout first, because support is
weighted with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.electorate.electorate_draws import ElectorateDraws
from sim.models.electorate.geography import (
    expit,
    geography,
    intercept,
    support_offsets,
    table_logits,
)
from sim.models.electorate.support import (
    NO_SHIFTS,
    National,
    Shifts,
    logit,
    theta_on,
    turnout_share,
)
from sim.models.electorate.turnout import centre_turnout
from sim.models.strategy.response import logistic
from sim.records.parameters.vote.electorate import Support, Turnout
from sim.records.vote.register import Register

Float32s = NDArray[np.float32]

LEAST_ABROAD = 1e-3
"""Turnout abroad below which its geography is not solved for: nobody votes there."""


@dataclass(frozen=True, slots=True, eq=False)
class TableProbabilities:
    """turnout: (M,) float32, chance that a registered voter comes. incumbent: (M,) float32,
    two-party share.
    """

    turnout: Float32s
    incumbent: Float32s


def table_probabilities(
    register: Register,
    draws: ElectorateDraws,
    support: Support,
    turnout: Turnout,
    national: National,
    day: float,
    shifts: Shifts = NO_SHIFTS,
) -> TableProbabilities:
    """Return the probabilities at every table on the polling day `day` after the strategic
    shifts.
    """
    abroad = turnout.abroad_share
    if abroad > 0:
        abroad = logistic(logit(abroad) + shifts.d_logit_turnout)
    theta, share = theta_on(national, day, shifts), turnout_share(national, shifts)
    return spread(register, draws, support, turnout, theta, share, abroad)


def spread(
    register: Register,
    draws: ElectorateDraws,
    support: Support,
    turnout: Turnout,
    theta: float,
    share: float,
    abroad_share: float,
) -> TableProbabilities:
    """Return table probabilities whose weighted means are theta (all centres), share (in the
    country) and abroad_share.
    """
    g = geography(register)
    offset = support_offsets(register, support, draws.state[0], draws.centre[0])
    away = max(abroad_share, LEAST_ABROAD)
    come = centre_turnout(register, turnout, share, away, offset, draws.state[1], draws.centre[1])
    offset += intercept(offset, g.weight * expit(come), theta)
    incumbent = table_logits(
        offset, register, g.registered * np.float32(share), support.table_dispersion, draws.table[0]
    )
    coming = table_logits(come, register, g.registered, turnout.table_dispersion, draws.table[1])
    turnouts = expit(coming)
    if abroad_share == 0:
        turnouts[register.centre_abroad.take(register.centre)] = 0.0
    return TableProbabilities(turnout=turnouts, incumbent=expit(incumbent))
