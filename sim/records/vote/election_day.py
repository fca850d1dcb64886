"""A whole election day: what was cast, what was done, and all that can come to be known of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.seen.evidence import BoxCheck, Incidents, QuickCount
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.truth import Truth


@dataclass(frozen=True, slots=True, eq=False)
class ElectionDay:
    """The day up to the receipt of the sheets; what is announced of it comes later.

    chain: ends with the stage `transmission`. known: what manipulators know at the count.
    quick_count, reports: as they will have come in at last. delay: (M,) float32, minutes after the
    legal opening at which the tables opened. small_cap_cells: cells whose small candidate was
    capped (models/polling_day/votes.py). done: truth side, in the order in which it was done.
    """

    truth: Truth
    chain: Chain
    known: ManipulatorView
    quick_count: QuickCount
    reports: Incidents
    boxes: BoxCheck
    delay: NDArray[np.float32]
    small_cap_cells: int
    done: tuple[Manipulated, ...]
