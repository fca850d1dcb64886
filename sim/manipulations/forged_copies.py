"""The party that collects copies forges some and withholds others: the evidence, not the count, is
touched.

Observers who compare copies with the result need this case as much as the others: a discrepancy
alone does not say who changed the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from sim.fast.normals import normals
from sim.manipulations.base import (
    Declared,
    Levels,
    Redirect,
    Settings,
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
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Targeted):
    """The party that collects copies forges some and withholds others in favour of its own
    candidate.
    """

    f: float = share(0.05, low=0.0, high=0.3, note="share of copies that are forged")
    size_low: float = share(
        0.05, low=0.0, high=0.3, note="least share of the other votes that is moved on a copy"
    )
    size_high: float = share(
        0.30, low=0.1, high=0.6, note="largest share of the other votes that is moved on a copy"
    )
    withheld_share: float = share(
        0.10, low=0.0, high=0.8, note="share withheld of the copies on which its candidate lost"
    )


@dataclass(frozen=True, slots=True)
class ForgedCopies(Declared):
    """Copies in the hands of one side are changed or held back; sheets and the announced result
    stay.

    Withholding looks at the copies as obtained; a forged copy is never withheld for the loss that
    it no longer shows.
    """

    p: Parameters
    key = "forged_copies"
    acts_on = "collection"
    touches = frozenset({"copies", "copy_held", "scanned_minute"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "copies"
    serves: ClassVar = "challenger"
    off: ClassVar[Settings] = {"f": 0.0, "withheld_share": 0.0}
    levels: ClassVar[Levels] = (
        {"f": 0.01, "withheld_share": 0.02},
        {"f": 0.05, "withheld_share": 0.1},
        {"f": 0.3, "withheld_share": 0.6},
    )

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
