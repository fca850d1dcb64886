"""Witnesses and observers turned out before the count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from scipy.special import expit

from sim.manipulations.base import (
    Declared,
    Levels,
    Redirect,
    Settings,
    capped,
    known_support,
    row_of,
    score,
    select_stream,
    tilt,
    uniforms,
)
from sim.records.parameters.base import choice, share
from sim.records.parameters.vote.manipulations import AtStrongholds
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams


class Parameters(AtStrongholds):
    """Witnesses (and observers) turned out before the count."""

    f: float = share(
        0.05, low=0.0, high=0.6, note="share of tables from which witnesses are kept out"
    )
    observers: bool = choice(True, note="whether quick-count observers are turned out with them")


@dataclass(frozen=True, slots=True)
class WitnessExpulsion(Declared):
    """Witnesses and observers are put out of some tables; votes and sheets stay, copies become
    fewer, and fewer where the beneficiary is strong.
    """

    p: Parameters
    key = "witness_expulsion"
    acts_on = "presence"
    touches = frozenset({"witness_present", "observer_present"})
    parameters: ClassVar = Parameters
    causes: ClassVar = ("RestrictionOfObserversRights",)
    off: ClassVar[Settings] = {"f": 0.0}
    levels: ClassVar[Levels] = ({"f": 0.02}, {"f": 0.1}, {"f": 0.6})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with nobody inside at the picked tables (tilt: known share of the
        beneficiary, -ln register).
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        u = uniforms(streams, select_stream(self.key), chain.tables)
        believed = expit(known_support(known, row))
        exponent = np.float32(self.p.slope) * believed + np.float32(self.p.small_slope) * score(
            known, row, "small_first"
        )
        touched = u < redirect(capped(self.p.f, tilt(exponent)), known)
        witnesses = chain.witness_present & ~touched
        observers = (
            chain.observer_present & ~touched if self.p.observers else chain.observer_present
        )
        done = Manipulated(self.key, known.candidates[row], touched)
        return replace(chain, witness_present=witnesses, observer_present=observers), done
