"""The copy of the sheet is refused to a witness who is present."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from sim.manipulations.base import (
    Redirect,
    capped,
    known_support,
    row_of,
    score,
    select_stream,
    tilt,
    uniforms,
)
from sim.records.parameters.vote.manipulations import SheetRefusal as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class SheetRefusal:
    """Witnesses get no copy of the sheet at some tables; votes, sheets and presence stay."""

    p: Parameters
    key = "sheet_refusal"
    acts_on = "copy"
    touches = frozenset({"copy_obtained"})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with no copy handed over at the picked tables (tilt: known share of the
        beneficiary, -ln register).
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u = uniforms(streams, select_stream(self.key), chain.tables)
        believed = expit(known_support(known, row))
        exponent = np.float32(self.p.slope) * believed + np.float32(self.p.small_slope) * score(
            known, row, "small_first"
        )
        touched = u < redirect(capped(self.p.f, tilt(exponent)), known)
        done = Manipulated(self.key, known.candidates[row], touched)
        return replace(chain, copy_obtained=chain.copy_obtained & ~touched), done
