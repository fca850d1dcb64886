"""Service slowed and opening delayed where the beneficiary is believed to be weak; votes follow
from the queue.
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
    capped,
    known_support,
    row_of,
    select_stream,
    tilt,
    uniforms,
)
from sim.records.parameters.base import quantity, share
from sim.records.parameters.vote.manipulations import Irregularity
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Irregularity):
    """Service slowed and opening delayed where the beneficiary is believed to be weak; needs
    patience on.
    """

    f: float = share(0.20, low=0.0, high=0.5, note="share of tables at which service is slowed")
    slope: float = quantity(
        2.0,
        unit="1",
        low=0.0,
        high=5.0,
        ge=-10,
        le=10,
        note="tilt to tables of weak support (logit)",
    )
    factor: float = quantity(
        1.5, unit="1", low=1.0, high=3.0, ge=1, le=20, note="service time is multiplied by this"
    )
    opening_delay_minutes: float = quantity(
        60.0,
        unit="minutes",
        low=0,
        high=180,
        ge=0,
        le=720,
        note="minutes by which the affected tables open later",
    )


@dataclass(frozen=True, slots=True)
class SlowService(Declared):
    """Voting is made slow, or opens late, at some tables; voters who give up do not vote.

    Nothing but the queue is touched: whether voters leave is decided there, so patience must be on.
    """

    p: Parameters
    key = "slow_service"
    acts_on = "day"
    touches = frozenset({"service_factor", "extra_opening_minutes"})
    parameters: ClassVar = Parameters
    needs_patience: ClassVar = True
    causes: ClassVar = ("IllegalRestrictionOfVotersRightToVote",)
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = (
        {"f": 0.05, "factor": 1.2, "opening_delay_minutes": 15.0},
        {"f": 0.2, "factor": 1.5, "opening_delay_minutes": 60.0},
        {"f": 0.5, "factor": 3.0, "opening_delay_minutes": 180.0},
    )

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
