"""The lead in the sheets that have come in, followed through the night."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.contest import Contest
from sim.records.vote.count import Count


class RunningLead:
    """The lead in the sheets at hand by any minute.

    It is asked 25 times in a national replicate: going on from the last minute saves 2 ms of 40
    against adding up all sheets anew.
    """

    def __init__(self, minutes: NDArray[np.float32], count: Count, contest: Contest) -> None:
        self.minutes = minutes
        self.gap = (count.votes[contest.challenger] - count.votes[contest.incumbent]).astype(
            np.float64
        )
        self.valid = count.valid.astype(np.float64)
        self._start()

    def _start(self) -> None:
        self._minute, self._gap, self._valid = -np.inf, 0.0, 0.0
        self._to_come = np.flatnonzero(np.isfinite(self.minutes))

    def at(self, minute: float) -> float | None:
        """Return challenger minus incumbent over valid votes in the sheets at hand by then, None
        without votes.
        """
        if minute < self._minute:
            self._start()
        if (
            minute > self._minute and self._to_come.size
        ):  # sheets only come in; sums of whole votes are exact in any order
            here = self.minutes.take(self._to_come) <= minute
            came, self._to_come = self._to_come[here], self._to_come[~here]
            self._gap += float(self.gap.take(came).sum())
            self._valid += float(self.valid.take(came).sum())
            self._minute = minute
        return self._gap / self._valid if self._valid else None
