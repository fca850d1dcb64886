"""The quick count's sample in a user's files: which tables were drawn, and what is known of their
strata. Nothing is taken for known that no file says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.draw_file import DrawnList
from sim.models.quick_count.sample_design import mean_by_stratum
from sim.records.seen.evidence import QuickCount
from sim.records.vote.tally import Tally

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Strata of a listing of M tables. of_table: (M,) int32. tables: (H,) int64. names: (H,).

    known: whether `tables` counts every table of the country. past: (H,) mean earlier share, NaN
    where unknown, or None.
    """

    of_table: NDArray[np.int32]
    tables: NDArray[np.int64]
    names: tuple[str, ...]
    known: bool
    past: NDArray[np.float64] | None = None


def numbered(labels: Sequence[str]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return (group numbers, 0-based in order of the labels, and the labels); whole numbers are
    ordered as numbers.
    """

    def key(label: str) -> tuple[int, int, str]:
        whole = len(label) <= 18 and label.isascii() and label.isdigit()
        return (0, int(label), label) if whole else (1, 0, label)

    names = tuple(sorted(set(labels), key=key))
    number = {label: i for i, label in enumerate(names)}
    return np.array([number[label] for label in labels], dtype=np.int32), names


def strata_of(listing: Tally, stated: int | None, complete: bool) -> Strata:
    """Return the strata of a list of tables.

    Args:
        stated: polling tables in all, as the announcement states them; None where it does not.
        complete: the user gave the list as that of all tables.

    Raises:
        InputError: tables without a stratum where the list has a column of strata.
    """
    n = len(listing.codes)
    if listing.stratum is None:
        known = complete or (stated is not None and stated >= n)
        whole = n if complete or stated is None or stated < n else stated
        return Strata(np.zeros(n, dtype=np.int32), np.array([whole]), ("all",), known)
    bare = [code for code, label in zip(listing.codes, listing.stratum, strict=True) if not label]
    if bare:
        more = " ..." if len(bare) > NAMED else ""
        message = f"tables without a stratum: {len(bare):,} ({', '.join(bare[:NAMED])}{more})"
        hint = f"fill column {listing.columns.stratum!r} in every row"
        raise InputError(Problem(message, file=listing.file, hint=hint))
    of_table, names = numbered(listing.stratum)
    tables = np.bincount(of_table).astype(np.int64)
    known = complete or stated == n
    past = listing.past_share
    if past is not None:
        past = mean_by_stratum(past, of_table, len(names))
    return Strata(of_table, tables, names, known, past)


def sample_from_flags(
    tally: Tally, flags: Flags, rows: Rows, votes: Rows, strata: Strata
) -> tuple[QuickCount, list[str]]:
    """Return (sample, notes) of the flagged rows.

    rows: (n,) row of the listing, -1 where the table is not in it.
    """
    drawn = np.flatnonzero(flags & (rows >= 0))
    hours, notes = return_hours(tally, drawn)
    tables = strata.tables
    if not strata.known and flags.all():  # nothing but the sample is in the file
        tables = np.bincount(strata.of_table[rows[drawn]], minlength=len(tables)).astype(np.int64)
    sample = QuickCount(
        table=rows[drawn].astype(np.int32),
        stratum=strata.of_table[rows[drawn]],
        reported=tally.reported[drawn],
        votes=votes[:, drawn],
        invalid=tally.invalid[drawn],
        hours=hours,
        stratum_tables=tables,
        tables_known=strata.known,
        stratum_names=strata.names,
        stratum_past=strata.past,
    )
    return sample, notes


def return_hours(tally: Tally, drawn: Rows) -> tuple[NDArray[np.float64], list[str]]:
    """Return (hours after closing of each drawn table, inf without a return; notes).

    A return without an hour is in hand all the same: it counts with the last ones.
    """
    reported = tally.reported[drawn]
    if tally.hours is None:
        return np.where(reported, 0.0, np.inf), []
    hours = tally.hours[drawn]
    known = reported & np.isfinite(hours)
    lost = int((reported & ~known).sum())
    last = float(hours[known].max(initial=0.0))
    notes = []
    if lost:
        notes.append(
            f"returns without an hour in column {tally.columns.hours!r}: {lost:,}; they count with "
            "the last ones"
        )
    return np.where(known, hours, np.where(reported, last, np.inf)), notes


def sample_from_list(
    tally: Tally, listed: DrawnList, rows: Rows, votes: Rows
) -> tuple[QuickCount, list[str]]:
    """Return (sample, notes) of the list that a plan drew.

    The drawn tables are the sample whether or not the file names them; a replacement belongs to it
    where the file holds its return, and the table that it replaced stays a missing report.
    """
    returned = np.zeros(len(listed.codes), dtype=np.bool_)
    returned[rows[(rows >= 0) & tally.reported]] = True
    chosen = np.flatnonzero(~listed.spare | returned)
    row_of = np.full(len(listed.codes), -1)
    row_of[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    at = row_of[chosen]
    there = (at >= 0) & returned[chosen]
    hours, notes = return_hours(tally, at[there])
    stratum = listed.stratum[chosen]
    counted = np.bincount(listed.stratum[~listed.spare], minlength=len(listed.names))
    sample = QuickCount(
        table=chosen.astype(np.int32),
        stratum=stratum,
        reported=there,
        votes=_spread(votes[:, at[there]], there),
        invalid=_spread(tally.invalid[None, at[there]], there)[0],
        hours=_hours(hours, there),
        stratum_tables=counted.astype(np.int64) if listed.tables is None else listed.tables,
        tables_known=listed.tables is not None,
        stratum_names=listed.names,
        stratum_past=listed.past,
    )
    return sample, [*notes, *_list_notes(listed, returned)]


def _spread(values: Rows, there: Flags) -> Rows:
    out = np.zeros((len(values), len(there)), dtype=np.int64)
    out[:, there] = values
    return out


def _hours(hours: NDArray[np.float64], there: Flags) -> NDArray[np.float64]:
    out = np.full(len(there), np.inf)
    out[there] = hours
    return out


def _list_notes(listed: DrawnList, returned: Flags) -> list[str]:
    drawn, spare = int((~listed.spare).sum()), int((listed.spare & returned).sum())
    notes = [
        f"{listed.file} is the list of drawn tables of a plan: its {drawn:,} tables in "
        f"{len(listed.names):,} strata are the sample, not the list of all tables"
    ]
    if spare:
        notes.append(
            f"replacement tables with a return: {spare:,}; they belong to the sample, and the "
            "tables that they replace stay missing reports"
        )
    return notes
