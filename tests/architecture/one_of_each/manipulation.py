"""Voters are made to vote for one candidate before they reach the machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.fast.normals import normals
from sim.manipulations.base import (
    Declared,
    Levels,
    Redirect,
    Settings,
    row_of,
    select_stream,
    size_stream,
    switched,
    uniforms,
    votes_stream,
)
from sim.records.parameters.base import share
from sim.records.parameters.vote.manipulations import Irregularity
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(Irregularity):
    """Voters made to vote for the beneficiary."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables at which voters are coerced")
    size: float = share(0.2, low=0.0, high=0.6, note="share of the other votes that changes")


@dataclass(frozen=True, slots=True)
class Coercion(Declared):
    """Votes of others become votes of one candidate, at some tables."""

    p: Parameters
    key = "coercion"
    acts_on = "machine"
    touches = frozenset({"machine"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "machine"
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = ({"f": 0.02}, {"f": 0.1}, {"f": 0.4})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with these votes changed."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u = uniforms(streams, select_stream(self.key), chain.tables)
        z = normals(streams(size_stream(self.key)), chain.tables)
        z_votes = normals(streams(votes_stream(self.key)), chain.tables)
        touched = u < redirect(0 * u + self.p.f, known)
        machine, moved = switched(chain.machine, row, touched, (self.p.size,) * 2, z, z_votes)
        done = Manipulated(self.key, known.candidates[row], touched, 0, moved)
        return replace(chain, machine=machine), done
