"""Results stop being received at a minute, in some states or all, for good or until the channel is
opened again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from sim.manipulations.base import (
    Declared,
    Levels,
    Redirect,
    Settings,
    in_states,
    row_of,
    select_stream,
    uniforms,
)
from sim.records.parameters.base import choice, quantity, share
from sim.records.parameters.vote.manipulations import Irregularity, Names
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Irregularity):
    """No result is received after a minute, for good or until the channel is opened again."""

    f: float = share(
        1.0, low=0.0, high=1.0, note="share of the tables named by `states` that are cut off"
    )
    after_close_minutes: float = quantity(
        180.0,
        unit="minutes",
        low=0,
        high=780,
        ge=0,
        le=5000,
        note="minutes after the close at which transmission stops",
    )
    resume_after_minutes: float | None = quantity(
        None, unit="minutes", ge=0, le=20000, note="after the close; none: it never resumes"
    )
    states: Names = choice((), note="states cut off; none named: all")


@dataclass(frozen=True, slots=True)
class TransmissionStop(Declared):
    """Transmission stops; what arrives later comes when it is resumed, or never. Sheets and copies
    stay.
    """

    p: Parameters
    key = "transmission_stop"
    acts_on = "transmission"
    touches = frozenset({"transmitted_minute"})
    parameters: ClassVar = Parameters
    picks_tables: ClassVar = False
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = (
        {"after_close_minutes": 180.0},
        {"after_close_minutes": 60.0},
        {"after_close_minutes": 20.0},
    )

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
