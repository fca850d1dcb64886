"""The copy of the sheet is refused to a witness who is present."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from scipy.special import expit

from sim.manipulations.base import (
    Declared,
    Levels,
    Redirect,
    Settings,
    capped,
    known_support,
    row_of,
    score,
    select_stream,
    tilt,
    uniforms,
)
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import AtStrongholds
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(AtStrongholds):
    """The copy of the sheet is refused to the witness."""

    f: float = share(
        0.05, low=0.0, high=0.6, note="share of tables at which no copy is handed over"
    )


@dataclass(frozen=True, slots=True)
class SheetRefusal(Declared):
    """Witnesses get no copy of the sheet at some tables; votes, sheets and presence stay."""

    p: Parameters
    key = "sheet_refusal"
    acts_on = "copy"
    touches = frozenset({"copy_obtained"})
    parameters: ClassVar = Parameters
    causes: ClassVar = ("RefusalToIssueCopyOfFinalProtocolOrIssuingImproperCopy",)
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = ({"f": 0.02}, {"f": 0.1}, {"f": 0.6})

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
