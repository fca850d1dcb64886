"""What the report must say of a reading that stands: each warning with its code and the tables it
names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.files.counting.cells import Cells
from sim.files.counting.rows import Judged, RowRules, goals, known
from sim.records.tally import Note

NAMED, SAME = 5, 3
CLOSE_LIMIT = 0.02


def listed(codes: Sequence[str]) -> str:
    """Return the first codes in words."""
    more = f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
    return ", ".join(codes[:NAMED]) + more


def identical_sheets(cells: Cells, rows: NDArray[np.int64]) -> list[Note]:
    """Return a warning for three or more tables with equal cells in all number columns, beyond
    chance.

    Chance: n tables give n^3 / 6 triples; numbers of these sizes agree in a triple with odds of
    about two to the minus twice their bits.
    """
    if len(rows) < SAME:
        return []
    columns = [*cells.votes, *cells.counts.values(), *cells.kinds.values()]
    block = np.nan_to_num(np.column_stack([column[rows] for column in columns]), nan=-1.0)
    _, first, group, count = np.unique(
        block, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    out: list[int] = []
    for g in np.flatnonzero(count >= SAME):
        strength = np.log2(1 + np.abs(np.nan_to_num(cells.votes[:, rows[first[g]]]))).sum()
        if 2 * strength > 3 * np.log2(len(rows)) + 10:
            out += rows[np.flatnonzero(group == g)].tolist()
    if not out:
        return []
    codes = [str(cells.codes[i]) for i in sorted(out)]
    return [
        Note(
            "identical_sheets",
            tuple(codes),
            f"{len(codes)} tables have the same numbers in every column: {listed(codes)}",
        )
    ]


def does_not_close(cells: Cells, judged: Judged, rules: RowRules) -> tuple[list[Note], bool]:
    """Return (the warning that ballots stay above candidates and invalid votes, whether they are
    more than 2 % of all).
    """
    n = cells.votes.shape[1]
    total, invalid, _ = goals(cells, rules)
    if not cells.kinds and "valid" in cells.counts:  # what lies between them are the invalid votes
        return [], False
    found = known(cells.counts.get("ballots_found"), n)
    if not np.isfinite(found).any() and rules.letter == "S":
        found = known(cells.counts.get("ballots_issued"), n)
    gap = np.where(judged.sheet & np.isfinite(found), np.nan_to_num(found) - total - invalid, 0)
    gap = np.maximum(gap, 0)
    ballots, all_ballots = int(gap.sum()), float(np.nansum(np.where(judged.sheet, found, 0)))
    if not ballots or not all_ballots:
        return [], False
    codes = [str(cells.codes[int(i)]) for i in np.flatnonzero(gap > 0)]
    share = ballots / all_ballots
    text = (
        f"{ballots:,} ballots ({100 * share:.2f} % of all) are neither candidates' nor invalid "
        "votes in this file, "
        f"at {len(codes):,} tables: {listed(codes)}"
    )
    return [Note("does_not_close", tuple(codes), text)], share > CLOSE_LIMIT and rules.all_there


def about_rows(cells: Cells, judged: Judged, rules: RowRules, short: int) -> list[Note]:
    """Return warnings about single rows: other tables of one code, cells filled by zero, ballots
    without issue, short rows.
    """
    out = []
    n = cells.votes.shape[1]
    if len(judged.twice):
        codes = [str(cells.codes[int(i)]) for i in judged.twice]
        text = (
            f"{len(codes)} codes stand on two tables with different registers; both count: "
            f"{listed(codes)}"
        )
        out.append(Note("code_twice", tuple(codes), text))
    if judged.filled:
        text = (
            f"{judged.filled:,} rows have empty vote cells whose others add up: the empty ones "
            "count as 0"
        )
        out.append(Note("fills_by_zero", (), text))
    found, issued = (
        known(cells.counts.get("ballots_found"), n),
        known(cells.counts.get("ballots_issued"), n),
    )
    with np.errstate(invalid="ignore"):
        more = np.flatnonzero((found > issued + rules.slack) & judged.sheet)
    if len(more) and rules.letter != "S":
        codes = [str(cells.codes[int(i)]) for i in more]
        out.append(
            Note(
                "issued_less_than_found",
                tuple(codes),
                f"{len(codes)} tables found more ballots than were issued: {listed(codes)}",
            )
        )
    if short:
        out.append(
            Note(
                "short_rows",
                (),
                f"{short:,} rows have fewer cells than the header; the missing ones are empty",
            )
        )
    return out
