"""Votes by table at one layer of the chain (cast, machine record, sheet, copy, tabulated)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Count:
    """Votes of K candidates at M tables: votes (K, M) int32, invalid (M,) int32. Ballots = sum of
    both.

    The sums are asked for by many and computed once; without slots, because a cached property needs
    a place to stay.
    """

    votes: NDArray[np.int32]
    invalid: NDArray[np.int32]

    @cached_property
    def valid(self) -> NDArray[np.int32]:
        """Return valid votes by table, (M,) int32."""
        return np.asarray(self.votes.sum(axis=0, dtype=np.int32))

    @property
    def ballots(self) -> NDArray[np.int32]:
        """Return ballots by table, (M,) int32."""
        return self.valid + self.invalid

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """Return national votes by candidate, (K,) int64."""
        most = self.votes.shape[1] * int(self.valid.max(initial=0))
        exact = (
            np.int32 if most < 2**31 else np.int64
        )  # a third of the time where no sum leaves its range
        return np.asarray(self.votes.sum(axis=1, dtype=exact), dtype=np.int64)

    def totals_at(self, tables: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return votes by candidate, (K,) int64, of the flagged ones of all (M,) tables."""
        if (
            2 * np.count_nonzero(tables) > tables.size
        ):  # the few that are left out are quicker to add up
            return self.totals - self.totals_at(~tables)
        return np.asarray(
            np.take(self.votes, np.flatnonzero(tables), axis=1).sum(axis=1, dtype=np.int64),
            dtype=np.int64,
        )


def votes_at(votes: NDArray[np.int32], tables: NDArray[np.bool_]) -> int:
    """Return the sum of (M,) votes at the tables that are flagged; a product is quicker than
    picking tables out.
    """
    return int((votes * tables).sum(dtype=np.int64))
