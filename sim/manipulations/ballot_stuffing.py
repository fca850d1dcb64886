"""Ballots added and votes switched in the machine record: the generator of Klimek, Yegorov, Hanel
and Thurner (2012).

Klimek's generator is this manipulation on top of the electorate's own votes: W' = W + x (N - W - O)
+ x^alpha O, O' = O - x^alpha O, with x = |N(0, theta)| at incremental and x = 1 - |N(0, .075)| at
extreme tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from sim.fast.normals import normals
from sim.manipulations.base import (
    Declared,
    Floats,
    Levels,
    Redirect,
    Settings,
    capped,
    row_of,
    score,
    select_stream,
    size_stream,
    stuffed,
    tilt,
    uniforms,
    votes_stream,
)
from sim.records.parameters.base import choice, quantity, share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams

EXTREME_SPREAD = np.float32(0.075)
LARGEST = np.float32(0.99)


class Parameters(Targeted):
    """Incremental and extreme stuffing and switching (Klimek et al. 2012)."""

    incremental_share: float = share(
        0.10, low=0.0, high=0.8, note="f_i: tables with incremental stuffing"
    )
    extreme_share: float = share(0.01, low=0.0, high=0.1, note="f_e: tables with extreme stuffing")
    spread: float = quantity(
        0.25,
        unit="share",
        low=0.0,
        high=0.6,
        ge=0,
        le=1,
        note="theta: size of incremental stuffing",
    )
    alpha: float = quantity(
        1.5, unit="1", low=1.0, high=4.0, ge=1, le=20, note="exponent: switching is x to this power"
    )
    switching: bool = choice(True, note="whether votes are switched beside those that are added")


@dataclass(frozen=True, slots=True)
class BallotStuffing(Declared):
    """Ballots are added and votes of others moved in the machine record, at many tables a little or
    at some nearly all.

    Two classes of tables share one uniform: extreme below f_e, incremental in the next f_i.
    """

    p: Parameters
    key = "ballot_stuffing"
    acts_on = "machine"
    touches = frozenset({"machine"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "machine"
    causes: ClassVar = ("BallotStuffing", "NumberOfBallotsExceedsNumberOfVoters")
    off: ClassVar[Settings] = {"incremental_share": 0.0, "extreme_share": 0.0}
    levels: ClassVar[Levels] = (
        {"incremental_share": 0.02, "extreme_share": 0.0},
        {"incremental_share": 0.1, "extreme_share": 0.01},
        {"incremental_share": 0.4, "extreme_share": 0.05},
    )

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with Q(abstainers, x) ballots added and Q(others, x^alpha) votes
        switched.
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        z_votes = normals(streams(votes_stream(self.key)), 2, chain.tables)
        extreme, touched = self._classes(
            u, tilt(np.float32(self.p.slope) * score(known, row, self.p.target)), known, redirect
        )
        x = self._size(z[touched], extreme[touched])
        stolen = x ** np.float32(self.p.alpha) if self.p.switching else np.zeros_like(x)
        machine, added, moved = stuffed(chain, row, touched, x, stolen, z_votes)
        return replace(chain, machine=machine), Manipulated(
            self.key, known.candidates[row], touched, added, moved
        )

    def _classes(
        self, u: Floats, weight: Floats, known: ManipulatorView, redirect: Redirect
    ) -> tuple[np.ndarray, np.ndarray]:
        extreme = redirect(capped(self.p.extreme_share, weight), known)
        either = redirect(capped(self.p.extreme_share + self.p.incremental_share, weight), known)
        return u < extreme, u < either

    def _size(self, z: Floats, extreme: np.ndarray) -> Floats:
        incremental = np.minimum(LARGEST, np.abs(np.float32(self.p.spread) * z))
        return np.asarray(
            np.where(extreme, np.maximum(1 - np.abs(EXTREME_SPREAD * z), 0), incremental),
            dtype=np.float32,
        )
