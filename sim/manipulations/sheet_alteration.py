"""The sheet is altered after the count, before transmission; more often where no witness is inside
(Cantu, 2019).
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
from sim.records.parameters.base import quantity, share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Targeted):
    """The sheet is altered after the count and before transmission."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables, before the multiplier")
    size_low: float = share(
        0.20, low=0.0, high=0.4, note="least share of the other votes that is moved"
    )
    size_high: float = share(
        0.60, low=0.4, high=1.0, note="largest share of the other votes that is moved"
    )
    unwitnessed_multiplier: float = quantity(
        4.0,
        unit="1",
        low=1.0,
        high=10.0,
        ge=1,
        le=100,
        source="Cantu2019",
        note="f is multiplied where no witness is inside",
    )
    collusion: float = share(
        0.0, low=0.0, high=1.0, note="probability that the copies show the altered numbers too"
    )


@dataclass(frozen=True, slots=True)
class SheetAlteration(Declared):
    """Votes are moved on the sheet that is sent; copies keep the machine's numbers, except where
    those inside collude.
    """

    p: Parameters
    key = "sheet_alteration"
    acts_on = "sheet"
    touches = frozenset({"sheet", "shown"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "sheet"
    causes: ClassVar = ("FalsificationOrImproperCorrectionOfFinalProtocol",)
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = ({"f": 0.01}, {"f": 0.05}, {"f": 0.4})

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
