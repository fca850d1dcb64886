"""Tabulated rows that differ from the sheets received: a share of the other votes is credited to the beneficiary."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.manipulations.base import (
    Floats,
    Redirect,
    in_states,
    normals,
    others_of,
    row_of,
    taken_from_others,
    votes_stream,
)
from sim.models.quantile import binomial_quantile
from sim.records.chain import Chain, Known, Manipulated
from sim.records.count import Count
from sim.records.parameters.manipulations import TabulationOverride as Parameters
from sim.rng import Streams

HALVINGS = 14
"""Steps of the bisection: the lead is met to within some hundred votes of the nation."""


@dataclass(frozen=True, slots=True)
class TabulationOverride:
    """Claim G += Q(O, delta), O -= the same, at every row; with `wanted_lead`, delta is solved by bisection."""

    p: Parameters
    key = "tabulation_override"
    acts_on = "tabulation"
    touches = frozenset({"tabulated"})

    def apply(self, chain: Chain, known: Known, streams: Streams, redirect: Redirect) -> tuple[Chain, Manipulated]:
        """Return the chain with the rows of the named states changed in the tabulation only."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        z = normals(streams, votes_stream(self.key), 2, chain.tables)[0]
        rows = np.flatnonzero(in_states(known, self.p.states))
        others = others_of(chain.tabulated, row)[rows]
        delta = (
            self.p.delta if self.p.wanted_lead is None else solved_delta(chain, row, rows, others, z[rows], self.p.wanted_lead)
        )
        moved = binomial_quantile(others, np.float32(delta), z[rows])
        votes = chain.tabulated.votes.copy()
        changed = taken_from_others(votes[:, rows], row, moved)
        changed[row] += moved
        votes[:, rows] = changed
        touched = np.zeros(chain.tables, dtype=np.bool_)
        touched[rows] = moved > 0
        done = Manipulated(self.key, known.candidates[row], touched, 0, int(moved.sum(dtype=np.int64)))
        return replace(chain, tabulated=Count(votes, chain.tabulated.invalid)), done


def solved_delta(chain: Chain, row: int, rows: np.ndarray, others: np.ndarray, z: Floats, wanted_lead: float) -> float:
    """Return the delta at which the beneficiary leads the next candidate by `wanted_lead` of the rows received; 0 to 1.

    0 where it leads by that much already.

    The lead counts the rows that have been transmitted (as a bulletin would), with the appended ones. The expected lead is
    linear in delta and brackets the root; bisection on the votes that Q moves then closes in.
    """
    received = np.isfinite(chain.transmitted_minute)
    totals = chain.tabulated.votes[:, : chain.tables][:, received].sum(axis=1, dtype=np.int64)
    totals += chain.tabulated.votes[:, chain.tables :].sum(axis=1, dtype=np.int64)
    movable = chain.tabulated.votes[:, rows][:, received[rows]].sum(axis=1, dtype=np.int64)
    pool = int(movable.sum() - movable[row])

    def short(delta: float) -> bool:
        moved = int(binomial_quantile(others, np.float32(delta), z)[received[rows]].sum(dtype=np.int64))
        after = totals - movable * (moved / max(pool, 1))
        after[row] = totals[row] + moved
        return float(after[row] - np.delete(after, row).max()) < wanted_lead * max(int(totals.sum()), 1)

    low, high = 0.0, 1.0 if short(0.0) else 0.0
    for _ in range(HALVINGS if high else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) else (low, middle)
    return (low + high) / 2
