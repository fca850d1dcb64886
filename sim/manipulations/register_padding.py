"""Entries of nobody in the register, added before the polling day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.fast.normals import normals
from sim.manipulations.base import (
    Redirect,
    capped,
    row_of,
    score,
    select_stream,
    size_stream,
    tilt,
    uniforms,
)
from sim.models.numbers.quantile import binomial_quantile
from sim.records.parameters.vote.manipulations import RegisterPadding as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class RegisterPadding:
    """Names are added to the register at some tables.

    Votes of the living stay; turnout falls and there is room for more ballots.
    """

    p: Parameters
    key = "register_padding"
    acts_on = "register"
    touches = frozenset({"registered"})

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
