"""All random numbers of support, turnout and votes, drawn at once over the whole register
(docs/model/election_day.md, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fast.normals import normals
from sim.fast.words import Words, words
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.rng import Streams

STATE_STREAM = "support/state"
CENTRE_STREAM = "support/centre"
TABLE_STREAM = "support/table"
TURNOUT_STREAM = "votes/turnout"
SMALL_STREAM = "votes/small"
SPLIT_STREAM = "votes/split"

Float32s = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ElectorateDraws:
    """Standard normal numbers and words in canonical order; row 0 of a pair serves support, row 1
    turnout.

    state: (2, S). centre: (2, C). table: (2, M). turnout: (M,). small: (k + 1, M) 32-bit words, k
    small candidates in ballot order and the invalid votes. split: (L - 1, M) for L large
    candidates, row 0 for incumbent against challenger.
    """

    state: Float32s
    centre: Float32s
    table: Float32s
    turnout: Float32s
    small: Words
    split: Float32s


def draw_electorate(streams: Streams, register: Register, contest: Contest) -> ElectorateDraws:
    """Draw what the electorate needs; the amount depends on the register and on the ballot only.
    Keep it to compare scenarios on the same luck without drawing again.
    """
    tables, small = len(register.registered), len(contest.small)

    return ElectorateDraws(
        state=normals(streams(STATE_STREAM), 2, len(register.states)),
        centre=normals(streams(CENTRE_STREAM), 2, len(register.centre_state)),
        table=normals(streams(TABLE_STREAM), 2, tables),
        turnout=normals(streams(TURNOUT_STREAM), tables),
        small=words(streams(SMALL_STREAM), small + 1, tables),
        split=normals(streams(SPLIT_STREAM), len(contest.candidates) - small - 1, tables),
    )
