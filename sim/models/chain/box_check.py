"""Comparison of the box with the machine at tables drawn by rule ("citizen verification").

1 to 4 tables of a centre: 1 is drawn; 5 to 8: 2; 9 to 11: 3; more: 4. Streams `boxes/draw` and
`boxes/honest`: M uniforms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.fast.words import below, words
from sim.records.parameters.vote.chain import Sheets
from sim.records.seen.evidence import BoxCheck
from sim.records.vote.count import Count
from sim.records.vote.register import Register
from sim.rng import Streams

DRAW = "boxes/draw"
HONEST = "boxes/honest"
STEPS = np.array([5, 9, 12])
"""From 5, 9 and 12 tables of a centre one box more is opened."""
OPENED = np.uint32(2**32 - 1)
"""Above the number of every table whose box is not open yet."""


def no_boxes() -> BoxCheck:
    """Return the check of a count by hand: there is nothing to compare a box with."""
    return BoxCheck(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_))


def quotas(register: Register) -> NDArray[np.int64]:
    """Return the number of boxes that the rule opens at each centre, (C,) int64."""
    tables = np.bincount(register.centre, minlength=register.centre_registered.size)
    return np.where(tables > 0, 1 + np.searchsorted(STEPS, tables, side="right"), 0).astype(
        np.int64
    )


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One turn of the draw: rows of the first, the second, ... table of each centre that draws a
    box in it, the centres with most tables first, so that those with another table are always the
    first ones.
    """

    columns: tuple[NDArray[np.intp], ...]


@derived
def turns(register: Register) -> tuple[Turn, ...]:
    """Return a turn for each box of the largest quota; they depend on the register alone."""
    order, quota = np.argsort(register.centre, kind="stable"), quotas(register)
    tables = np.bincount(register.centre, minlength=quota.size)
    first, largest = np.cumsum(tables) - tables, np.argsort(-tables, kind="stable")
    out = []
    for drawn in range(int(quota.max(initial=0))):
        centres = largest[quota[largest] > drawn]
        most = int(tables[centres].max())
        out.append(
            Turn(
                tuple(
                    order[first[here] + j]
                    for j in range(most)
                    for here in (centres[tables[centres] > j],)
                )
            )
        )
    return tuple(out)


def _smallest(numbers: NDArray[np.uint32], turn: Turn) -> NDArray[np.intp]:
    """Return the row with the smallest number of each centre, of equal numbers the first."""
    where = turn.columns[0].copy()
    least = numbers.take(where)
    for rows in turn.columns[1:]:
        further = numbers.take(rows)
        smaller = np.flatnonzero(further < least[: rows.size])
        least[smaller], where[smaller] = further[smaller], rows[smaller]
    return where


def drawn_boxes(register: Register, streams: Streams) -> NDArray[np.bool_]:
    """Return at which tables the box is opened, (M,) bool: the tables of a centre with the smallest
    numbers.

    Most centres open one box, so the smallest number is taken turn by turn, which is ten times
    quicker than sorting all.
    """
    left = words(streams(DRAW), register.registered.size) >> np.uint32(8)
    drawn = np.zeros(left.size, dtype=np.bool_)
    for turn in turns(register):
        rows = _smallest(left, turn)
        drawn[rows] = True
        left[rows] = OPENED
    return drawn


def box_check(
    register: Register, cast: Count, machine: Count, p: Sheets, streams: Streams
) -> BoxCheck:
    """Return the checks and what they find: any difference between the machine's record and the
    votes cast.

    A check that is not carried out as the rule says reports no difference.
    """
    word = words(streams(HONEST), register.registered.size)
    table = np.flatnonzero(drawn_boxes(register, streams)).astype(np.int32)
    if machine is cast:  # nobody touched the machines' record
        return BoxCheck(table, np.zeros(table.size, dtype=np.bool_))
    differs = (np.take(cast.votes, table, axis=1) != np.take(machine.votes, table, axis=1)).any(
        axis=0
    )
    differs |= cast.invalid[table] != machine.invalid[table]
    return BoxCheck(table, differs & below(word[table], p.box_check_honest))
