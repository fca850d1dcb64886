"""Comparison of the box with the machine at tables drawn by rule ("citizen verification").

1 to 4 tables of a centre: 1 is drawn; 5 to 8: 2; 9 to 11: 3; more: 4. Streams `boxes/draw` and `boxes/honest`: M uniforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.records.count import Count
from sim.records.evidence import BoxCheck
from sim.records.parameters.chain import Sheets
from sim.records.register import Register
from sim.rng import Streams

DRAW = "boxes/draw"
HONEST = "boxes/honest"
STEPS = np.array([5, 9, 12])
"""From 5, 9 and 12 tables of a centre one box more is opened."""


def quotas(register: Register) -> NDArray[np.int64]:
    """Return the number of boxes that the rule opens at each centre, (C,) int64."""
    tables = np.bincount(register.centre, minlength=register.centre_registered.size)
    return np.where(tables > 0, 1 + np.searchsorted(STEPS, tables, side="right"), 0).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One turn of the draw: rows (n,), tables of the centres that draw a box in it, centre by centre; start (c,), where a
    centre begins in `rows`; place (n,), number of each row's centre among them."""

    rows: NDArray[np.intp]
    start: NDArray[np.intp]
    place: NDArray[np.intp]


@lru_cache(maxsize=4)
def turns(register: Register) -> tuple[Turn, ...]:
    """Return a turn for each box of the largest quota; they depend on the register alone."""
    order, quota = np.argsort(register.centre, kind="stable"), quotas(register)
    out = []
    for drawn in range(int(quota.max(initial=0))):
        rows = order[quota[register.centre[order]] > drawn]
        new = np.diff(register.centre[rows], prepend=-1) != 0
        out.append(Turn(rows, np.flatnonzero(new), np.cumsum(new) - 1))
    return tuple(out)


def drawn_boxes(register: Register, streams: Streams) -> NDArray[np.bool_]:
    """Return at which tables the box is opened, (M,) bool: the tables of a centre with the smallest numbers.

    Most centres open one box, so the smallest number is taken turn by turn, which is ten times quicker than sorting all.
    """
    left = np.minimum(streams(DRAW).random(register.registered.size, dtype=np.float32), np.float32(0.999999))
    drawn = np.zeros(left.size, dtype=np.bool_)
    for turn in turns(register):
        numbers = left[turn.rows]
        least = np.flatnonzero(numbers == np.minimum.reduceat(numbers, turn.start)[turn.place])
        least = least[np.diff(turn.place[least], prepend=-1) != 0]  # of equal numbers the first
        drawn[turn.rows[least]] = True
        left[turn.rows[least]] = np.inf
    return drawn


def box_check(register: Register, cast: Count, machine: Count, p: Sheets, streams: Streams) -> BoxCheck:
    """Return the checks and what they find: any difference between the machine's record and the votes cast.

    A check that is not carried out as the rule says reports no difference.
    """
    u = streams(HONEST).random(register.registered.size, dtype=np.float32)
    table = np.flatnonzero(drawn_boxes(register, streams)).astype(np.int32)
    if machine is cast:  # nobody touched the machines' record
        return BoxCheck(table, np.zeros(table.size, dtype=np.bool_))
    differs = (np.take(cast.votes, table, axis=1) != np.take(machine.votes, table, axis=1)).any(axis=0)
    differs |= cast.invalid[table] != machine.invalid[table]
    return BoxCheck(table, differs & (u[table] < np.float32(p.box_check_honest)))
