"""Comparison of the box with the machine at tables drawn by rule ("citizen verification").

1 to 4 tables of a centre: 1 is drawn; 5 to 8: 2; 9 to 11: 3; more: 4. Streams `boxes/draw` and `boxes/honest`: M uniforms.
"""

from __future__ import annotations

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


def drawn_boxes(register: Register, streams: Streams) -> NDArray[np.bool_]:
    """Return at which tables the box is opened, (M,) bool: the tables of a centre with the smallest numbers."""
    u = streams(DRAW).random(register.registered.size, dtype=np.float32)
    order = np.argsort(register.centre.astype(np.float64) + np.minimum(u, np.float32(0.999999)), kind="stable")
    tables = np.bincount(register.centre, minlength=register.centre_registered.size)
    rank = np.arange(u.size) - np.repeat(np.cumsum(tables) - tables, tables)
    drawn = np.zeros(u.size, dtype=np.bool_)
    drawn[order] = rank < quotas(register)[register.centre[order]]
    return drawn


def box_check(register: Register, cast: Count, machine: Count, p: Sheets, streams: Streams) -> BoxCheck:
    """Return the checks and what they find: any difference between the machine's record and the votes cast.

    A check that is not carried out as the rule says reports no difference.
    """
    u = streams(HONEST).random(register.registered.size, dtype=np.float32)
    table = np.flatnonzero(drawn_boxes(register, streams)).astype(np.int32)
    differs = (cast.votes[:, table] != machine.votes[:, table]).any(axis=0) | (cast.invalid[table] != machine.invalid[table])
    return BoxCheck(table, differs & (u[table] < np.float32(p.box_check_honest)))
