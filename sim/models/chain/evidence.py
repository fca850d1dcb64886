"""Read the evidence off the chain as of any hour: copies, quick count, announcement, incidents,
boxes. Never the truth.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.models.chain.incidents import without_late
from sim.models.quick_count.returns import by_hour
from sim.models.quick_count.sampling import strata_of
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.seen.evidence import (
    Announced,
    BoxCheck,
    Evidence,
    Frame,
    Incidents,
    QuickCount,
    Sheets,
)
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Claim
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register

BOXES_HOUR = 3.0
"""Boxes are compared in the evening; the result is known this many hours after closing."""


@derived
def frame_of(register: Register, p: QuickCountParameters) -> Frame:
    """Return the public list of tables, with the quick count's strata and the past shares (register
    of before padding).
    """
    return Frame(
        register.registered.astype(np.int64),
        register.centre.astype(np.int32),
        register.centre_state[register.centre].astype(np.int32),
        strata_of(register, p.strata, p.by_zone).of_table,
        1 / (1 + np.exp(-register.centre_past[register.centre])),
        None,
        register.table_ids,
    )


def collected_sheets(chain: Chain, minute: float) -> Sheets:
    """Return the copies scanned by `minute` after opening, in canonical order."""
    table = np.flatnonzero(chain.scanned_minute <= minute)
    hours = (chain.scanned_minute.take(table).astype(np.float64) - chain.hours.open_minutes) / 60
    votes, invalid = (
        part.take(table, axis=-1).astype(np.int64)
        for part in (chain.copies.votes, chain.copies.invalid)
    )
    return Sheets(
        table.astype(np.int32), votes, invalid, hours, chain.registered.take(table).astype(np.int64)
    )


def announced_rows(claim: Claim, chain: Chain) -> Sheets | None:
    """Return the rows that are out, without those that no table stands behind; None before any."""
    if claim.rows is None or claim.row_tables is None:
        return None
    real = int(
        np.count_nonzero(claim.row_tables < chain.tables)
    )  # rows that no table stands behind come last
    tables = claim.row_tables[:real]
    votes, invalid = (
        claim.rows.votes[:, :real].astype(np.int64),
        claim.rows.invalid[:real].astype(np.int64),
    )
    return Sheets(tables, votes, invalid, None, chain.registered.take(tables).astype(np.int64))


def announced(claim: Claim, chain: Chain, rows: Sheets | None = None) -> Announced | None:
    """Return the announcement as a reader has it: totals of the last bulletin of the nation, rows
    if they are out; None before any.

    rows: what `announced_rows` returns, where it is at hand.
    """
    last = claim.last
    if last is None:
        return None
    registered = int(
        chain.registered.sum(dtype=np.int64) + chain.phantom_registered.sum(dtype=np.int64)
    )
    in_all = chain.tables + int(chain.phantom_registered.size)
    rows = announced_rows(claim, chain) if rows is None else rows
    return Announced(last.totals, last.invalid, last.share_counted, registered, rows, in_all)


def assemble(
    chain: Chain,
    frame: Frame,
    contest: Contest,
    claim: Claim,
    quick_count: QuickCount | None,
    incidents: Incidents | None,
    boxes: BoxCheck | None,
    hour: float,
    *,
    sheets: Sheets | None = None,
    rows: Sheets | None = None,
) -> Evidence:
    """Return all that can be seen `hour` hours after closing.

    frame: as published for the polling day (`published`). claim: as of that hour (`claim_by`).
    quick_count: as it will have come in at last. sheets, rows: copies and announced rows of that
    hour, where they are put together already.
    """
    minute = chain.hours.open_minutes + 60 * hour
    return Evidence(
        contest.keys,
        frame,
        collected_sheets(chain, minute) if sheets is None else sheets,
        None if quick_count is None else by_hour(quick_count, hour),
        announced(claim, chain, rows),
        None if incidents is None else without_late(incidents, minute),
        boxes if hour >= BOXES_HOUR else None,
        hour,
    )


def as_before(now: Evidence, before: Evidence) -> Evidence:
    """Return the evidence with each part that says what it said before as the same object: nobody
    need ask about it again.
    """
    return replace(
        now,
        **{
            f.name: getattr(before, f.name)
            for f in fields(now)
            if _says_the_same(now, before, f.name)
        },
    )


def _says_the_same(now: Any, before: Any, name: str) -> bool:
    a, b = getattr(now, name), getattr(before, name)
    if a is b or a is None or b is None:
        return a is b
    if is_dataclass(a):
        return all(_says_the_same(a, b, f.name) for f in fields(a))
    return np.array_equal(a, b) if isinstance(a, np.ndarray) else bool(a == b)


def published(frame: Frame, chain: Chain) -> Frame:
    """Return the list of tables with the register of the polling day, padded entries and all: the
    same list where none is.
    """
    registered = chain.registered.astype(np.int64)
    if np.array_equal(registered, frame.registered):
        return frame
    return replace(frame, registered=registered)


def copies_expected_share(chain: Chain) -> float:
    """Return copies held, scanned or not, over tables."""
    return float(np.count_nonzero(chain.copy_held) / max(chain.tables, 1))


def copies_scanned_share(chain: Chain, minute: float) -> float:
    """Return copies scanned by `minute` after opening, over tables."""
    return float(np.count_nonzero(chain.scanned_minute <= minute) / max(chain.tables, 1))


def lead(totals: NDArray[np.int64], contest: Contest) -> float | None:
    """Return challenger minus incumbent as a share of the valid votes; None without votes."""
    valid = int(totals.sum())
    return float(totals[contest.challenger] - totals[contest.incumbent]) / valid if valid else None
