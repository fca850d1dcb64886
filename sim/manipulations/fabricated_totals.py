"""Totals announced that no table results stand behind: shares chosen on a grid, votes computed from
them.

V_k = rint(T s_k), the last candidate takes what is left of T. The announced shares then lie within
half a vote of the grid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.manipulations.base import Declared, Levels, Redirect, Settings, row_of
from sim.records.parameters.base import quantity, share
from sim.records.parameters.vote.manipulations import Irregularity
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.claim import Bulletin
from sim.rng import Streams


class Parameters(Irregularity):
    """Totals announced that no table results stand behind: shares chosen on a grid, votes computed
    from them.
    """

    weight: float = share(
        1.0, low=0.0, high=1.0, note="0: as tabulated; 1: wholly the wanted shares"
    )
    wanted_lead: float = quantity(
        0.07, unit="share", low=0.0, high=0.3, ge=-1, le=1, note="beneficiary over the next"
    )
    share_grid: float = quantity(
        0.001, unit="share", low=0.0001, high=0.01, gt=0, le=0.1, note="shares are multiples of it"
    )
    total_votes: int | None = quantity(
        None, unit="votes", ge=1, note="valid votes announced; none: as tabulated"
    )


@dataclass(frozen=True, slots=True)
class FabricatedTotals(Declared):
    """The announced totals are invented, with a wanted lead or wanted percentages; sheets and
    copies stay.

    Every bulletin is rewritten; the share counted and the hour stay. `wanted_lead`: beneficiary
    over the next.
    """

    p: Parameters
    key = "fabricated_totals"
    acts_on = "announcement"
    touches = frozenset({"bulletins"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "bulletins"
    picks_tables: ClassVar = False
    rows_out: ClassVar = False
    off: ClassVar[Settings] = {"weight": 0.0}
    levels: ClassVar[Levels] = ({"wanted_lead": 0.02}, {"wanted_lead": 0.07}, {"wanted_lead": 0.25})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with wanted totals; no stream is needed, nothing here is drawn."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        bulletins = tuple(self._rewritten(bulletin, row) for bulletin in chain.bulletins)
        moved = sum(
            _gained(a, b, row) for a, b in zip(bulletins[-1:], chain.bulletins[-1:], strict=True)
        )
        added = sum(
            max(int(a.totals.sum() - b.totals.sum()), 0)
            for a, b in zip(bulletins[-1:], chain.bulletins[-1:], strict=True)
        )
        done = Manipulated(
            self.key, known.candidates[row], np.zeros(chain.tables, dtype=np.bool_), added, moved
        )
        return replace(chain, bulletins=bulletins), done

    def _rewritten(self, bulletin: Bulletin, row: int) -> Bulletin:
        if self.p.weight == 0 or bulletin.totals.sum() == 0:
            return bulletin
        total = int(self.p.total_votes or bulletin.totals.sum())
        shares = wanted_shares(bulletin.totals / bulletin.totals.sum(), row, self.p.wanted_lead)
        shares = (1 - self.p.weight) * (
            bulletin.totals / bulletin.totals.sum()
        ) + self.p.weight * shares
        return replace(bulletin, totals=totals_on_grid(shares, total, self.p.share_grid))


def _gained(after: Bulletin, before: Bulletin, row: int) -> int:
    return max(int(after.totals[row] - before.totals[row]), 0)


def wanted_shares(shares: NDArray[np.float64], row: int, lead: float) -> NDArray[np.float64]:
    """Return shares (K,) in which `row` leads the strongest other by `lead` and the two keep their
    sum; the rest stays.
    """
    rival = int(np.argmax(np.where(np.arange(shares.size) == row, -1.0, shares)))
    both = shares[row] + shares[rival]
    wanted = shares.copy()
    wanted[row] = np.clip((both + lead) / 2, 0, both)
    wanted[rival] = both - wanted[row]
    return wanted


def totals_on_grid(shares: NDArray[np.float64], total: int, grid: float) -> NDArray[np.int64]:
    """Return votes (K,) int64 with sum `total`: shares rounded to the grid by largest remainder,
    V_k = rint(T s_k).

    The last candidate with a positive share takes what is left, as in the published case of rounded
    percentages.
    """
    cells = round(1 / grid)
    exact = shares / shares.sum() * cells
    units = np.floor(exact).astype(np.int64)
    units[np.argsort(units - exact, kind="stable")[: cells - int(units.sum())]] += 1
    votes: NDArray[np.int64] = np.rint(total * (units / cells)).astype(np.int64)
    last = int(np.flatnonzero(units)[-1])
    votes[last] += total - votes.sum()
    return votes
