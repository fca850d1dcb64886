"""Claim: what the authority announced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.count import Count

NATION = "nation"


@dataclass(frozen=True, slots=True, eq=False)
class Bulletin:
    """One announcement.

    totals: (K,) int64 in ballot order, of all that has been announced so far; shares as printed,
    rounded to `grid`. scope: `NATION`, or the name of the region that it adds.
    """

    number: int
    day: float
    totals: NDArray[np.int64]
    invalid: int
    share_counted: float
    turnout_share: float | None
    scope: str = NATION


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """Everything announced so far.

    rows: announced votes by table (None when no table results are out); row_tables: (n,) int32,
    their register rows.
    """

    bulletins: tuple[Bulletin, ...]
    winner: str | None
    rows: Count | None
    row_tables: NDArray[np.int32] | None

    @property
    def last(self) -> Bulletin | None:
        """Return the last bulletin that speaks of the nation, None before any: a region's says
        nothing of the rest.
        """
        return last_of_nation(self.bulletins)


def last_of_nation(bulletins: tuple[Bulletin, ...]) -> Bulletin | None:
    """Return the last of these bulletins that speaks of the nation, None where none does."""
    return next((b for b in reversed(bulletins) if b.scope == NATION), None)
