"""Rows of results as the forensic tests read them: leader, second and the rest, in an order that no
label decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.records.evidence import Evidence, Sheets

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Groups = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """n tables with at least one valid vote. leader and second: the two candidates with most votes
    on these rows.

    lead, second, valid, ballots: (n,) int64; ballots = valid + invalid where recorded. registered:
    (n,) int64, 0 unknown. centre, region: (n,) group numbers 0, 1, ... past_share, past_turnout:
    (n,) float64, NaN where unknown. lead_row, second_row: rows of the ballot. announced: whether
    these are announced rows (else copies).
    """

    lead: Counts
    second: Counts
    valid: Counts
    ballots: Counts
    registered: Counts
    centre: Groups
    region: Groups
    past_share: Floats
    past_turnout: Floats
    lead_row: int
    second_row: int
    announced: bool

    def taken(self, keep: NDArray[np.bool_]) -> Rows:
        """Return the rows to keep, groups numbered afresh."""
        cut = {name: getattr(self, name)[keep] for name in ARRAYS}
        return replace(
            self, **{**cut, "centre": numbered(cut["centre"]), "region": numbered(cut["region"])}
        )

    @property
    def turnout_known(self) -> NDArray[np.bool_]:
        """Return (n,) whether register and ballots make sense as a turnout."""
        return np.asarray((self.registered > 0) & (self.ballots <= self.registered))


ARRAYS = (
    "lead",
    "second",
    "valid",
    "ballots",
    "registered",
    "centre",
    "region",
    "past_share",
    "past_turnout",
)


def numbered(groups: NDArray[np.integer]) -> Groups:
    """Return group numbers 0, 1, ... without gaps."""
    return np.asarray(np.unique(groups, return_inverse=True)[1], dtype=np.int64)


@lru_cache(maxsize=2)
def rows_of(evidence: Evidence) -> Rows | None:
    """Return announced rows where they are out, else the copies in hand, else None.

    Tables come in order of their numbers of votes and candidates in order of their totals, so that
    neither the order of a file nor that of the ballot moves a random number. Nine tests read the
    same rows: they are put together once.
    """
    announced = evidence.announced.rows if evidence.announced is not None else None
    sheets = announced if announced is not None else evidence.sheets
    if sheets is None or not sheets.votes.any() or len(sheets.votes) < 2:
        return None
    order = np.argsort(-sheets.votes.sum(axis=1), kind="stable")
    raw = _columns(evidence, sheets, int(order[0]), int(order[1]))
    use = raw["valid"] > 0
    keys = [
        raw[name][use]
        for name in (
            "registered",
            "region",
            "centre",
            "past_turnout",
            "past_share",
            "ballots",
            "second",
            "valid",
            "lead",
        )
    ]
    place = np.flatnonzero(use)[np.lexsort(keys)]
    columns = {name: raw[name][place] for name in ARRAYS}
    columns |= {"centre": numbered(columns["centre"]), "region": numbered(columns["region"])}
    return Rows(
        **columns, lead_row=int(order[0]), second_row=int(order[1]), announced=announced is not None
    )


def _columns(evidence: Evidence, sheets: Sheets, lead: int, second: int) -> dict[str, NDArray[Any]]:
    n, frame, table = len(sheets.table), evidence.frame, sheets.table
    valid = sheets.votes.sum(axis=0).astype(np.int64)
    printed = (
        np.zeros(n, dtype=np.int64)
        if sheets.registered is None
        else sheets.registered.astype(np.int64)
    )
    listed = (
        np.zeros(n, dtype=np.int64) if frame is None else frame.registered[table].astype(np.int64)
    )
    unknown = np.full(n, np.nan)
    past = None if frame is None else frame.past_share
    past_turnout = None if frame is None else frame.past_turnout
    return {
        "lead": sheets.votes[lead].astype(np.int64),
        "second": sheets.votes[second].astype(np.int64),
        "valid": valid,
        "ballots": valid + np.maximum(sheets.invalid, 0).astype(np.int64),
        "registered": np.where(printed > 0, printed, listed),
        "centre": table.astype(np.int64) if frame is None else frame.centre[table].astype(np.int64),
        "region": np.zeros(n, dtype=np.int64)
        if frame is None
        else frame.region[table].astype(np.int64),
        "past_share": unknown if past is None else past[table].astype(np.float64),
        "past_turnout": unknown if past_turnout is None else past_turnout[table].astype(np.float64),
    }


def group_means(values: Floats, groups: Groups) -> Floats:
    """Return (n,) the mean of each row's group."""
    size = np.bincount(groups)
    return np.asarray((np.bincount(groups, values) / np.maximum(size, 1))[groups])


def pooled_shares(part: Counts, whole: Counts, centre: Groups) -> Floats:
    """Return (n,) the share of each row's centre, all its tables together."""
    return np.asarray(
        (np.bincount(centre, part) / np.maximum(np.bincount(centre, whole), 1))[centre]
    )
