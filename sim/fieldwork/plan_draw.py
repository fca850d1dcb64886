"""The public draw of a planned quick count: which tables, and which replace them, from a text that
anybody can check.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.quick_count_plan import QuickCountPlan
from sim.files.draw_file import REPLACEMENT, SAMPLE


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One line of the list. role: "sample" or "replacement"; order: in stratum and role, from 1.

    region: "" where unknown. registered: 0 where unknown. share: earlier share, NaN where unknown.
    stratum_tables: all tables of the stratum, drawn or not.
    """

    stratum: int
    label: str
    role: str
    order: int
    table: str
    region: str = ""
    registered: int = 0
    share: float = math.nan
    stratum_tables: int = 0


def lot(seed: str, code: str) -> int:
    """Return a table's number in the draw: BLAKE2b of the public seed and its code. Nobody's list
    order can change it.
    """
    return int.from_bytes(blake2b(f"{seed}\n{code}".encode(), digest_size=16).digest())


def draw(plan: QuickCountPlan, seed: str) -> list[DrawnTable]:
    """Return the sample, and ordered replacements per stratum, from a public seed.

    In each stratum the tables with the smallest numbers are the sample and the next ones replace,
    in this order, a table whose observer is lost before the day. A table that does not report on
    the day is a missing report: replacing it then would pick the easy tables.
    """
    if len(set(plan.codes)) != len(plan.codes):
        raise InputError(Problem("two tables of the list bear the same code"))
    out: list[DrawnTable] = []
    for h, row in enumerate(plan.strata):
        rows = np.flatnonzero(plan.stratum == h).tolist()
        rows.sort(key=lambda i: (lot(seed, plan.codes[i]), plan.codes[i]))
        spare = min(max(1, math.ceil(row.drawn * plan.nonresponse)), row.tables - row.drawn)
        parts = ((SAMPLE, rows[: row.drawn]), (REPLACEMENT, rows[row.drawn : row.drawn + spare]))
        out += [
            DrawnTable(
                h + 1,
                row.label,
                role,
                order,
                plan.codes[i],
                "" if plan.region is None else plan.region[i],
                int(plan.registered[i]),
                float(plan.share[i]),
                row.tables,
            )
            for role, chosen in parts
            for order, i in enumerate(chosen, 1)
        ]
    return out


def drawn_rows(tables: Sequence[DrawnTable]) -> list[tuple[object, ...]]:
    """Return the list as rows, in the order of the columns of a list of drawn tables."""
    return [
        (
            t.stratum,
            t.label,
            t.role,
            t.order,
            t.table,
            t.region,
            t.registered or None,
            None if math.isnan(t.share) else round(t.share, 6),
            t.stratum_tables,
        )
        for t in tables
    ]
