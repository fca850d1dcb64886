"""Stratified risk: the largest combined P-value over all splits of the overstatement among the
strata.

The reported outcome is wrong only if the overstatements c_s of the strata add up to the reported
margin V or more. So for every split with sum c_s = V the audit must reject "c_s or more in every
stratum"; it combines the strata's P-values by Fisher's function and its risk is the largest value
over all splits (Ottoboni and others 2018, SUITE, for two strata; Spertus and Stark 2022 for more).
Each stratum's own P-value, combined without that search, says next to nothing about the contest.

Whole votes are searched by (max, +) convolution. Where a contest is too large for a grid of single
votes, each share is rounded down to the grid, which can only raise the P-value: the answer is then
an upper bound, made narrow by repeating the search where the largest value can lie.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from sim.models.audit.strata import Stratum

Floats = NDArray[np.float64]
POINTS = 20_000
NARROW = 1e-3
ROUNDS = 12
SECTIONS = 64


@dataclass(frozen=True, slots=True)
class Worst:
    """p: the risk. split: overstatement of each stratum, in votes, at which it is reached (None: no
    wrong outcome is possible, or every split has P = 1). exact: found among all whole votes; else p
    is an upper bound.
    """

    p: float
    split: tuple[int, ...] | None
    exact: bool


def fisher(log_p: float, strata: int) -> float:
    """Return P(chi2 with 2S degrees of freedom >= -2 sum ln p) of S independent P-values; their log
    sum is given.
    """
    return 1.0 if strata == 0 else float(chdtrc(2 * strata, -2 * min(log_p, 0.0)))


def combined(strata: Sequence[Stratum], split: Sequence[int]) -> float:
    """Return Fisher's P-value at one split of the overstatement."""
    log_p = sum(float(s.log_p(np.array([float(c)]))[0]) for s, c in zip(strata, split, strict=True))
    return fisher(log_p, sum(s.random for s in strata)) if np.isfinite(log_p) else 0.0


def worst_split(strata: Sequence[Stratum], margin: int, points: int = POINTS) -> Worst:
    """Return the largest combined P-value over all splits of `margin` votes, and where it is
    reached.
    """
    tops = [_edge(s, -math.inf) for s in strata]
    if sum(tops) < margin:
        return Worst(0.0, None, exact=True)
    floors = [min(_edge(s, 0.0), top) for s, top in zip(strata, tops, strict=True)]
    if sum(floors) >= margin:
        return Worst(1.0, None, exact=True)
    excess = margin - sum(floors)
    rooms = [min(top - floor, excess) for floor, top in zip(floors, tops, strict=True)]
    log_p, extra, exact = _search(strata, floors, rooms, excess, points)
    split = tuple(floor + more for floor, more in zip(floors, extra, strict=True))
    return Worst(fisher(log_p, sum(s.random for s in strata)), split, exact)


def _edge(stratum: Stratum, level: float) -> int:
    """Return the largest c whose log P is at least `level` (above it, for -inf)."""
    return _last(stratum, stratum.least, stratum.most, level)


def _last(stratum: Stratum, low: int, high: int, level: float) -> int:
    """Return the largest c in low..high whose log P is at least `level`; low, if none is. Log P
    never rises with c, so each step keeps one of SECTIONS parts.
    """
    while low < high:
        c = np.unique(np.linspace(low + 1, high, min(SECTIONS, high - low)).astype(np.int64))
        log_p = stratum.log_p(c.astype(np.float64))
        good = int((log_p > level if math.isinf(level) else log_p >= level).sum())
        low, high = (
            (int(c[good - 1]) if good else low),
            (int(c[good]) - 1 if good < len(c) else high),
        )
    return low


def _search(
    strata: Sequence[Stratum], floors: list[int], rooms: list[int], excess: int, points: int
) -> tuple[float, list[int], bool]:
    """Return (largest sum of log P, votes above each floor, exact) over all whole shares of
    `excess` within the rooms.
    """
    upper, best, extra = 0.0, -math.inf, [0] * len(strata)
    for _ in range(ROUNDS):
        step = max(1, -(-max(rooms) // points))
        bound, shares = _grid(strata, floors, rooms, excess, step)
        upper, filled = min(upper, bound), _fill(shares, rooms, excess)
        value = _at(strata, floors, filled)
        if value > best:
            best, extra = value, filled
        if step == 1 or upper - best < NARROW:
            return (best if step == 1 else upper), extra, step == 1
        narrower = [
            min(room, _last(s, floor, floor + room, best) - floor)
            for s, floor, room in zip(strata, floors, rooms, strict=True)
        ]
        if narrower == rooms:
            break
        rooms = narrower
    return upper, extra, False


def _grid(
    strata: Sequence[Stratum], floors: list[int], rooms: list[int], excess: int, step: int
) -> tuple[float, list[int]]:
    """Return an upper bound of the sum of log P, exact for step 1, and the shares (multiples of the
    step) that reach it.
    """
    goal = max(-(-(excess - len(strata) * (step - 1)) // step), 0)
    total, choices = np.zeros(1), []
    for stratum, floor, room in zip(strata, floors, rooms, strict=True):
        g = stratum.log_p(floor + step * np.arange(min(room // step, goal) + 1, dtype=np.float64))
        total, choice = _max_plus(total, g, goal)
        choices.append(choice)
    at = min(goal, len(total) - 1)
    bound, shares = float(total[at]), []
    for choice in reversed(choices):
        shares.append(int(choice[at]))
        at -= shares[-1]
    return bound, [step * k for k in reversed(shares)]


def _max_plus(a: Floats, b: Floats, goal: int) -> tuple[Floats, NDArray[np.int64]]:
    """Return max over i + k = n of a_i + b_k for n up to `goal`, and the k that reaches it."""
    size = min(len(a) + len(b) - 1, goal + 1)
    best, choice = np.full(size, -np.inf), np.zeros(size, dtype=np.int64)
    for k, value in enumerate(b):
        if k >= size:
            break
        part = a[: size - k] + value
        here = best[k : k + len(part)]
        better = part >= here
        choice[k : k + len(part)][better] = k
        np.maximum(here, part, out=here)
    return best, choice


def _fill(shares: list[int], rooms: list[int], excess: int) -> list[int]:
    """Return the shares with what rounding left over put where there is room: they then add up to
    `excess`.
    """
    filled, left = list(shares), excess - sum(shares)
    for s, room in enumerate(rooms):
        more = min(max(room - filled[s], 0), left) if left > 0 else max(left, -filled[s])
        filled[s] += more
        left -= more
    return filled


def _at(strata: Sequence[Stratum], floors: list[int], extra: list[int]) -> float:
    return sum(
        float(s.log_p(np.array([float(f + e)]))[0])
        for s, f, e in zip(strata, floors, extra, strict=True)
    )
