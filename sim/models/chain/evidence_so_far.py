"""The evidence of one replicate, asked for hour by hour: each part is put together once and kept
until it changes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.chain.evidence import (
    announced_rows,
    assemble,
    collected_sheets,
    frame_of,
    published,
)
from sim.records.chain import Chain
from sim.records.claim import Claim
from sim.records.contest import Contest
from sim.records.evidence import BoxCheck, Evidence, Frame, Incidents, QuickCount, Sheets
from sim.records.parameters.quick_count import QuickCountParameters
from sim.records.register import Register


class EvidenceSoFar:
    """What can be seen of a replicate; a part that says what it said before is the same object."""

    def __init__(self, register: Register, p: QuickCountParameters, contest: Contest) -> None:
        self.register, self.p, self.contest = register, p, contest
        self._frame: tuple[NDArray[np.int32], Frame] | None = None
        self._collected: tuple[Chain, Sheets] | None = None
        self._rows: tuple[Claim, Sheets | None] | None = None

    def at(
        self,
        chain: Chain,
        claim: Claim,
        count: QuickCount,
        reports: Incidents,
        boxes: BoxCheck,
        hour: float,
    ) -> Evidence:
        """Return all that can be seen `hour` hours after closing; arguments as of `assemble`."""
        sheets = self._sheets(chain, chain.hours.open_minutes + 60 * hour)
        frame, rows = self._published_frame(chain), self._announced_rows(claim, chain)
        return assemble(
            chain, frame, self.contest, claim, count, reports, boxes, hour, sheets=sheets, rows=rows
        )

    def _published_frame(self, chain: Chain) -> Frame:
        if self._frame is None or self._frame[0] is not chain.registered:
            self._frame = chain.registered, published(frame_of(self.register, self.p), chain)
        return self._frame[1]

    def _sheets(self, chain: Chain, minute: float) -> Sheets:
        """Return the copies scanned by then: those of the last time where none has come since."""
        if self._collected is not None:
            before, sheets = self._collected
            same = before.copies is chain.copies and before.scanned_minute is chain.scanned_minute
            if same and len(sheets.table) == np.count_nonzero(chain.scanned_minute <= minute):
                return sheets
        self._collected = chain, collected_sheets(chain, minute)
        return self._collected[1]

    def _announced_rows(self, claim: Claim, chain: Chain) -> Sheets | None:
        if self._rows is None or self._rows[0] is not claim:
            self._rows = claim, announced_rows(claim, chain)
        return self._rows[1]
