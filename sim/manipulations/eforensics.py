"""Manufactured and stolen votes in two classes: the generator behind eforensics (Ferrari,
McAlister, Mebane and Wu).

At a table of turnout tau and winner share nu: winner / N = tau nu + iota_m (1 - tau) + iota_s tau
(1 - nu), iota in 0..k at incremental tables, chi in .8..1 at extreme ones; the rest of the
electorate is the simulator's own.
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
    normal_cdf,
    row_of,
    score,
    select_stream,
    size_stream,
    stuffed,
    tilt,
    uniforms,
    votes_stream,
)
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Targeted):
    """Manufactured and stolen votes in two classes (Ferrari, McAlister, Mebane and Wu, qbl
    model).
    """

    incremental_share: float = share(
        0.10, low=0.0, high=0.6, note="pi_2: tables with incremental irregularity"
    )
    extreme_share: float = share(
        0.01, low=0.0, high=0.1, note="pi_3: tables with extreme irregularity"
    )
    incremental_limit: float = share(
        0.5, low=0.1, high=0.5, source="Ferrari2019", note="k: iota is uniform in 0 to k"
    )
    extreme_floor: float = share(
        0.8, low=0.7, high=0.95, source="Ferrari2019", note="chi is uniform in this to 1"
    )
    manufactured: float = share(
        1.0, low=0.0, high=1.0, note="multiplies iota and chi for abstainers"
    )
    stolen: float = share(
        1.0, low=0.0, high=1.0, note="multiplies iota and chi for the other candidates' votes"
    )


@dataclass(frozen=True, slots=True)
class Eforensics(Declared):
    """Ballots are added and votes of others moved in the machine record, by the classes of the
    eforensics model.

    Sizes are uniform in their class's interval; `manufactured` and `stolen` scale the two channels.
    """

    p: Parameters
    key = "eforensics"
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
        """Return the chain with Q(abstainers, iota_m) ballots manufactured and Q(others, iota_s)
        votes stolen.
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        z_votes = normals(streams(votes_stream(self.key)), 2, chain.tables)
        weight = tilt(np.float32(self.p.slope) * score(known, row, self.p.target))
        extreme = u < redirect(capped(self.p.extreme_share, weight), known)
        touched = u < redirect(
            capped(self.p.extreme_share + self.p.incremental_share, weight), known
        )
        x = self._size(z[touched], extreme[touched])
        made, stolen = x * np.float32(self.p.manufactured), x * np.float32(self.p.stolen)
        machine, added, moved = stuffed(chain, row, touched, made, stolen, z_votes)
        return replace(chain, machine=machine), Manipulated(
            self.key, known.candidates[row], touched, added, moved
        )

    def _size(self, z: Floats, extreme: np.ndarray) -> Floats:
        u = normal_cdf(z)
        floor = np.float32(self.p.extreme_floor)
        return np.where(extreme, floor + (1 - floor) * u, np.float32(self.p.incremental_limit) * u)
