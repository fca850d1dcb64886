"""A second round between two: whose voters come again, and for whom (docs/model/election_day.md,
section 2).

The voters of the two come again and vote as before. Those of everybody else move or stay at home by
national shares, so that a table follows from how it would vote in the first round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.models.electorate.support import National, Shifts, theta_on
from sim.models.polling_day.votes import ballot_shares
from sim.records.parameters.vote.electorate import Ballot
from sim.records.parameters.vote.rule import Transfer
from sim.records.vote.contest import Contest, of_two
from sim.rng import Streams

TRANSFER_STREAM = "vote/transfer"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Runoff:
    """Who stood in the first round, who stands in the second, and where voters go.

    moved: (K, 2), what share of each candidate's voters comes and votes for each of the two, in
    ballot order. gone: rows of the first ballot that count for nobody.
    """

    first: Contest
    two: Contest
    moved: Floats
    gone: tuple[int, ...] = ()


def runoff(
    first: Contest,
    rows: tuple[int, int],
    rules: Transfer,
    streams: Streams | None = None,
    gone: tuple[int, ...] = (),
) -> Runoff:
    """Return the second round of two rows of a ballot. streams: as of `transfers`."""
    return Runoff(first, of_two(first, rows), transfers(first, rows, rules, streams), gone)


def transfers(
    contest: Contest, two: tuple[int, int], rules: Transfer, streams: Streams | None = None
) -> Floats:
    """Return (K, 2): what share of each candidate's voters comes and votes for each of the two.

    streams: two normal numbers a candidate, one for who comes and one for whom; None: no luck.
    """
    k = len(contest.keys)
    z = np.zeros((k, 2)) if streams is None else streams(TRANSFER_STREAM).standard_normal((k, 2))
    shares = np.array([_as_given(contest, row, two, rules) for row in range(k)])
    come = shares.sum(axis=1)
    first = np.divide(shares[:, 0], come, out=np.zeros(k), where=come > 0)
    come, first = _moved(come, rules.sd * z[:, 0]), _moved(first, rules.sd * z[:, 1])
    moved = np.stack((come * first, come * (1 - first)), axis=1)
    moved[list(two)] = np.eye(2)
    return moved


def _as_given(
    contest: Contest, row: int, two: tuple[int, int], rules: Transfer
) -> tuple[float, float]:
    """Return what share of a candidate's voters goes to each of the two, as the case has it."""
    given = rules.to.get(contest.keys[row])
    if given is None:
        return (1 - rules.stay_home) / 2, (1 - rules.stay_home) / 2
    return given.get(contest.keys[two[0]], 0.0), given.get(contest.keys[two[1]], 0.0)


def _moved(share: Floats, logits: Floats) -> Floats:
    """Return shares moved on the logit scale; 0 and 1 stay what they are."""
    inside = (share > 0) & (share < 1)
    x = np.where(inside, share, 0.5)
    return np.where(inside, 1 / (1 + (1 - x) / x * np.exp(-logits)), np.clip(share, 0, 1))


def shares_of_first(
    run: Runoff, ballot: Ballot, national: National, shifts: Shifts, incumbent: Any
) -> list[Any]:
    """Return each candidate's share of the valid votes of the first round, in ballot order: floats,
    or arrays over the tables.

    incumbent: two-party share of the incumbent, in the nation or at each table.
    """
    contest = run.first
    small = ballot_shares(contest, ballot, national, shifts, run.gone)[:-1]
    small = small / (1 - ballot.invalid_share)
    large = 1 - float(small.sum())
    two = large * (1 - sum(contest.candidates[row].large_share for row in contest.further))
    found: list[Any] = [large * c.large_share for c in contest.candidates]
    for row, share in zip(contest.small, small.tolist(), strict=True):
        found[row] = share
    found[contest.incumbent], found[contest.challenger] = two * incumbent, two * (1 - incumbent)
    return found


def shares_of_second(run: Runoff, shares: list[Any]) -> tuple[Any, Any]:
    """Return (who comes again of those who came, the share of these in the incumbent's row) from
    each candidate's share of the first round.
    """
    first, second = (
        sum(share * move for share, move in zip(shares, run.moved[:, row].tolist(), strict=True))
        for row in (0, 1)
    )
    come = first + second
    return come, (first if run.two.incumbent == 0 else second) / np.maximum(come, 1e-12)


def in_the_nation(
    run: Runoff, ballot: Ballot, national: National, shifts: Shifts, day: float
) -> tuple[float, float]:
    """Return (who comes again of those who come, the latent lead of the second round) on a house
    day.
    """
    theta = theta_on(national, day, shifts)
    come, incumbent = shares_of_second(run, shares_of_first(run, ballot, national, shifts, theta))
    return float(come), 1 - 2 * float(incumbent)
