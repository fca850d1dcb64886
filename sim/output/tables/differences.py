"""One base against its alternatives, in words: which way, how much, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import number
from sim.studies.comparison.result import EXISTS, Compared, Comparison, Comparisons

if TYPE_CHECKING:
    from sim.studies.equivalence import Difference

MONEY = "million USD"
PREFERRED = ("opposition", "none", "incumbent")
"""Of an outcome that is a side, the first of these that occurs stands for the others."""


def told_rows(found: Comparison) -> list[Compared]:
    """Return one row for each outcome: its value, or the category that stands for it."""
    rows: dict[str, Compared] = {}
    for row in found.rows:
        if row.category == EXISTS:
            continue
        held = rows.get(row.outcome)
        if held is None or _place(row.category) < _place(held.category):
            rows[row.outcome] = row
    return list(rows.values())


def _place(category: str) -> int:
    return PREFERRED.index(category) if category in PREFERRED else len(PREFERRED)


def differences_table(found: Comparisons, everything: bool = False) -> Grid:
    """Return one row an outcome (everything: and category): the base's mean, then each alternative
    in words. Alternatives that do not fit beside each other stand below.
    """
    chosen = [one.rows if everything else told_rows(one) for one in found.each]
    held = [{(row.outcome, row.category): row for row in rows} for rows in chosen]
    keys = list(dict.fromkeys(key for rows in held for key in rows))
    rows = []
    for key in keys:
        cells = [rows.get(key) for rows in held]
        first = next(row for row in cells if row is not None)
        base = number(first.result.mean_a, first.unit)
        words = ["-" if row is None else size_words(row.result, row.unit) for row in cells]
        rows.append([" ".join(key).rstrip(), base, *words])
    columns = [Column("outcome"), Column("base", right=True), *map(Column, found.names)]
    n = min(one.n for one in found.each)
    paired = "pairs of replicates" if found.each[0].paired else "independent replicates"
    return Grid(columns, rows, f"against {found.base}, {n:,} {paired}, means", blocks=True, keys=2)


def size_words(found: Difference, unit: str) -> str:
    """Return a difference as "4 points fewer, 2 to 6"."""
    if found.verdict == "equal":
        return "equal in every replicate"
    if found.verdict == "alike":
        return "alike, in other replicates"
    scale = 100.0 if unit == "share" else 1.0
    low, high, margin = (scale * abs(x) for x in (found.low, found.high, found.margin))
    half = scale * (found.high - found.low) / 2
    digits = _digits(low, high, half) if math.isfinite(half) else 0
    what = "points" if unit == "share" else unit
    less = "less" if unit == MONEY else "fewer"
    if found.within:
        return f"same within {margin:.3g} {what}".rstrip()
    if not (found.differs or math.isfinite(low + high)):
        return "undecided"
    if not found.differs and found.verdict != "constant shift":
        return f"undecided: {low:.{digits}f} {what} {less} to {high:.{digits}f} more"
    size = f"{scale * abs(found.difference):.{digits}f} {what}".rstrip()
    size += " more" if found.difference > 0 else f" {less}"
    if found.verdict == "constant shift":
        return f"{size} in every replicate"
    return f"{size}, {min(low, high):.{digits}f} to {max(low, high):.{digits}f}"


def _digits(low: float, high: float, half: float) -> int:
    """Return the decimals that half an interval leaves; no end is rounded away to 0."""
    digits = max(0, -math.floor(math.log10(half or high or 1.0)))
    small = min(x for x in (low, high, 1.0) if x > 0)
    return max(digits, min(3, -math.floor(math.log10(small)))) if small < 0.5 else digits


def more_needed(found: Comparisons) -> Iterator[str]:
    """Yield, for each alternative with undecided outcomes, how many more replicates would decide
    the one that needs fewest and the one that needs most, and how long they would take.
    """
    seconds = found.seconds or (None,) * len(found.each)
    for name, one, each in zip(found.names, found.each, seconds, strict=True):
        rows = sorted((row.result.more, row.outcome) for row in told_rows(one) if row.result.more)
        if not rows:
            continue
        (fewest, first), (most, last) = rows[0], rows[-1]
        text = f"{name}: about {fewest:,} more replicates would decide {first}{_time(fewest, each)}"
        if most > fewest:
            text += f"; {most:,} would decide {last} too{_time(most, each)}"
        yield f"{text}."


def _time(replicates: int, seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes = 2 * replicates * seconds / 60  # of the base as well
    if minutes < 1:
        return " (under a minute here)"
    return f" (about {minutes:,.0f} minute{'s' if minutes >= 1.5 else ''} here)"
