"""Entries of nobody in the register, added before the polling day."""

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
    row_of,
    score,
    select_stream,
    size_stream,
    tilt,
    uniforms,
)
from sim.models.numbers.quantile import binomial_quantile
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Targeted):
    """Entries of nobody in the register, before the polling day."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables whose register is padded")
    size: float = share(0.05, low=0.0, high=0.3, note="entries added over the table's register")


@dataclass(frozen=True, slots=True)
class RegisterPadding(Declared):
    """Names are added to the register at some tables.

    Votes of the living stay; turnout falls and there is room for more ballots.
    """

    p: Parameters
    key = "register_padding"
    acts_on = "register"
    touches = frozenset({"registered"})
    parameters: ClassVar = Parameters
    causes: ClassVar = ("ViolationsRelatedToVoterLists",)
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = (
        {"f": 0.02, "size": 0.02},
        {"f": 0.1, "size": 0.05},
        {"f": 0.5, "size": 0.3},
    )

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with N += Q(N, size) at the picked tables."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        weight = tilt(np.float32(self.p.slope) * score(known, row, self.p.target))
        touched = u < redirect(capped(self.p.f, weight), known)
        added = np.zeros_like(chain.registered)
        added[touched] = binomial_quantile(
            chain.registered[touched], np.float32(self.p.size), z[touched]
        )
        return replace(chain, registered=chain.registered + added), Manipulated(
            self.key, known.candidates[row], touched
        )
