"""Votes of others recorded for the beneficiary by the machine; ballots and turnout stay."""

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
    switched,
    tilt,
    uniforms,
    votes_stream,
)
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import Targeted
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Targeted):
    """Votes of others recorded for the beneficiary by the machine."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables at which votes are switched")
    size_low: float = share(
        0.20, low=0.0, high=0.4, note="least share of the other votes that is switched"
    )
    size_high: float = share(
        0.60, low=0.4, high=1.0, note="largest share of the other votes that is switched"
    )


@dataclass(frozen=True, slots=True)
class VoteSwitching(Declared):
    """Votes of others are moved to one candidate in the machine record, at some tables.

    G += Q(O, x), O -= the same, in proportion.
    """

    p: Parameters
    key = "vote_switching"
    acts_on = "machine"
    touches = frozenset({"machine"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "machine"
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = ({"f": 0.01}, {"f": 0.05}, {"f": 0.4})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with a uniform share of the other votes moved at the picked tables."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u, z = (
            uniforms(streams, select_stream(self.key), chain.tables),
            normals(streams(size_stream(self.key)), chain.tables),
        )
        z_votes = normals(streams(votes_stream(self.key)), 2, chain.tables)
        weight = tilt(np.float32(self.p.slope) * score(known, row, self.p.target))
        touched = u < redirect(capped(self.p.f, weight), known)
        machine, moved = switched(
            chain.machine, row, touched, (self.p.size_low, self.p.size_high), z, z_votes[0]
        )
        return replace(chain, machine=machine), Manipulated(
            self.key, known.candidates[row], touched, 0, moved
        )
