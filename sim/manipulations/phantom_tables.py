"""Rows in the tabulation behind which no polling table stands."""

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
    in_proportion,
    row_of,
    size_stream,
    votes_stream,
)
from sim.models.numbers.quantile import binomial_quantile
from sim.records.parameters.base import quantity, share
from sim.records.parameters.vote.manipulations import Irregularity
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.count import Count
from sim.rng import Streams

MOST_ROWS = 2000
"""Rows drawn whatever `count` says, so that a larger count appends to a smaller one."""


class Parameters(Irregularity):
    """Rows in the tabulation behind which no polling table stands."""

    count: int = quantity(
        200, unit="tables", low=0, high=2000, ge=0, le=2000, note="tables that exist on paper only"
    )
    registered: int = quantity(
        600, unit="voters", low=200, high=1000, ge=1, le=10000, note="register of each of them"
    )
    turnout: float = share(0.85, low=0.6, high=1.0, note="turnout written for each of them")
    beneficiary_share: float = share(
        0.90, low=0.6, high=1.0, note="share of their votes written for the beneficiary"
    )


@dataclass(frozen=True, slots=True)
class PhantomTables(Declared):
    """Tables that do not exist are added to the tabulation.

    Rows are appended to the tabulation only: more tables than the register has.
    """

    p: Parameters
    key = "phantom_tables"
    acts_on = "tabulation"
    touches = frozenset({"tabulated", "phantom_registered"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "tabulated"
    picks_tables: ClassVar = False
    off: ClassVar[Settings] = {"count": 0}
    levels: ClassVar[Levels] = ({"count": 50}, {"count": 200}, {"count": 2000})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with `count` rows of the stated register, turnout and beneficiary's
        share.
        """
        row = row_of(known, self.p.beneficiary, known.incumbent)
        z = normals(streams(size_stream(self.key)), MOST_ROWS)
        z_votes = normals(streams(votes_stream(self.key)), 2, MOST_ROWS)
        ballots = binomial_quantile(self.p.registered, np.float32(self.p.turnout), z)[
            : self.p.count
        ]
        own = binomial_quantile(
            ballots, np.float32(self.p.beneficiary_share), z_votes[0, : self.p.count]
        )
        added = _as_elsewhere(chain.tabulated, row, ballots, own)
        tabulated = Count(
            np.hstack((chain.tabulated.votes, added)),
            np.append(chain.tabulated.invalid, np.zeros_like(ballots)),
        )
        register = np.append(
            chain.phantom_registered, np.full(self.p.count, self.p.registered, dtype=np.int32)
        )
        touched = np.zeros(chain.tables, dtype=np.bool_)
        done = Manipulated(
            self.key, known.candidates[row], touched, int(ballots.sum()), 0, self.p.count
        )
        return replace(chain, tabulated=tabulated, phantom_registered=register), done


def _as_elsewhere(tabulated: Count, row: int, ballots: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return votes (K, P): the beneficiary's own, the rest split as the other candidates' tabulated
    totals are.
    """
    totals = np.minimum(tabulated.totals, np.iinfo(np.int32).max).astype(np.int32)
    totals[row] = 0
    totals[(row + 1) % totals.size] += int(totals.sum() == 0)
    votes = in_proportion(np.repeat(totals[:, None], ballots.size, axis=1), ballots - own)
    votes[row] = own
    return votes
