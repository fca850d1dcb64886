"""A file made ready to be judged row by row: cells by role, whatever shape they came in."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.files.counting.cells import Cells, Floats
from sim.files.counting.rows import Outside, RowRules
from sim.files.roles.plan import Plan
from sim.records.tally import ColumnRole, SetAside


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """N rows, one for each table or each time that it was sent.

    row_of: (M,) for each line of the file the row that it belongs to; lines: (M,) its number.
    before: lines set aside already. texts, numbers: further columns by role (stratum, sample;
    hours, past_share, arrival). columns: roles to show.
    """

    cells: Cells
    outside: Outside
    rules: RowRules
    plan: Plan
    shape: str
    row_of: NDArray[np.int64]
    lines: NDArray[np.int64]
    names: dict[str, tuple[str, ...]]
    columns: tuple[ColumnRole, ...]
    before: tuple[SetAside, ...] = ()
    texts: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, Floats] = field(default_factory=dict)
    short: int = 0
    kept_out: int = 0
