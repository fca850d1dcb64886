"""Evidence: what can be seen. The same record serves a simulated replicate and a user's file of
tally sheets.

Nothing here is the truth: a copy shows what the sheet showed (or what its forger wrote), the claim
is as announced, and the frame is what was public before the election. An absent part is None, never
zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import Derives


@dataclass(frozen=True, slots=True, eq=False)
class Frame(Derives):
    """The public list of polling tables. M tables.

    registered: (M,) int64, 0 where unknown. centre, region: (M,) int32, group numbers (0-based, in
    order of first appearance). stratum: (M,) int32, sampling stratum, or None. past_share: (M,)
    float64, incumbent's two-party share in an earlier election (NaN where unknown), or None.
    past_turnout: (M,) float64 (NaN where unknown), or None.
    """

    registered: NDArray[np.int64]
    centre: NDArray[np.int32]
    region: NDArray[np.int32]
    stratum: NDArray[np.int32] | None = None
    past_share: NDArray[np.float64] | None = None
    past_turnout: NDArray[np.float64] | None = None
    table_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sheets(Derives):
    """Votes read from sheets or from rows. n sheets, K candidates.

    table: (n,) int32, row of the frame. votes: (K, n) int64. invalid: (n,) int64 (-1 where not
    recorded). hours: (n,) float64, hours after closing at which the sheet was in hand, or None.
    registered: (n,) int64, register as printed on the sheet (0 where not), or None.
    """

    table: NDArray[np.int32]
    votes: NDArray[np.int64]
    invalid: NDArray[np.int64]
    hours: NDArray[np.float64] | None = None
    registered: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class QuickCount(Derives):
    """A drawn sample and what came back. n sampled tables.

    table: (n,) int32 frame rows. stratum: (n,) int32. reported: (n,) bool. votes: (K, n) int64 (0
    where not reported). invalid: (n,) int64. hours: (n,) float64 after closing (inf: never).
    stratum_tables: (H,) int64, tables of the frame in each stratum (N_h). stratum_weight: (H,)
    float64, size by which a published design expands each stratum in place of N_h (its registered
    voters, say), or None. registered: (n,) int64, register of the sampled tables in the unit of
    stratum_weight, or None. tables_known: whether stratum_tables counts every table of the country;
    where it counts only those of a file, strata have their weight from it but no finite-population
    factor. stratum_names: (H,) as the user's file names them, or None. stratum_past: (H,) float64,
    mean past share of each stratum (NaN where unknown), or None: then the frame's.
    """

    table: NDArray[np.int32]
    stratum: NDArray[np.int32]
    reported: NDArray[np.bool_]
    votes: NDArray[np.int64]
    invalid: NDArray[np.int64]
    hours: NDArray[np.float64]
    stratum_tables: NDArray[np.int64]
    stratum_weight: NDArray[np.float64] | None = None
    registered: NDArray[np.int64] | None = None
    tables_known: bool = True
    stratum_names: tuple[str, ...] | None = None
    stratum_past: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Announced:
    """Announced totals, and table rows if any are out.

    totals: (K,) int64, or None when nothing is announced. share_counted: 0 to 1 (None: not stated).
    registered: voters on the register, all tables. tables: polling tables in all, counted or not
    (None: not stated).
    """

    totals: NDArray[np.int64] | None
    invalid: int | None = None
    share_counted: float | None = None
    registered: int | None = None
    rows: Sheets | None = None
    tables: int | None = None


SOURCES = ("observer", "witness", "citizen")
CITIZEN = 2


@dataclass(frozen=True, slots=True, eq=False)
class Incidents(Derives):
    """Incident reports. categories: names of VoteMonitor's list; rows are (category, table, minute,
    source) columns.

    source: (n,) int8, position in `SOURCES`. observed_tables: tables from which an observer or a
    witness could report.
    """

    categories: tuple[str, ...]
    category: NDArray[np.int16]
    table: NDArray[np.int32]
    minute: NDArray[np.float64]
    source: NDArray[np.int8]
    observed_tables: int


@dataclass(frozen=True, slots=True, eq=False)
class BoxCheck:
    """Machine-box checks: table (n,) int32 frame rows, mismatch (n,) bool."""

    table: NDArray[np.int32]
    mismatch: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence(Derives):
    """All that an estimator may read.

    candidates in ballot order; incumbent and challenger are rows or None.
    target: row of the candidate whose votes the tests of rows look at; None: the announced winner,
    else the largest.
    """

    candidates: tuple[str, ...]
    frame: Frame | None
    sheets: Sheets | None
    quick_count: QuickCount | None
    announced: Announced | None
    incidents: Incidents | None = None
    boxes: BoxCheck | None = None
    as_of_hours: float = float("inf")
    incumbent: int | None = None
    challenger: int | None = None
    target: int | None = None
