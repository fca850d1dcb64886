"""A user's tally sheets, list of tables and announced totals, joined to evidence by the tables'
codes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.fieldwork.assess_request import Request, sample_flags, unused_options
from sim.fieldwork.drawn_sample import (
    Strata,
    numbered,
    sample_from_flags,
    sample_from_list,
    strata_of,
)
from sim.files.announced_file import AnnouncedTotals
from sim.files.counting.reasons import sentence
from sim.files.draw_file import DrawnList
from sim.files.roles.words import fold
from sim.records.seen.evidence import Announced, Evidence, Frame, QuickCount, Sheets
from sim.records.vote.tally import SetAside, Tally

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


def build_evidence(
    request: Request,
    tally: Tally,
    frame: Tally | None,
    claim: AnnouncedTotals | None,
    listed: DrawnList | None = None,
    announced_rows: Tally | None = None,
) -> tuple[Evidence, list[SetAside], list[str]]:
    """Return (evidence, rows that do not count, notes).

    Args:
        frame: the list of all tables, None where none was given.
        listed: the list of drawn tables of a plan, None where none was given.
        announced_rows: the rows of the claim, None where none are out.

    Raises:
        InputError: no table of the file is in the list, a candidate is unknown, a stratum is empty.
    """
    listing = tally if frame is None else frame
    codes = listing.codes if listed is None else listed.codes
    place = {code: row for row, code in enumerate(codes)}
    rows = np.array([place.get(code, -1) for code in tally.codes], dtype=np.int64)
    aside = strangers(request, tally, frame, listed, rows)
    names, votes = tuple(shown for shown, _ in tally.columns.candidates), tally.votes
    if claim is not None:
        names = claim.names
        votes = np.stack([tally.votes[list(m)].sum(axis=0) for m in claim.members])
    strata = None
    if listed is None and (request.sample is not None or frame is not None):
        strata = strata_of(listing, None if claim is None else claim.tables, frame is not None)
    count, flags, notes = drawn_part(request, tally, rows, votes, strata, listed)
    announced, more = (None, []) if claim is None else announced_of(claim, place, announced_rows)
    evidence = Evidence(
        candidates=names,
        frame=public_list(listing, tally, rows, strata),
        sheets=sheets_of(tally, rows, votes, held(tally, rows, flags, count)),
        quick_count=count,
        announced=announced,
        incumbent=row_of(request.incumbent, names),
        challenger=another_row(request, names),
        target=row_of(request.target, names),
    )
    return evidence, aside, [*notes, *more]


def drawn_part(
    request: Request,
    tally: Tally,
    rows: Rows,
    votes: Rows,
    strata: Strata | None,
    listed: DrawnList | None,
) -> tuple[QuickCount | None, Flags, list[str]]:
    """Return (the sample or None, which rows of the file (n,) belong to it, notes)."""
    if listed is not None:
        count, notes = sample_from_list(tally, listed, rows, votes)
        return count, rows >= 0, notes
    if strata is None or request.sample is None:
        return None, np.zeros(len(rows), dtype=np.bool_), unused_options(request)
    flags = sample_flags(request, tally)
    count, notes = sample_from_flags(tally, flags, rows, votes, strata)
    return count, flags, notes


def strangers(
    request: Request, tally: Tally, frame: Tally | None, listed: DrawnList | None, rows: Rows
) -> list[SetAside]:
    """Return the rows whose table is not in the list, and rows of the list itself set aside."""
    what = "not_in_frame"
    if listed is not None:
        what = "the table is not in the list of drawn tables"
    out = [SetAside(0, tally.codes[i], what) for i in np.flatnonzero(rows < 0)]
    if out and len(out) == len(rows):
        raise InputError(
            Problem(
                f"no table of {tally.file} is in the list of tables: the codes differ",
                file=str(request.frame),
                hint=f"the file has {tally.codes[0][:40]!r}; name the columns of the code in a "
                "mapping file",
            )
        )
    if frame is not None:
        out += [
            SetAside(s.line, s.table, f"in the list of tables: {sentence(s.reason)}")
            for s in frame.set_aside
        ]
    return out


def public_list(listing: Tally, tally: Tally, rows: Rows, strata: Strata | None) -> Frame | None:
    """Return the list of all tables, or the file itself where it is known to be whole."""
    if strata is None or (listing is tally and not complete(strata, tally)):
        return None
    return frame_of(listing, tally, rows, strata)


def complete(strata: Strata, tally: Tally) -> bool:
    """Return whether the file's own rows are all the tables there are."""
    return strata.known and int(strata.tables.sum()) == len(tally.codes)


def frame_of(listing: Tally, tally: Tally, rows: Rows, strata: Strata | None) -> Frame:
    """Return the frame; registers that only the sheets state are taken from them."""
    registered = listing.registered.copy()
    if listing is not tally and not registered.any():
        registered[rows[rows >= 0]] = tally.registered[rows >= 0]
    region = np.zeros(len(listing.codes), dtype=np.int32)
    if listing.region is not None:
        region = numbered(listing.region)[0]
    stratum = None if strata is None or listing.stratum is None else strata.of_table
    return Frame(
        registered,
        centres_of(listing),
        region,
        stratum,
        listing.past_share,
        table_ids=listing.codes,
    )


def held(tally: Tally, rows: Rows, flags: Flags, count: QuickCount | None) -> Flags:
    """Return (n,) which rows are sheets: none where the file holds the sample and nothing else."""
    known = tally.reported & (rows >= 0)
    return known if count is None or (known & ~flags).any() else np.zeros_like(known)


def centres_of(listing: Tally) -> NDArray[np.int32]:
    """Return each table's centre: the named column, or the table's code without its last part where
    it has several.
    """
    if listing.centre is not None:
        return numbered(listing.centre)[0]
    if len(listing.columns.table) > 1:
        return numbered([code.rsplit("-", 1)[0] for code in listing.codes])[0]
    return np.arange(len(listing.codes), dtype=np.int32)


def sheets_of(tally: Tally, rows: Rows, votes: Rows, keep: Flags) -> Sheets | None:
    """Return the sheets in hand, None where there are none."""
    if not keep.any():
        return None
    hours = None if tally.hours is None else tally.hours[keep]
    return Sheets(
        rows[keep].astype(np.int32),
        votes[:, keep],
        tally.invalid[keep],
        hours,
        tally.registered[keep],
    )


def announced_of(
    claim: AnnouncedTotals, place: dict[str, int], out: Tally | None
) -> tuple[Announced, list[str]]:
    """Return (the claim, notes), with announced rows where a file of them was read."""
    rows, notes = None, list[str]()
    if out is not None:
        at = np.array([place.get(code, -1) for code in out.codes], dtype=np.int64)
        lost = int((at < 0).sum())
        if lost:
            notes.append(f"announced rows of tables that the list does not have: {lost:,}")
        votes = np.stack([out.votes[list(m)].sum(axis=0) for m in claim.members])
        known = (at >= 0) & out.reported
        rows = Sheets(at[known].astype(np.int32), votes[:, known], out.invalid[known])
    announced = Announced(
        claim.totals, claim.invalid, claim.share_counted, claim.registered, rows, claim.tables
    )
    return announced, notes


def row_of(name: str | None, names: Sequence[str]) -> int | None:
    """Return a candidate's row."""
    if name is None:
        return None
    for row, known in enumerate(names):
        if fold(known) == fold(name):
            return row
    raise InputError(Problem(f"no candidate {name!r}", hint=f"candidates: {', '.join(names)}"))


def another_row(request: Request, names: Sequence[str]) -> int | None:
    """Return the challenger's row; two names of one candidate cannot be compared."""
    row = row_of(request.challenger, names)
    if row is not None and row == row_of(request.incumbent, names):
        raise InputError(Problem(f"--incumbent and --challenger both name {names[row]!r}"))
    return row
