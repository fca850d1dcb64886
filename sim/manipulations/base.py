"""The interface of all manipulations, and what they share: choosing tables and moving votes.

A manipulation acts at one named place of the chain, changes only what it `touches`, and leaves its
input alone. It draws its streams in full at every intensity; at intensity zero it returns the
chain's numbers bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.models.numbers.quantile import binomial_quantile
from sim.records.parameters.vote.manipulations import Irregularity
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.count import Count
from sim.rng import Streams

Floats = NDArray[np.float32]
Redirect = Callable[[Floats, ManipulatorView], Floats]
"""Changes the tables' probabilities of being picked (displacement.py)."""
Settings = Mapping[str, float]
"""Values of a manipulation's own section, beside `enabled`."""
Levels = tuple[Settings, Settings, Settings]
"""About the foot, the default and the head of each study range: neutral labels low, middle and
high, never a statement on what is likely.
"""


class Declared:
    """What a manipulation declares of itself, beside key, stage and fields; its file says it.

    parameters: its section of a scenario. moves: the count in which its beneficiary gains, or
    "bulletins", or "" where no vote moves. picks_tables: it picks tables one by one, so that
    displacement can redirect it. needs_patience: it acts only where voters may leave a line.
    rows_out: results by table can stand behind it. serves: whom it serves where no beneficiary is
    named. causes: categories of incidents that it gives cause to. off: the settings at which it
    changes nothing. levels: low, middle and high, for the power study and the contract
    (assumptions inside the study ranges).
    """

    __slots__ = ()
    parameters: ClassVar[type[Irregularity]]
    moves: ClassVar[str] = ""
    picks_tables: ClassVar[bool] = True
    needs_patience: ClassVar[bool] = False
    rows_out: ClassVar[bool] = True
    serves: ClassVar[str] = "incumbent"
    causes: ClassVar[tuple[str, ...]] = ()
    off: ClassVar[Settings]
    levels: ClassVar[Levels]


class Manipulation(Protocol):
    """key: registered name. acts_on: stage of the chain. touches: fields of the chain that it may
    change.
    """

    @property
    def key(self) -> str:
        """Return the registered name."""
        ...

    @property
    def acts_on(self) -> str:
        """Return the stage."""
        ...

    @property
    def touches(self) -> frozenset[str]:
        """Return the fields."""
        ...

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Return the chain after the manipulation and, for the truth side, what it did."""
        ...


def as_planned(probability: Floats, known: ManipulatorView) -> Floats:
    """Return the probabilities as they are: the redirect of a manipulator who does not react to
    observers.
    """
    return probability


def row_of(known: ManipulatorView, key: str, default: int) -> int:
    """Return the beneficiary's ballot row.

    Raises:
        ValueError: no candidate has this key.
    """
    if not key:
        return default
    if key not in known.candidates:
        raise ValueError(
            f"beneficiary {key!r} is not a candidate; candidates: {', '.join(known.candidates)}"
        )
    return known.candidates.index(key)


def known_support(known: ManipulatorView, row: int) -> Floats:
    """Return what is believed of the candidate's past support, logit (M,): the incumbent's, its
    mirror image, or 0.
    """
    sign = 1.0 if row == known.incumbent else -1.0 if row == known.challenger else 0.0
    return np.asarray(np.float32(sign) * known.support)


def score(known: ManipulatorView, row: int, target: str) -> Floats:
    """Return the tables' score: known support, -ln register ("small_first") or zeros ("even")."""
    if target == "support":
        return known_support(known, row)
    if target == "small_first":
        return np.asarray(-np.log(np.maximum(known.registered, 1)), dtype=np.float32)
    return np.zeros(known.registered.size, dtype=np.float32)


def tilt(exponent: Floats) -> Floats:
    """Return weights exp(exponent) with mean 1 over the tables (exponential tilt)."""
    weight = np.exp(exponent - exponent.max(initial=0.0))
    return np.asarray(weight / np.float32(weight.mean(dtype=np.float64)), dtype=np.float32)


def capped(share: float, weight: Floats) -> Floats:
    """Return f_i = min(1, f w_i); where the cap binds, the realised share lies below f."""
    return np.asarray(np.minimum(np.float32(1), np.float32(share) * weight), dtype=np.float32)


def select_stream(key: str) -> str:
    """Return the name of the stream of M uniforms that picks tables."""
    return f"manipulation/{key}/select"


def size_stream(key: str) -> str:
    """Return the name of the stream of M normals that sets sizes."""
    return f"manipulation/{key}/size"


def votes_stream(key: str) -> str:
    """Return the name of the stream of (2, M) normals that turns shares into votes."""
    return f"manipulation/{key}/votes"


def uniforms(streams: Streams, name: str, n: int) -> Floats:
    """Return the first n uniforms of a stream, float32."""
    return streams(name).random(n, dtype=np.float32)


def normal_cdf(z: Floats) -> Floats:
    """Return Phi(z), the uniform behind a normal number, float32."""
    return np.asarray(ndtr(z), dtype=np.float32)


def normal_quantile(share: float) -> np.float32:
    """Return the normal number below which this share lies; z < it has this probability (within
    2^-16: fast/normals.py), never at 0, always at 1.
    """
    return np.float32(ndtri(share))


def size_between(low: float, high: float, z: Floats) -> Floats:
    """Return a uniform size in [low, high] at the normal z: low + (high - low) Phi(z)."""
    return np.asarray(np.float32(low) + np.float32(max(high - low, 0.0)) * normal_cdf(z))


COLUMNS_AT_ONCE = 4096
"""Tables split together: ten candidates' numbers for them stay in the processor's cache, twice as
quick as all at once.
"""
EXACT_FLOAT32 = 2**24
"""Whole numbers up to here are exact in float32, half the work of float64; tables of up to 4,000
votes stay below it.
"""


def in_proportion(weights: NDArray[np.int32], amount: Any) -> NDArray[np.int32]:
    """Return `amount` (n,), whole numbers, split over rows in proportion to `weights` (K, n), by
    largest remainder, (K, n).

    Equal remainders go to the larger weight, then to the earlier row of the ballot. A column
    without weight gets nothing.
    """
    wanted = np.broadcast_to(np.asarray(amount), weights.shape[1:])
    split = np.empty(weights.shape, dtype=np.int32)
    for first in range(0, weights.shape[1], COLUMNS_AT_ONCE):
        columns = slice(first, first + COLUMNS_AT_ONCE)
        split[:, columns] = _split(weights[:, columns], wanted[columns])
    return split


def _split(weights: NDArray[np.int32], amount: NDArray[Any]) -> NDArray[Any]:
    total = weights.sum(axis=0)
    largest = max(int(total.max(initial=0)), int(np.ceil(amount.max(initial=0))))
    exact: Any = (
        np.float32 if (largest + 1) ** 2 < EXACT_FLOAT32 else np.float64
    )  # all products below are whole numbers
    weight, left = weights.astype(exact), np.where(total > 0, amount, 0).astype(exact)
    total = np.maximum(total, 1).astype(exact)
    remainder = weight * left
    quota = remainder / total
    np.floor(quota, out=quota)  # no quotient of such products is rounded up to a whole number
    left -= quota.sum(axis=0)
    remainder -= quota * total
    remainder *= exact(largest + 1)
    remainder += weight
    quota += _rank(remainder) < left
    return np.asarray(quota)


def taken_from_others(votes: NDArray[np.int32], row: int, taken: Any) -> NDArray[np.int32]:
    """Return votes (K, n) after `taken` (n,), at most the other candidates' sum, leave them in
    proportion; `row` stays.
    """
    after = votes.copy()
    others = np.delete(np.arange(len(votes)), row)
    after[others] -= in_proportion(votes[others], taken)
    return after


def _rank(key: NDArray[Any]) -> NDArray[np.int8]:
    """Return each entry's rank in its column, largest first; ties to the earlier row."""
    rows, rank = len(key), np.zeros(key.shape, dtype=np.int8)
    for first in range(rows - 1):
        ahead = (key[first] >= key[first + 1 :]).view(
            np.int8
        )  # 0 or 1: adding flags as they are would convert each of them
        rank[first + 1 :] += ahead
        rank[first] += np.int8(rows - 1 - first) - np.add.reduce(ahead, axis=0, dtype=np.int8)
    return rank


def moved_to(
    count: Count, row: int, tables: NDArray[np.bool_], moved: NDArray[np.int32], added: Any = 0
) -> Count:
    """Return the count after `moved` (M,) votes of others and `added` new ballots are credited to
    `row` at these tables.
    """
    where = np.flatnonzero(tables)
    if where.size == 0:
        return count
    votes = count.votes.copy()
    part = taken_from_others(votes[:, where], row, moved[where])
    part[row] += moved[where] + (np.asarray(added)[where] if np.ndim(added) else added)
    votes[:, where] = part
    return Count(votes, count.invalid)


def others_of(count: Count, row: int) -> NDArray[np.int32]:
    """Return the valid votes of all other candidates, (M,) int32."""
    return np.asarray(count.valid - count.votes[row], dtype=np.int32)


def switched(
    count: Count,
    row: int,
    tables: NDArray[np.bool_],
    sizes: tuple[float, float],
    z_size: Floats,
    z: Floats,
) -> tuple[Count, int]:
    """Return the count after Q(others, x) votes move to `row` at these tables, x uniform in
    `sizes`, and how many moved.
    """
    where = np.flatnonzero(tables)
    moved = np.zeros(tables.size, dtype=np.int32)
    moved[where] = binomial_quantile(
        others_of(count, row)[where], size_between(*sizes, z_size[where]), z[where]
    )
    return moved_to(count, row, tables, moved), int(moved.sum(dtype=np.int64))


def stuffed(
    chain: Chain,
    row: int,
    tables: NDArray[np.bool_],
    added_share: Floats,
    moved_share: Floats,
    z: Floats,
) -> tuple[Count, int, int]:
    """Return the machine record after Q(abstainers, added) ballots enter and Q(others, moved) votes
    move; and both sums.

    added_share, moved_share: (n,), one for each of the n tables that are touched, in their order.
    z: (2, M) normals.
    """
    where = np.flatnonzero(tables)
    added, moved = np.zeros((2, tables.size), dtype=np.int32)
    abstainers = np.maximum(chain.registered[where] - chain.machine.ballots[where], 0)
    added[where] = binomial_quantile(abstainers, added_share, z[0, where])
    moved[where] = binomial_quantile(others_of(chain.machine, row)[where], moved_share, z[1, where])
    machine = moved_to(chain.machine, row, tables, moved, added)
    return machine, int(added.sum(dtype=np.int64)), int(moved.sum(dtype=np.int64))


def in_states(known: ManipulatorView, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which tables lie in the named states, (M,) bool; all when none is named.

    Raises:
        ValueError: a name is no state of the register.
    """
    unknown = [name for name in names if name not in known.states]
    if unknown:
        raise ValueError(f"unknown state {unknown[0]!r}; states: {', '.join(known.states)}")
    if not names:
        return np.ones(known.registered.size, dtype=np.bool_)
    return np.isin(known.state, [known.states.index(name) for name in names])
