"""Votes of others recorded for the beneficiary by the machine; ballots and turnout stay."""

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
    switched,
    tilt,
    uniforms,
    votes_stream,
)
from sim.records.parameters.vote.manipulations import VoteSwitching as Parameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


@dataclass(frozen=True, slots=True)
class VoteSwitching:
    """Votes of others are moved to one candidate in the machine record, at some tables.

    G += Q(O, x), O -= the same, in proportion.
    """

    p: Parameters
    key = "vote_switching"
    acts_on = "machine"
    touches = frozenset({"machine"})

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
