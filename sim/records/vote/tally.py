"""A user's file of tally sheets, read: which column is what, by what evidence, the rows that count,
and the rows set aside.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Names of columns by role. table: columns that together name a polling table. ballots: columns
    that add up to ballots cast.

    candidates: (shown name, columns, joined with " + " where several are added). None or () where
    the file has none. checked: the share of rows in which the candidates add up to
    `checked_against`, or None where there was nothing to check with.
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

    line: line of the file from 1 (0: of no line). reason: a code of `sim.files.reasons`.
    """

    line: int
    table: str
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An identity that holds in `rows` of `of` rows. bits: evidence."""

    identity: str
    rows: int
    of: int
    bits: float


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The best reading with other candidates."""

    candidates: tuple[str, ...]
    identity: str
    rows: int


@dataclass(frozen=True, slots=True)
class Note:
    """A warning: its code, the tables it names, and a sentence."""

    code: str
    tables: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """One role in use.

    name: the kind or candidate that it stands for. how: word, sum, word and sum, mapping.
    """

    role: str
    name: str
    columns: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file as it was opened. preamble, header, comment, data: numbers of lines."""

    name: str
    container: str
    encoding: str
    delimiter: str | None
    sheet: str | None
    preamble: int
    header: int
    comment: int
    data: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of publication, in hours after closing. rate: sheets an hour before it. before, after:
    sheets that came in by then, and later.
    """

    began: float
    resumed: float
    rate: float
    before: int
    after: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What changed between files of one count, the last of which counts. Tables by code.

    moved: table -> (votes before, votes after). net: candidate -> votes won or lost at changed
    tables. shares: for each file, its name, sheets counted and each candidate's share of the votes
    so far. fewer: files with fewer tables than one before.
    """

    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    new: tuple[str, ...]
    moved: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict)
    net: dict[str, int] = field(default_factory=dict)
    shares: tuple[tuple[str, int, tuple[float, ...]], ...] = ()
    fewer: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the file was read. key: names of its columns; unique: share of rows that they tell apart.
    rule: of the contest.

    aside: share of the rows that name a table and are faulty. exit_code: 0, or 3 where faults or
    failed sums exceed the limit; because: why 3. taken: when the file was, by its own
    stamp. arrival: (n,) hours after closing where stamps
    were read, None where a table has none. region_tables: how many tables each region has on the
    list of all tables, () where no list says.
    """

    files: tuple[FileFacts, ...]
    shape: str
    contest: str | None
    rule: str | None
    confirmed: tuple[Confirmed, ...]
    runner_up: RunnerUp | None
    not_placed: tuple[str, ...]
    columns: tuple[ColumnRole, ...]
    key: tuple[str, ...]
    unique: float
    warnings: tuple[Note, ...]
    faults: int
    naming: int
    exit_code: int = 0
    because: tuple[str, ...] = ()
    others_missing: bool = False
    arrival: tuple[float | None, ...] | None = None
    stop: Stop | None = None
    snapshots: Snapshots | None = None
    tables: int | None = None
    taken: str | None = None
    share_of: str = "valid"
    turnout_of: str = "ballots_found"
    region_tables: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The polling tables of the file, n of them, K candidates: rows that count, and tables whose
    rows were all set aside.

    codes: (n,) the polling table's code, as text. votes: (K, n) int64. registered, invalid: (n,)
    int64, 0 and -1 where unknown. reported: (n,) bool, False where the table has no votes that
    count. region, stratum: (n,) text or None. sample: (n,) bool or None. hours: (n,) float64, inf
    where empty, or None. centre: (n,) text or None. past_share: (n,) float64, the incumbent's share
    in an earlier election, NaN where unknown, or None. counts: further counts of each table by role
    (valid, ballots_found, ballots_issued ...), (n,) int64, -1 where unknown. kinds: invalid votes
    by kind, likewise.
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
    counts: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    kinds: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    reading: Reading | None = None
