"""Counts that sum exactly: voters who come, and the votes in the ballots cast
(docs/model/election_day.md, section 2).

Two steps, because queues stand between them: `intended` says who comes, the polling day says who
leaves the line, and `cast` shares out the ballots. For fixed random numbers every count is monotone
in its own probability and in its trials.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.electorate.electorate_draws import ElectorateDraws
from sim.models.electorate.support import NO_SHIFTS, National, Shifts, small_total
from sim.models.numbers.quantile import binomial_quantile
from sim.models.numbers.small_counts import CountTable, count_table, small_counts
from sim.records.parameters.vote.electorate import Ballot, Turnout
from sim.records.vote.contest import Contest
from sim.records.vote.count import Count
from sim.records.vote.register import Register

Float32s = NDArray[np.float32]
Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class CastVotes:
    """count: votes as cast. small_cap_cells: cells (table and candidate) where a small candidate's
    mean was capped at 64 votes; above 0 only under large shifts of the small total, and worth a
    note.
    """

    count: Count
    small_cap_cells: int


def intended(register: Register, turnout: Float32s, draws: ElectorateDraws) -> Int32s:
    """Return voters who come to each table, (M,) int32, never more than are registered."""
    return binomial_quantile(register.registered, turnout, draws.turnout)


def ballot_shares(
    contest: Contest,
    ballot: Ballot,
    national: National,
    shifts: Shifts = NO_SHIFTS,
    withdrawn: Collection[int] = (),
) -> NDArray[np.float64]:
    """Return shares of ballots cast, (k + 1,): small candidates in ballot order, then invalid
    votes.

    withdrawn: rows of small candidates who stand no more; the small total, which the shifts move,
    goes to the others.
    """
    split = np.array(national.small_split)
    split[[row in withdrawn for row in contest.small]] = 0.0
    left = split.sum()
    valid = (1 - ballot.invalid_share) * small_total(national, shifts)
    return np.append(split * (valid / left if left > 0 else 0.0), ballot.invalid_share)


def usual_ballots(register: Register, ballot: Ballot, turnout: Turnout) -> int:
    """Return the number of ballots for which the look-up of small counts is made: as set, or mean
    register x turnout.
    """
    if ballot.lookup_ballots is not None:
        return ballot.lookup_ballots
    return round(
        float(register.registered.mean()) * turnout.present_share * turnout.participation_share
    )


def cast(
    contest: Contest,
    ballots: Int32s,
    shares: NDArray[np.float64],
    incumbent: Float32s,
    draws: ElectorateDraws,
    lookup: CountTable | None = None,
) -> CastVotes:
    """Return the votes in the ballots of each table.

    Args:
        contest: who stands; L large candidates take L - 1 splits, incumbent against challenger
        last. ballots: (M,) int32, ballots cast. shares: (k + 1,), as returned by `ballot_shares`.
        incumbent: (M,), two-party share of the incumbent at each table. draws: `small` and `split`
        are used. lookup: table of `count_table`; none: for the median of `ballots`.
    """
    table = lookup or count_table(int(np.median(ballots)))
    counts = np.empty(draws.small.shape, dtype=np.int32)
    capped = small_counts(table, ballots.astype(np.float32), shares, draws.small, counts)
    left = ballots - counts.sum(axis=0, dtype=np.int32)
    if left.min(initial=0) < 0:
        left = _cut(counts, left)
    votes = np.empty((len(contest.candidates), len(ballots)), dtype=np.int32)
    votes[list(contest.small)] = counts[:-1]
    _split_large(contest, votes, left, incumbent, draws.split)
    return CastVotes(Count(votes, counts[-1].copy()), capped)


def _cut(counts: Int32s, left: Int32s) -> Int32s:
    """Take what exceeds the ballots from the last rows of `counts`; return what is left, never
    below 0.
    """
    for row in counts[::-1]:
        too_many = np.minimum(row, np.maximum(-left, 0))
        row -= too_many
        left = left + too_many
    return left


def _split_large(
    contest: Contest, votes: Int32s, left: Int32s, incumbent: Float32s, z: Float32s
) -> None:
    """Write the large candidates' rows: further ones first, each with its share of what is left,
    then the two camps.
    """
    rest = 1.0
    for row, number in zip(contest.further, z[1:], strict=True):
        share = contest.candidates[row].large_share
        votes[row] = binomial_quantile(left, share / rest, number)
        left = left - votes[row]
        rest -= share
    votes[contest.incumbent] = binomial_quantile(left, incumbent, z[0])
    votes[contest.challenger] = left - votes[contest.incumbent]
