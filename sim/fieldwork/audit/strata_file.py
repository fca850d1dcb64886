"""The strata of an audit: counts of each from a CSV file, never ready P-values, which do not say
enough to be combined.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from sim.fieldwork.audit.tally import fold, nearest
from sim.files.csv_rows import Rows

KINDS = ("comparison", "polling", "counted", "unaudited")
KINDS_OF = ("o1", "o2", "u1", "u2")
PLAIN = ("stratum", "kind", "ballots", "drawn", "not found", *KINDS_OF)


@dataclass(frozen=True, slots=True, eq=False)
class StrataFile:
    """labels, kinds: (S,). ballots, drawn, missing: (S,) cast, drawn, and drawn but not found.
    reported, found: (K, S) votes. seen: (4, S) discrepancies o1, o2, u1, u2.
    """

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    ballots: Counts
    drawn: Counts
    missing: Counts
    reported: Counts
    found: Counts
    seen: Counts


def the_file(files: Sequence[Path]) -> Path:
    """Return the one file of strata that was given.

    Raises:
        InputError: more than one word, or a P-value in place of a file.
    """
    for word in files:
        if _is_number(str(word)):
            hint = "each tests its own stratum; give a CSV of counts (docs/audits.md)"
            raise InputError(
                Problem(
                    f"{str(word)!r}: ready P-values cannot be combined into a risk of the contest",
                    hint=hint,
                )
            )
    if len(files) != 1:
        raise InputError(
            Problem(
                f"one file of strata is needed, found {len(files)}",
                hint="one line for each stratum",
            )
        )
    return files[0]


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def read_strata(path: Path) -> StrataFile:
    """Return the strata of a CSV file, one a line.

    Columns: stratum, kind (comparison, polling, counted, unaudited), ballots (cast), `reported
    NAME`, drawn, `found NAME` (votes on the drawn ballots: polling; on all ballots: counted), `not
    found`, and o1, o2, u1, u2 (comparison: ballots whose machine reading overstates or understates
    the margin by one or two votes, for the loser where it is worst). Cells that a kind does not use
    stay empty.

    Raises:
        InputError: every cell that is wrong or that its kind does not use, and counts that
        contradict each other.
    """
    rows = read_table(path)
    named, names = labels(rows, "stratum"), after(rows, "reported")
    if len(names) < 2:
        raise InputError(Problem("two or more columns `reported NAME` are needed", path.name, 1, 1))
    check_columns(rows, PLAIN, "found", names)
    kinds = _kinds(rows)
    read = StrataFile(
        tuple(named),
        tuple(kinds),
        tuple(names),
        whole(rows, "ballots"),
        whole(rows, "drawn", empty=0, required=False),
        whole(rows, "not found", empty=0, required=False),
        np.stack([whole(rows, f"reported {name}") for name in names]),
        np.stack([whole(rows, f"found {name}", empty=0, required=False) for name in names]),
        np.stack([whole(rows, kind, empty=0, required=False) for kind in KINDS_OF]),
    )
    rows.check()
    _check_found(rows, kinds, names)
    _check_counts(rows, read)
    return read


def _check_found(rows: Rows, kinds: list[str], names: list[str]) -> None:
    """Note every vote count that is not filled in: an empty cell is not a count of 0."""
    places = {name: column(rows, f"found {name}") for name in names}
    for (line, cells), kind in zip(rows.cells, kinds, strict=True):
        if kind not in ("polling", "counted"):
            continue
        for name, at in places.items():
            if at is None or not cells[at]:
                words = f"{kind} needs the votes found for {name} (column `found {name}`)"
                rows.wrong(line, -1 if at is None else at, words, "write 0 for no votes")


def _kinds(rows: Rows) -> list[str]:
    at = column(rows, "kind", required=True)
    kinds = ["" if at is None else fold(cells[at]) for _, cells in rows.cells]
    for (line, _), kind in zip(rows.cells, kinds, strict=True):
        if at is not None and kind not in KINDS:
            rows.wrong(
                line,
                at,
                f"{kind!r} is no kind of stratum{nearest(kind, KINDS)}",
                f"kinds: {', '.join(KINDS)}",
            )
    return kinds


def _check_counts(rows: Rows, read: StrataFile) -> None:
    for s, kind in enumerate(read.kinds):
        for words in _contradictions(read, s, kind):
            rows.wrong(rows.cells[s][0], -1, f"stratum {read.labels[s]!r}: {words}")
    rows.check()


def _contradictions(read: StrataFile, s: int, kind: str) -> list[str]:
    votes, cast, drawn, missing = (
        int(n) for n in (read.reported[:, s].sum(), read.ballots[s], read.drawn[s], read.missing[s])
    )
    found, seen = int(read.found[:, s].sum()), int(read.seen[:, s].sum())
    looked_at = cast if kind == "counted" else drawn
    checks = (
        (cast < 1, "no ballots were cast here: leave the line out"),
        (votes > cast, f"{votes:,} reported votes and {cast:,} ballots cast"),
        (drawn > cast, f"{drawn:,} ballots drawn of {cast:,} cast"),
        (
            kind in ("comparison", "polling") and drawn < 1,
            "how many ballots were drawn? (column drawn)",
        ),
        (kind == "comparison" and found > 0, "a comparison has o1, o2, u1, u2, not `found` votes"),
        (
            kind in ("polling", "counted") and seen > 0,
            f"{kind} has `found` votes, not o1, o2, u1, u2",
        ),
        (
            kind == "unaudited" and drawn + found + seen + missing > 0,
            "unaudited, and yet something was drawn or found",
        ),
        (
            kind == "counted" and drawn not in (0, cast),
            f"counted means all {cast:,} ballots, not {drawn:,}",
        ),
        (
            found + seen + missing > looked_at,
            f"{found + seen + missing:,} ballots described, {looked_at:,} drawn",
        ),
    )
    return [words for wrong, words in checks if wrong]
