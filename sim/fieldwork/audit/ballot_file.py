"""The drawn ballots of a polling audit as read by hand: a CSV file, every word known, in the order
drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.fieldwork.audit.cells import column, read_table, whole
from sim.fieldwork.audit.tally import NO_VOTE, NOT_FOUND, fold, nearest
from sim.files.csv_rows import Rows
from sim.rng import generator

STREAM = "audit/order"
ENTROPY = 0x5EED20240702
MISSING = -2
NEITHER = -1
Votes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """votes: (n,) in the order drawn, the place of a candidate, NEITHER or MISSING. ordered: the
    file says that order.
    """

    votes: Votes
    ordered: bool


def read_ballots(path: Path, names: Sequence[str], with_replacement: bool = False) -> Ballots:
    """Return the drawn ballots; votes are places in `names`.

    A column `draw` with the numbers 1, 2, ... says the order. Without one the order is unknown:
    lines may be sorted by their votes, which would confirm anybody, so they are put in a random
    order that does not depend on them.

    The column `vote` has a candidate's name (case and spaces aside), one of blank, invalid, none,
    other, or "not found".

    Raises:
        InputError: every word that is none of these, every draw that is missing or twice there.
    """
    rows = read_table(path)
    at = column(rows, "vote", required=True)
    order = _order(rows)
    if at is not None and not with_replacement:
        _no_ballot_twice(rows)
    codes = (
        {fold(name): k for k, name in enumerate(names)}
        | dict.fromkeys(NO_VOTE, NEITHER)
        | {NOT_FOUND: MISSING}
    )
    words = [fold(cells[at or 0]) for _, cells in rows.cells]
    if at is not None:
        _no_unknown_word(rows, at, [k for k, word in enumerate(words) if word not in codes], names)
    found = np.array([codes.get(word, NEITHER) for word in words], dtype=np.int64)
    rows.check()
    return Ballots(found[order], column(rows, "draw") is not None)


def _order(rows: Rows) -> NDArray[np.int64]:
    at = column(rows, "draw")
    if at is None:
        return generator(ENTROPY, STREAM).permutation(len(rows.cells))
    number = whole(rows, "draw")
    rows.check()
    order = np.argsort(number, kind="stable")
    for place, index in enumerate(order, start=1):
        if number[index] != place:
            line = rows.cells[index][0]
            hint = "every draw has a line; a ballot that is not there is `not found`"
            rows.wrong(line, at, f"draw {place} is missing or twice there", hint)
            rows.check()
    return order


def _no_ballot_twice(rows: Rows) -> None:
    batch, ballot = column(rows, "batch"), column(rows, "ballot")
    if batch is None or ballot is None:
        return
    seen: dict[tuple[str, str], int] = {}
    for line, cells in rows.cells:
        key = (fold(cells[batch]), cells[ballot])
        if key in seen:
            hint = "say --with-replacement if ballots went back after each draw"
            rows.wrong(
                line,
                ballot,
                f"ballot {cells[ballot]} of {cells[batch]} stands in line {seen[key]} already",
                hint,
            )
        seen.setdefault(key, line)


def _no_unknown_word(rows: Rows, at: int, unknown: Sequence[int], names: Sequence[str]) -> None:
    """Note each word that is nobody's name once, at its first line, with how often it is there."""
    by_word: dict[str, list[int]] = {}
    for k in unknown:
        by_word.setdefault(fold(rows.cells[k][1][at]), []).append(k)
    for word, places in by_word.items():
        line, cells = rows.cells[places[0]]
        n, shown = len(places), cells[at]
        if not word:
            said = "this ballot has" if n == 1 else f"this ballot and {n - 1:,} further ones have"
            rows.wrong(line, at, f"{said} not been read", "write a name, blank or not found")
            continue
        often = "" if n == 1 else f", {n:,} times"
        hint = f"candidates: {', '.join(names)}; or {', '.join(NO_VOTE)}, {NOT_FOUND}"
        rows.wrong(
            line, at, f"{shown!r} is no reported candidate{nearest(word, names)}{often}", hint
        )
