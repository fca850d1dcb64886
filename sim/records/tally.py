"""A user's file of tally sheets, read: which column is what, the rows that count, and the rows set
aside with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Columns by role. table: columns that together name a polling table. ballots: columns that add
    up to ballots cast.

    candidates: (shown name, column). None or () where the file has no such column. checked: the
    share of rows in which the candidates add up to `checked_against`, or None where there was
    nothing to check with.
    """

    table: tuple[str, ...]
    candidates: tuple[tuple[str, str], ...]
    region: str | None = None
    registered: str | None = None
    ballots: tuple[str, ...] = ()
    valid: str | None = None
    invalid: str | None = None
    stratum: str | None = None
    sample: str | None = None
    hours: str | None = None
    centre: str | None = None
    past_share: str | None = None
    checked_against: str | None = None
    checked: float | None = None
    guessed: bool = True


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row that does not count.

    line: line of the file, counting the header as 1. table: its code as written.
    """

    line: int
    table: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The polling tables of the file, n of them, K candidates: rows that count, and tables whose
    rows were all set aside.

    codes: (n,) the polling table's code, as text. votes: (K, n) int64. registered, invalid: (n,)
    int64, 0 and -1 where unknown. reported: (n,) bool, False where the table has no votes that
    count. region, stratum: (n,) text or None. sample: (n,) bool or None. hours: (n,) float64, inf
    where empty, or None. centre: (n,) text or None. past_share: (n,) float64, the incumbent's share
    in an earlier election, NaN where unknown, or None.
    """

    file: str
    encoding: str
    delimiter: str
    rows: int
    columns: ColumnMap
    codes: tuple[str, ...]
    votes: NDArray[np.int64]
    registered: NDArray[np.int64]
    invalid: NDArray[np.int64]
    reported: NDArray[np.bool_]
    region: tuple[str, ...] | None
    stratum: tuple[str, ...] | None
    sample: NDArray[np.bool_] | None
    hours: NDArray[np.float64] | None
    centre: tuple[str, ...] | None
    past_share: NDArray[np.float64] | None
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
