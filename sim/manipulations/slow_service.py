"""Service slowed and opening delayed where the beneficiary is believed to be weak; votes follow
from the queue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.manipulations.base import (
    Redirect,
    capped,
    known_support,
    row_of,
    select_stream,
    tilt,
    uniforms,
)
from sim.records.parameters.vote.manipulations import SlowService as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class SlowService:
    """Voting is made slow, or opens late, at some tables; voters who give up do not vote.

    Nothing but the queue is touched: whether voters leave is decided there, so patience must be on.
    """

    p: Parameters
    key = "slow_service"
    acts_on = "day"
    touches = frozenset({"service_factor", "extra_opening_minutes"})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with the service factor multiplied and the opening delayed at the picked
        tables.
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u = uniforms(streams, select_stream(self.key), chain.tables)
        weight = tilt(np.float32(-self.p.slope) * known_support(known, row))
        touched = u < redirect(capped(self.p.f, weight), known)
        factor = np.where(
            touched, chain.service_factor * np.float32(self.p.factor), chain.service_factor
        )
        later = np.where(touched, np.float32(self.p.opening_delay_minutes), np.float32(0))
        done = Manipulated(self.key, known.candidates[row], touched)
        return replace(
            chain, service_factor=factor, extra_opening_minutes=chain.extra_opening_minutes + later
        ), done
