"""Draw the ballots or the batches of an audit from a public seed and a manifest: the same seed and
manifest, the same list.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.batch_file import Batches, read_batches
from sim.fieldwork.audit.cells import after, column, labels, read_table, whole
from sim.models.audit import tickets
from sim.records.results.shown import Shown

SEED_DIGITS = 20
MOST_DRAWS = 1_000_000
MOST_LISTED = 30_000_000
TICKETS = "smallest tickets, SHA-256 of seed and ballot (Rivest 2018)"
NUMBERS = "SHA-256 of seed and number of the draw, modulo the bounds (Rivest 2011)"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw. number: 1 for the first of the audit. ballot: its place in the batch, counted from
    1 (None: whole batches).
    """

    number: int
    batch: str
    ballot: int | None
    ticket: str


@dataclass(frozen=True, slots=True, repr=False)
class Draw(Shown):
    """rule: how it was drawn. of: ballots or batches listed. sheet: CSV to be filled in by hand and
    given to `measure`.
    """

    rule: str
    unit: str
    of: int
    draws: tuple[Drawn, ...]
    sheet: str


def draw_audit(
    manifest: Path, seed: str, take: int, skip: int = 0, with_replacement: bool = False
) -> Draw:
    """Return draws skip + 1 to skip + take of a ballot manifest (`batch`, `ballots`) or of batches
    (batches.read_batches).

    Ballots are drawn without replacement unless stated; batches in proportion to their bounds, with
    replacement.

    Raises:
        InputError: a seed of other than 20 digits, a manifest that cannot be read, or more draws
        than ballots.
    """
    if not (seed.isascii() and seed.isdigit() and len(seed) == SEED_DIGITS):
        hint = "roll 20 ten-sided dice in public, for instance"
        raise InputError(
            Problem(
                f"a seed has {SEED_DIGITS} digits, found {seed!r} ({len(seed)} characters)",
                hint=hint,
            )
        )
    if not (take >= 1 and skip >= 0 and take + skip <= MOST_DRAWS):
        hint = f"at least 1 draw, at most {MOST_DRAWS:,} with those of earlier rounds"
        raise InputError(Problem(f"{take} draws after {skip} cannot be made", hint=hint))
    rows = read_table(manifest)
    if column(rows, "ballots") is not None:
        return _ballots(manifest, seed, take, skip, with_replacement)
    if not after(rows, "reported"):
        words = (
            "neither a list of ballots (columns `batch`, `ballots`) nor batches with their votes"
        )
        hint = (
            f"found: {', '.join(rows.header)}; a list of ballots is headed `batch,ballots`, "
            "batches `batch`, `reported NAME` for each candidate, `bound`"
        )
        raise InputError(Problem(words, manifest.name, 1, 1, hint=hint))
    return _batches(read_batches(manifest), seed, take, skip)


def _ballots(manifest: Path, seed: str, take: int, skip: int, with_replacement: bool) -> Draw:
    rows = read_table(manifest)
    names, counts = labels(rows, "batch"), whole(rows, "ballots")
    rows.check()
    total = int(counts.sum())
    if not 1 <= total <= MOST_LISTED:
        words = f"the manifest lists {total:,} ballots"
        raise InputError(
            Problem(
                words,
                manifest.name,
                hint=f"1 to {MOST_LISTED:,}; draw whole batches of a larger count",
            )
        )
    if take + skip > total and not with_replacement:
        words = f"{take + skip:,} draws from {total:,} ballots"
        raise InputError(
            Problem(words, manifest.name, hint="take fewer, or say --with-replacement")
        )
    places = (
        (batch, ballot)
        for batch, n in zip(names, counts.tolist(), strict=True)
        for ballot in range(1, n + 1)
    )
    found = tickets.draw(places, seed, take + skip, with_replacement)[skip:]
    draws = tuple(
        Drawn(skip + k, *ticket.item, tickets.shown(ticket.number))
        for k, ticket in enumerate(found, start=1)
    )
    head = ["draw", "batch", "ballot", "ticket", "vote"]
    sheet = _csv([head, *([str(d.number), d.batch, str(d.ballot), d.ticket, ""] for d in draws)])
    return Draw(TICKETS, "ballots", total, draws, sheet)


def _batches(found: Batches, seed: str, take: int, skip: int) -> Draw:
    places = tickets.weighted([int(w) for w in found.weights], seed, take + skip)
    times = np.bincount(np.array(places), minlength=len(found.labels))
    for k in np.flatnonzero(found.read & (times == 0)):
        words = f"batch {found.labels[k]!r} has audited votes, but this seed does not draw it"
        raise InputError(
            Problem(
                words, found.file, hint="use the seed of the first round, and --skip for its draws"
            )
        )
    draws = tuple(
        Drawn(skip + k, found.labels[p], None, "") for k, p in enumerate(places[skip:], start=1)
    )
    return Draw(NUMBERS, "batches", len(found.labels), draws, _csv(_batch_lines(found, times)))


def _batch_lines(found: Batches, times: np.ndarray) -> list[list[str]]:
    reported, audited = (
        ["reported " + n for n in found.names],
        ["audited " + n for n in found.names],
    )
    lines = [["batch", *reported, "bound", "times", *audited]]
    for k, label in enumerate(found.labels):
        votes = [str(v) for v in found.reported[:, k]]
        read = ["" if v < 0 else str(v) for v in found.audited[:, k]]
        lines.append([label, *votes, str(found.bound[k]), str(times[k]), *read])
    return lines


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()
