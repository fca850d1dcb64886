"""The whole-number columns of a table, ready for sums: numbers, what words propose of each, and
which rows may speak.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.files.opening.columns import Columns, header_rows, total_words
from sim.files.opening.header import Table
from sim.files.opening.numbers import EMPTY, OK
from sim.files.roles.words import COUNTED, RARELY, role_of, says

SPREAD = 3000
LEVELS = ("table", "centre", "region", "code")


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """block: (n, w) int64, 0 where there is no sound number. spoilt: (n, w) cells that hold
    something else.

    role: what each column's word proposes. rows: (n,) rows that are neither headers nor totals.
    some: rows for hypotheses.
    """

    table: Table
    columns: Columns
    block: NDArray[np.int64]
    spoilt: NDArray[np.bool_]
    role: dict[int, str | None]
    rows: NDArray[np.bool_]
    some: NDArray[np.int64]

    def of(self, *roles: str) -> list[int]:
        """Return the whole-number columns whose word proposes one of these roles."""
        return [k for k in self.columns.whole if self.role[k] in roles]

    def free(self) -> list[int]:
        """Return the whole-number columns without a word for a count: those that may be
        candidates.
        """
        return [k for k in self.columns.whole if self.role[k] not in COUNTED]

    def near(self) -> list[int]:
        """Return free columns that no word makes unlikely: their runs are tried first."""
        return [k for k in self.free() if self.role[k] not in RARELY and not self.is_code(k)]

    def is_code(self, k: int) -> bool:
        """Return whether a column's word says that it names something."""
        return any(says(self.table.names[k], "levels", level) for level in LEVELS) and not says(
            self.table.names[k], "levels", "votes"
        )

    def total(self, chosen: tuple[int, ...] | list[int]) -> NDArray[np.int64]:
        """Return (n,) the sum of columns."""
        out: NDArray[np.int64] = self.block[:, list(chosen)].sum(axis=1)
        return out

    def counts(
        self, target: NDArray[np.int64], chosen: tuple[int, ...] | list[int] = ()
    ) -> NDArray[np.bool_]:
        """Return (n,) rows with a target above 0 and no spoilt cell among these columns."""
        out: NDArray[np.bool_] = self.rows & (target > 0)
        return out & ~self.spoilt[:, list(chosen)].any(axis=1) if len(chosen) else out


def make_scene(table: Table, columns: Columns) -> Scene:
    """Return the scene of a table."""
    n, width = table.frame.height, table.frame.width
    block = np.zeros((n, width), dtype=np.int64, order="F")  # columns are read one by one
    spoilt = np.zeros((n, width), dtype=np.bool_, order="F")
    for k in columns.whole:
        kind = columns.numbers[k].kind
        block[:, k] = np.where(kind == OK, np.nan_to_num(columns.numbers[k].values), 0).astype(
            np.int64
        )
        spoilt[:, k] = (kind != OK) & (kind != EMPTY)
    role = {k: role_of(table.names[k]) for k in range(width)}
    naming = tuple(k for k in range(width) if role[k] not in COUNTED)
    rows = ~header_rows(table) & ~total_words(table, columns, naming)
    speaking = np.flatnonzero(rows)
    some = speaking[:: max(len(speaking) // SPREAD, 1)]
    return Scene(table, columns, block, spoilt, role, rows, some)
