"""Claim: what the authority announced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.count import Count


@dataclass(frozen=True, slots=True, eq=False)
class Bulletin:
    """One announcement.

    totals: (K,) int64 in ballot order; shares as printed, rounded to `grid`.
    """

    number: int
    day: float
    totals: NDArray[np.int64]
    invalid: int
    share_counted: float
    turnout_share: float | None


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
