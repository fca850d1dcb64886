"""The party that collects copies forges some and withholds others: the evidence, not the count, is
touched.

Observers who compare copies with the result need this case as much as the others: a discrepancy
alone does not say who changed the numbers.
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
from sim.records.parameters.vote.manipulations import ForgedCopies as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class ForgedCopies:
    """Copies in the hands of one side are changed or held back; sheets and the announced result
    stay.

    Withholding looks at the copies as obtained; a forged copy is never withheld for the loss that
    it no longer shows.
    """

    p: Parameters
    key = "forged_copies"
    acts_on = "collection"
    touches = frozenset({"copies", "copy_held", "scanned_minute"})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with votes moved on some held copies and others withheld where the
        candidate lost.
        """
        row = row_of(known, self.p.beneficiary, known.challenger)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        z_votes = normals(streams(votes_stream(self.key)), 2, chain.tables)
        weight = tilt(np.float32(self.p.slope) * score(known, row, self.p.target))
        forged = (u < redirect(capped(self.p.f, weight), known)) & chain.copy_held
        sizes = (self.p.size_low, self.p.size_high)
        copies, moved = switched(chain.copies, row, forged, sizes, z, z_votes[0])
        lost = copies.votes[row] < copies.votes.max(axis=0)
        withheld = chain.copy_held & lost & (z_votes[1] < normal_quantile(self.p.withheld_share))
        minutes = np.where(withheld, np.float32(np.inf), chain.scanned_minute)
        after = replace(
            chain, copies=copies, copy_held=chain.copy_held & ~withheld, scanned_minute=minutes
        )
        return after, Manipulated(self.key, known.candidates[row], forged | withheld, 0, moved)
