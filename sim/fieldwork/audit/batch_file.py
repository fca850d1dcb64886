"""Batches of an audit: reported votes, bounds and audited votes from a CSV file, every
contradiction named.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.cells import (
    Counts,
    after,
    check_columns,
    column,
    labels,
    read_table,
    whole,
)
from sim.fieldwork.audit.tally import MOST_BALLOTS, check_same
from sim.files.csv_rows import Rows
from sim.models.audit import macro

LARGEST = 10_000_000
PLAIN = ("batch", "bound", "times")


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """reported, audited: (K, n) votes (audited -1 where not read). bound: (n,) most votes that each
    can hold (register, or ballots cast). times: (n,) times drawn. weights: (n,) largest error of
    each in votes of the smallest margin, `margin`.
    """

    file: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    reported: Counts
    audited: Counts
    bound: Counts
    times: Counts
    weights: Counts
    margin: int

    @property
    def winner(self) -> int:
        """Return the place of the reported winner."""
        return int(np.argmax(self.reported.sum(axis=1)))

    @property
    def total_bound(self) -> float:
        """Return U: all the error that the batches can hide, in reported margins."""
        return float(self.weights.sum() / self.margin)

    @property
    def read(self) -> np.ndarray:
        """Return (n,) which batches have audited votes."""
        return np.asarray(self.audited[0] >= 0)


def read_batches(path: Path, tally: dict[str, int] | None = None) -> Batches:
    """Return the batches of a CSV file: `batch`, `reported NAME` columns and `bound`; for an audit
    `audited NAME` and `times`.

    bound: the most votes that the batch can hold, from its register or its ballots cast. times: how
    often it was drawn (1 where audited, if there is no such column). tally: what the batches must
    add up to.

    Raises:
        InputError: columns that are not known, cells that are no whole numbers, batches that cannot
            be told apart or cannot be drawn, a bound that is missing or below the votes, audited
            votes filled in part or beyond the bound, no reported winner, another tally.
    """
    rows = read_table(path)
    names = after(rows, "reported")
    if len(names) < 2:
        hint = f"columns: {', '.join(rows.header)}"
        raise InputError(
            Problem("two or more columns `reported NAME` are needed", path.name, 1, 1, hint=hint)
        )
    check_columns(rows, PLAIN, "audited", names)
    named = labels(rows, "batch")
    reported = np.stack([whole(rows, f"reported {name}", most=LARGEST) for name in names])
    if column(rows, "bound") is None:
        words = "no column `bound`: no risk can be stated without the most votes a batch can hold"
        rows.wrong(1, -1, words, "give the register or the ballots cast of each batch")
    bound = whole(rows, "bound", most=LARGEST, required=False)
    rows.check()
    _check_bounds(rows, named, reported, bound)
    _check_leader(reported, path.name)
    if tally is not None:
        check_same(tally, names, reported.sum(axis=1).tolist(), path.name)
    weights, margin = macro.weights(reported, bound, int(np.argmax(reported.sum(axis=1))))
    _check_drawable(rows, named, weights)
    audited = _audited(rows, names, named, bound)
    times = _times(rows, named, audited)
    return Batches(
        path.name, tuple(named), tuple(names), reported, audited, bound, times, weights, margin
    )


def _check_bounds(rows: Rows, named: list[str], reported: Counts, bound: Counts) -> None:
    votes, at = reported.sum(axis=0), column(rows, "bound")
    for k in np.flatnonzero(bound < np.maximum(votes, 1)):
        words = f"batch {named[k]!r} has a bound of {bound[k]:,} and {votes[k]:,} reported votes"
        rows.wrong(
            rows.cells[k][0],
            at or 0,
            words,
            "the bound is the most votes that it can hold: its register or ballots cast",
        )
    rows.check()


def _check_leader(reported: Counts, file: str) -> None:
    totals = np.sort(reported.sum(axis=1))[::-1]
    if totals[0] == totals[1]:
        raise InputError(
            Problem(
                "the two leaders of the reported batches are level: there is no reported winner",
                file,
            )
        )
    if totals.sum() > MOST_BALLOTS:
        raise InputError(
            Problem(
                f"the batches report {totals.sum():,} votes", file, hint=f"at most {MOST_BALLOTS:,}"
            )
        )


def _check_drawable(rows: Rows, named: list[str], weights: Counts) -> None:
    for k in np.flatnonzero(weights <= 0):
        words = f"batch {named[k]!r} cannot be drawn: by its bound it can hide no error at all"
        rows.wrong(
            rows.cells[k][0], -1, words, "a larger bound is always safe: write one vote more"
        )
    rows.check()


def _audited(rows: Rows, names: list[str], named: list[str], bound: Counts) -> Counts:
    found = after(rows, "audited")
    if not found:
        return np.full((len(names), len(rows.cells)), -1, dtype=np.int64)
    audited = np.stack([whole(rows, f"audited {name}", empty=-1, most=LARGEST) for name in names])
    rows.check()
    for k in np.flatnonzero((audited >= 0).any(axis=0) & (audited < 0).any(axis=0)):
        words = f"batch {named[k]!r}: some audited votes are filled in and some are empty"
        rows.wrong(rows.cells[k][0], -1, words, "fill in 0 for no votes")
    for k in np.flatnonzero(audited.sum(axis=0) > bound):
        words = f"batch {named[k]!r}: {audited[:, k].sum():,} audited votes, bound {bound[k]:,}"
        rows.wrong(
            rows.cells[k][0],
            -1,
            words,
            "no batch holds more than its bound: was a bound or a count misread?",
        )
    rows.check()
    return audited


def _times(rows: Rows, named: list[str], audited: Counts) -> Counts:
    read = audited[0] >= 0
    if column(rows, "times") is None:
        return np.asarray(read, dtype=np.int64)
    times = whole(rows, "times", empty=0, most=1_000_000)
    for k in np.flatnonzero(read & (times == 0)):
        rows.wrong(
            rows.cells[k][0],
            -1,
            f"batch {named[k]!r} has audited votes and was drawn 0 times",
            "times: how often drawn",
        )
    rows.check()
    return times
