"""Who is inside when votes are counted: witnesses of the collecting party
(docs/model/election_day.md, section 6.1).

P(present) = expit(a_w - b_w (g - mean) + c_w (ln R_c - 7) + state), a_w solved for the national
level; g is the incumbent's share on the table's own sheet. Stream `sheets/witness`: M uniforms.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.chain.levels import Floats, at_level
from sim.records.parameters.vote.chain import Sheets
from sim.records.vote.register import Register
from sim.rng import Streams

WITNESS = "sheets/witness"


def state_offsets(register: Register, offsets: dict[str, float]) -> Floats:
    """Return the logit offset of each table's state, (M,) float32.

    Raises:
        ValueError: an offset is given for a state that the register does not have.
    """
    unknown = sorted(set(offsets) - set(register.states))
    if unknown:
        raise ValueError(f"unknown state {unknown[0]!r} in sheets.witness_state_offsets")
    by_state = np.array([offsets.get(name, 0.0) for name in register.states], dtype=np.float32)
    return np.asarray(by_state[register.centre_state][register.centre])


def witnesses(
    share: Floats,
    size: Floats,
    register: Register,
    p: Sheets,
    streams: Streams,
    factor: float = 1.0,
) -> NDArray[np.bool_]:
    """Return at which tables a witness is inside, (M,) bool.

    share: incumbent's sheet share less its mean (`sheet_share`). size: ln centre register - 7
    (`log_register`). factor: multiplies the level (accreditation).
    """
    u = streams(WITNESS).random(share.size, dtype=np.float32)
    offset = np.float32(p.witness_size_slope) * size - np.float32(p.witness_selectivity) * share
    if p.witness_state_offsets:
        offset = offset + state_offsets(register, p.witness_state_offsets)
    return np.asarray(u < at_level(p.witness_level * factor, offset))
