"""The sheet is altered after the count, before transmission; more often where no witness is inside
(Cantu, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.fast.normals import normals
from sim.manipulations.base import (
    Redirect,
    capped,
    normal_quantile,
    row_of,
    score,
    select_stream,
    size_stream,
    switched,
    tilt,
    uniforms,
    votes_stream,
)
from sim.records.parameters.vote.manipulations import SheetAlteration as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class SheetAlteration:
    """Votes are moved on the sheet that is sent; copies keep the machine's numbers, except where
    those inside collude.
    """

    p: Parameters
    key = "sheet_alteration"
    acts_on = "sheet"
    touches = frozenset({"sheet", "shown"})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with votes moved on the sheet that is transmitted, and on copies where
        there is collusion.
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        z_votes = normals(streams(votes_stream(self.key)), 2, chain.tables)
        weight = tilt(np.float32(self.p.slope) * score(known, row, self.p.target))
        unwitnessed = np.where(
            chain.witness_present, np.float32(1), np.float32(self.p.unwitnessed_multiplier)
        )
        touched = u < redirect(capped(self.p.f, weight * unwitnessed), known)
        sizes = (self.p.size_low, self.p.size_high)
        sheet, moved = switched(chain.sheet, row, touched, sizes, z, z_votes[0])
        colluding = touched & (z_votes[1] < normal_quantile(self.p.collusion))
        shown, _ = switched(chain.shown, row, colluding, sizes, z, z_votes[0])
        return replace(chain, sheet=sheet, shown=shown), Manipulated(
            self.key, known.candidates[row], touched, 0, moved
        )
