"""Results stop being received at a minute, in some states or all, for good or until the channel is
opened again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.manipulations.base import Redirect, in_states, row_of, select_stream, uniforms
from sim.records.parameters.vote.manipulations import TransmissionStop as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class TransmissionStop:
    """Transmission stops; what arrives later comes when it is resumed, or never. Sheets and copies
    stay.
    """

    p: Parameters
    key = "transmission_stop"
    acts_on = "transmission"
    touches = frozenset({"transmitted_minute"})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain in which arrivals after the stop come at the resumption, or never."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u = uniforms(streams, select_stream(self.key), chain.tables)
        cut = (u < np.float32(self.p.f)) & in_states(known, self.p.states)
        close, resumes = chain.hours.open_minutes, self.p.resume_after_minutes
        touched = (
            cut
            & (chain.transmitted_minute > np.float32(close + self.p.after_close_minutes))
            & np.isfinite(chain.transmitted_minute)
        )
        resumed = np.float32(np.inf if resumes is None else close + resumes)
        minutes = np.where(
            touched, np.maximum(chain.transmitted_minute, resumed), chain.transmitted_minute
        )
        return replace(chain, transmitted_minute=minutes), Manipulated(
            self.key, known.candidates[row], touched
        )
