"""Truth: what the electorate did. Read by the model's own mechanics and by the examiner (measures),
by nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.count import Count


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Votes of eligible voters as cast, with what happened to voters at the table.

    cast: votes as cast, K candidates by M tables.
    registered: (M,) int32.
    intended: (M,) int32, voters who came.
    left: (M,) int32, voters who left the queue; ballots = intended - left.
    closing_minute: (M,) float32, minutes after the legal opening at which the table closed.
    mean_wait, p95_wait: (M,) float32, minutes. over_30_share: (M,) float32.
    """

    cast: Count
    registered: NDArray[np.int32]
    intended: NDArray[np.int32]
    left: NDArray[np.int32]
    closing_minute: NDArray[np.float32]
    mean_wait: NDArray[np.float32]
    p95_wait: NDArray[np.float32]
    over_30_share: NDArray[np.float32]
