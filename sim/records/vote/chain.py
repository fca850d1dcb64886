"""The chain: the state that passes from the register to the announced result, stage by stage; and
what manipulators know.

Not evidence and not truth: the chain is the machinery between them. Manipulations take one chain
and return another; the evidence record is read off it (models/evidence.py), the votes as cast stay
in `Truth`. M tables, K candidates. An array of size 0 belongs to a stage that has not been reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.claim import Bulletin
from sim.records.vote.count import Count
from sim.records.vote.polling_hours import PollingHours

STAGES = (
    "register",
    "day",
    "machine",
    "presence",
    "sheet",
    "copy",
    "collection",
    "transmission",
    "tabulation",
    "announcement",
)
"""Places of the chain at which a manipulation may act, in their order."""


def no_count() -> Count:
    """Return the count of a stage that has not been reached."""
    return Count(np.zeros((0, 0), dtype=np.int32), np.zeros(0, dtype=np.int32))


def _no_flags() -> NDArray[np.bool_]:
    return np.zeros(0, dtype=np.bool_)


def _no_times() -> NDArray[np.float32]:
    return np.zeros(0, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """State of all tables. Minutes count from the legal opening of the polls; inf means never.

    register: registered (M,) int32. day: service_factor (M,) float32, multiplies the service time;
    extra_opening_minutes (M,) float32. machine: votes as the machines record them. presence:
    witness_present (M,) bool (the collecting party's); observer_present (M,) bool (quick count's,
    inside). sheet: `sheet`, the numbers that the authority receives; `shown`, the numbers that a
    copy handed out at the table shows. copy: printed_minute (M,) float32; copy_obtained (M,) bool.
    collection: copies, the numbers on the collecting party's copies; copy_held (M,) bool, obtained,
    not lost, not withheld;
        copy_lost (M,) bool; scanned_minute (M,) float32.
    transmission: transmitted_minute (M,) float32. tabulation: tabulated (K, M + P): rows as
    tabulated once received, then P rows that no table stands behind;
        phantom_registered (P,) int32.
    announcement: bulletins, oldest first.
    hours: when the polls are open, the same from the first stage to the last.
    """

    registered: NDArray[np.int32]
    service_factor: NDArray[np.float32]
    extra_opening_minutes: NDArray[np.float32]
    closing_minute: NDArray[np.float32] = field(default_factory=_no_times)
    machine: Count = field(default_factory=no_count)
    witness_present: NDArray[np.bool_] = field(default_factory=_no_flags)
    observer_present: NDArray[np.bool_] = field(default_factory=_no_flags)
    sheet: Count = field(default_factory=no_count)
    shown: Count = field(default_factory=no_count)
    printed_minute: NDArray[np.float32] = field(default_factory=_no_times)
    copy_obtained: NDArray[np.bool_] = field(default_factory=_no_flags)
    copies: Count = field(default_factory=no_count)
    copy_lost: NDArray[np.bool_] = field(default_factory=_no_flags)
    copy_held: NDArray[np.bool_] = field(default_factory=_no_flags)
    scanned_minute: NDArray[np.float32] = field(default_factory=_no_times)
    transmitted_minute: NDArray[np.float32] = field(default_factory=_no_times)
    tabulated: Count = field(default_factory=no_count)
    phantom_registered: NDArray[np.int32] = field(
        default_factory=lambda: np.zeros(0, dtype=np.int32)
    )
    bulletins: tuple[Bulletin, ...] = ()
    hours: PollingHours = field(default_factory=PollingHours)

    @property
    def tables(self) -> int:
        """Return the number of tables of the register."""
        return int(self.registered.size)


@dataclass(frozen=True, slots=True, eq=False)
class ManipulatorView:
    """What a manipulator can know; never the votes of this election.

    candidates: keys in ballot order; incumbent, challenger: rows. registered (M,) int32; support
    (M,) float32: logit of the incumbent's past two-party share as the manipulator believes it;
    state (M,) int16, index into `states`; zone (M,) int16; witnesses, observers (M,) bool: who is
    expected inside.
    """

    candidates: tuple[str, ...]
    incumbent: int
    challenger: int
    states: tuple[str, ...]
    registered: NDArray[np.int32]
    support: NDArray[np.float32]
    state: NDArray[np.int16]
    zone: NDArray[np.int16]
    witnesses: NDArray[np.bool_]
    observers: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Manipulated:
    """Truth side: what one manipulation did. touched (M,) bool; phantom_tables: rows that it
    appended.

    votes_added: ballots that no voter cast. votes_moved: votes credited to another candidate than
    on the stage before. causes: categories of incidents that whoever was inside may report. Closed
    to estimators and actors.
    """

    key: str
    beneficiary: str
    touched: NDArray[np.bool_]
    votes_added: int = 0
    votes_moved: int = 0
    phantom_tables: int = 0
    causes: tuple[str, ...] = ()

    @property
    def tables(self) -> int:
        """Return the number of tables touched, appended ones included."""
        return int(np.count_nonzero(self.touched)) + self.phantom_tables


def open_chain(registered: NDArray[np.int32], hours: PollingHours | None = None) -> Chain:
    """Return the chain before the polling day: nothing slowed, nothing delayed."""
    ones = np.ones(registered.size, dtype=np.float32)
    return Chain(registered, ones, np.zeros_like(ones), hours=hours or PollingHours())
