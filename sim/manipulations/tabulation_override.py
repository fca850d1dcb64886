"""Tabulated rows that differ from the sheets received: a share of the other votes is credited to
the beneficiary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.fast.normals import normals
from sim.manipulations.base import (
    Declared,
    Floats,
    Levels,
    Redirect,
    Settings,
    in_states,
    others_of,
    row_of,
    taken_from_others,
    votes_stream,
)
from sim.models.numbers.quantile import binomial_quantile
from sim.records.parameters.base import choice, quantity, share
from sim.records.parameters.vote.manipulations import Irregularity, Names
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.count import Count
from sim.rng import Streams

STEPS = 2**14
"""Steps of delta that are told apart: the lead is met to within some hundred votes of the nation.
"""


class Parameters(Irregularity):
    """Tabulated totals differ from the sheets received: a share of the other votes is credited to
    the beneficiary.
    """

    delta: float = share(
        0.10, low=0.0, high=0.5, note="share of the other votes that is moved at each table"
    )
    wanted_lead: float | None = quantity(
        None,
        unit="share",
        ge=-1,
        le=1,
        note="lead of the beneficiary over the next; if given, delta is solved for it",
    )
    states: Names = choice((), note="states where rows differ; none named: all")


@dataclass(frozen=True, slots=True)
class TabulationOverride(Declared):
    """Votes are moved row by row in the tabulation; sheets and copies stay.

    Claim G += Q(O, delta), O -= the same, at every row; with `wanted_lead`, delta is solved by
    bisection.
    """

    p: Parameters
    key = "tabulation_override"
    acts_on = "tabulation"
    touches = frozenset({"tabulated"})
    parameters: ClassVar = Parameters
    moves: ClassVar = "tabulated"
    picks_tables: ClassVar = False
    off: ClassVar[Settings] = {"delta": 0.0}
    levels: ClassVar[Levels] = ({"delta": 0.01}, {"delta": 0.1}, {"delta": 0.45})

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain with the rows of the named states changed in the tabulation only."""
        row = row_of(known, self.p.beneficiary, known.incumbent)
        z = normals(streams(votes_stream(self.key)), chain.tables)
        rows = np.flatnonzero(in_states(known, self.p.states))
        others, z = others_of(chain.tabulated, row)[rows], z[rows]
        delta = (
            self.p.delta
            if self.p.wanted_lead is None
            else solved_delta(chain, row, rows, others, z, self.p.wanted_lead)
        )
        moved = binomial_quantile(others, np.float32(delta), z)
        votes = chain.tabulated.votes
        everywhere = rows.size == votes.shape[1]
        changed = taken_from_others(
            votes if everywhere else np.take(votes, rows, axis=1), row, moved
        )
        changed[row] += moved
        if not everywhere:
            votes = votes.copy()
            votes[:, rows] = changed
        touched = np.zeros(chain.tables, dtype=np.bool_)
        touched[rows] = moved > 0
        done = Manipulated(
            self.key, known.candidates[row], touched, 0, int(moved.sum(dtype=np.int64))
        )
        return replace(
            chain, tabulated=Count(changed if everywhere else votes, chain.tabulated.invalid)
        ), done


def solved_delta(
    chain: Chain, row: int, rows: np.ndarray, others: np.ndarray, z: Floats, wanted_lead: float
) -> float:
    """Return the delta at which the beneficiary leads the next candidate by `wanted_lead` of the
    rows received; 0 to 1.

    0 where it leads by that much already.

    The lead counts the rows that have been transmitted (as a bulletin would), with the appended
    ones. The expected lead is linear in delta and gives a first guess; the votes that Q moves there
    give a second, and bisection closes in about it.
    """
    received = np.isfinite(chain.transmitted_minute)
    there = received.take(rows)
    within = np.zeros(chain.tabulated.invalid.size, dtype=np.bool_)
    within[rows] = there
    elsewhere = np.append(received, np.ones(within.size - chain.tables, dtype=np.bool_)) & ~within
    elsewhere[rows] = False
    movable = chain.tabulated.totals_at(within)
    totals = movable + chain.tabulated.totals_at(elsewhere)
    pool = max(int(movable.sum() - movable[row]), 1)
    others, z = others[there], z[there]

    def lacking(moved: int) -> float:
        after = totals - movable * (moved / pool)
        after[row] = totals[row] + moved
        return wanted_lead * max(int(totals.sum()), 1) - float(
            after[row] - np.delete(after, row).max()
        )

    def moved_at(step: int) -> int:
        return int(binomial_quantile(others, np.float32(step / STEPS), z).sum(dtype=np.int64))

    if lacking(0) <= 0:
        return 0.0
    share = _expected_share(totals, movable, row, wanted_lead)
    first = round(share * STEPS)
    second = first + round((share - moved_at(first) / pool) * STEPS)
    last = last_short(lambda step: lacking(moved_at(step)) > 0, min(max(second, 0), STEPS))
    return (2 * last + 1) / (2 * STEPS)


def _expected_share(
    totals: NDArray[np.int64], movable: NDArray[np.int64], row: int, wanted_lead: float
) -> float:
    """Return the delta, 0 to 1, at which the lead over the next candidate is the wanted one if Q
    moved its mean.

    A share delta of the pool gives the beneficiary delta pool and takes delta movable_k from
    candidate k.
    """
    rivals = np.arange(totals.size) != row
    short_votes = wanted_lead * max(int(totals.sum()), 1) + (totals - totals[row])[rivals]
    pool = int(movable[rivals].sum())
    return float(
        np.clip((short_votes / np.maximum(pool + movable[rivals], 1)).max(initial=0.0), 0.0, 1.0)
    )


def last_short(short: Callable[[int], bool], guess: int) -> int:
    """Return the largest step k in 0..STEPS - 1 with short(k), by bisection that starts from a
    bracket about a good guess.

    `short` is true at 0 and falls once. The answer is that of bisecting the whole range, which asks
    three times as often.
    """
    reach = 1
    while True:
        low, high = max(guess - reach, 0), min(guess + reach, STEPS)
        if (low == 0 or short(low)) and (high == STEPS or not short(high)):
            break
        reach *= 8
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if short(middle) else (low, middle)
    return low
