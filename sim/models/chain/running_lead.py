"""The lead in the sheets that have come in, followed through the night: the strongest of some rows
over the strongest of others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.count import Count

Rows = tuple[int, ...]


class RunningLead:
    """The lead in the sheets at hand by any minute.

    It is asked 25 times in a national replicate: going on from the last minute saves 2 ms of 40
    against adding up all sheets anew.
    """

    def __init__(self, minutes: NDArray[np.float32], count: Count, of: Rows, over: Rows) -> None:
        """Follow the lead of the strongest row in `of` over the strongest in `over`."""
        self.minutes = minutes
        self.gaps = tuple(
            tuple((count.votes[a] - count.votes[b]).astype(np.float64) for b in over) for a in of
        )
        self.valid = count.valid.astype(np.float64)
        self._start()

    def _start(self) -> None:
        self._minute, self._valid = -np.inf, 0.0
        self._gap = [[0.0 for _ in row] for row in self.gaps]
        self._to_come = np.flatnonzero(np.isfinite(self.minutes))

    def at(self, minute: float) -> float | None:
        """Return the lead as a share of valid votes in the sheets at hand by then, None without
        votes.
        """
        if minute < self._minute:
            self._start()
        if (
            minute > self._minute and self._to_come.size
        ):  # sheets only come in; sums of whole votes are exact in any order
            here = self.minutes.take(self._to_come) <= minute
            came, self._to_come = self._to_come[here], self._to_come[~here]
            for kept, row in zip(self._gap, self.gaps, strict=True):
                for column, gap in enumerate(row):
                    kept[column] += float(gap.take(came).sum())
            self._valid += float(self.valid.take(came).sum())
            self._minute = minute
        # over the strongest is the least gap
        return max(min(row) for row in self._gap) / self._valid if self._valid else None
