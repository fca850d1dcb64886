"""Rows of results as the forensic tests read them: the chosen candidate and the strongest other, in
an order that no label decides, with centres only where the groups of tables can be polling centres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.models.forensics.centres import centres_of
from sim.records.seen.evidence import Evidence, Sheets

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Groups = NDArray[np.int64]
LEAST_IN_REGION = 5  # tables of a region on average: with fewer it says nothing of its tables


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """n tables with at least one valid vote. target: the candidate looked at; other: the strongest
    other on these rows.

    target, other, valid, ballots: (n,) int64; ballots = valid + invalid where recorded. registered:
    (n,) int64, 0 unknown. centre, region: (n,) group numbers 0, 1, ... (each table its own centre
    where `no_centres` says why). past_share, past_turnout: (n,) float64, NaN where unknown.
    target_row, other_row: rows of the ballot. announced: whether these are announced rows (else
    copies). no_centres: why tests inside centres cannot run, or "".
    """

    target: Counts
    other: Counts
    valid: Counts
    ballots: Counts
    registered: Counts
    centre: Groups
    region: Groups
    past_share: Floats
    past_turnout: Floats
    target_row: int
    other_row: int
    announced: bool
    no_centres: str = ""

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
    "target",
    "other",
    "valid",
    "ballots",
    "registered",
    "centre",
    "region",
    "past_share",
    "past_turnout",
)


def numbered(groups: NDArray[np.integer]) -> Groups:
    """Return group numbers 0, 1, ... without gaps, in order of first appearance, so that no label
    moves a random number.
    """
    first, place = np.unique(groups, return_index=True, return_inverse=True)[1:]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[place], dtype=np.int64)


def rows_of(evidence: Evidence, largest_centre: int = 12) -> Rows | None:
    """Return announced rows where they are out, else the copies in hand, else None.

    largest_centre: tables that a polling centre has at most. Tables come in order of their numbers
    of votes, so that the order of a file moves no random number.
    """
    announced = evidence.announced.rows if evidence.announced is not None else None
    sheets = announced if announced is not None else evidence.sheets
    if sheets is None or not sheets.votes.any() or len(sheets.votes) < 2:
        return None
    target, other = looked_at(evidence, sheets)
    raw, why = _columns(evidence, sheets, target, other, largest_centre)
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
            "other",
            "valid",
            "target",
        )
    ]
    place = np.flatnonzero(use)[np.lexsort(keys)]
    columns = {name: raw[name][place] for name in ARRAYS}
    region = numbered(columns["region"])
    if region.max(initial=-1) + 1 > len(region) / LEAST_IN_REGION:
        region = np.zeros_like(region)  # a null with a region for each table would know its share
    columns |= {"centre": numbered(columns["centre"]), "region": region}
    return Rows(
        **columns,
        target_row=target,
        other_row=other,
        announced=announced is not None,
        no_centres=why,
    )


def looked_at(evidence: Evidence, sheets: Sheets) -> tuple[int, int]:
    """Return rows of the ballot: the candidate chosen, else the announced winner, else the largest;
    and the strongest other.
    """
    held = sheets.votes.sum(axis=1)
    said = None if evidence.announced is None else evidence.announced.totals
    totals = said if said is not None and said.any() else held
    target = evidence.target if evidence.target is not None else int(np.lexsort((held, totals))[-1])
    others = held.copy()
    others[target] = -1
    return target, int(np.argmax(others))


def _columns(
    evidence: Evidence, sheets: Sheets, target: int, other: int, largest: int
) -> tuple[dict[str, NDArray[Any]], str]:
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
    centre, why = centres_of(frame, table, largest)
    return {
        "target": sheets.votes[target].astype(np.int64),
        "other": sheets.votes[other].astype(np.int64),
        "valid": valid,
        "ballots": valid + np.maximum(sheets.invalid, 0).astype(np.int64),
        "registered": np.where(printed > 0, printed, listed),
        "centre": centre,
        "region": np.zeros(n, dtype=np.int64)
        if frame is None
        else frame.region[table].astype(np.int64),
        "past_share": unknown if past is None else past[table].astype(np.float64),
        "past_turnout": unknown if past_turnout is None else past_turnout[table].astype(np.float64),
    }, why


def group_means(values: Floats, groups: Groups) -> Floats:
    """Return (n,) the mean of each row's group."""
    size = np.bincount(groups)
    return np.asarray((np.bincount(groups, values) / np.maximum(size, 1))[groups])
