"""A comparison as a table: one row an outcome (or a category of one), with the verdict and how sure
it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import number

if TYPE_CHECKING:
    from sim.studies.comparison.result import Compared, Comparison, Comparisons
    from sim.studies.equivalence import Difference

COLUMNS = (
    Column("outcome"),
    Column("a", 2, right=True),
    Column("b", 2, right=True),
    Column("b - a", right=True),
    Column("from", 1, right=True),
    Column("to", 1, right=True),
    Column("verdict"),
    Column("margin", 3, right=True),
    Column("unit", 3),
    Column("distance", 6, right=True),
    Column("variance ratio", 5, right=True),
    Column("", 4, prose=True),
)
EQUAL = "same: equal replicate by replicate"
LARGE_RATIO = 1000.0


def comparison_table(found: Comparison, title: str) -> Grid:
    """Return the table of the outcomes that are not equal in every replicate."""
    return Grid(
        COLUMNS, [_cells(row) for row in found.rows if row.result.verdict != "equal"], title
    )


def equal_words(found: Comparison) -> str:
    """Return the line on outcomes that are equal in every replicate, "" without any."""
    names = list(dict.fromkeys(row.outcome for row in found.rows))
    unequal = {row.outcome for row in found.rows if row.result.verdict != "equal"}
    equal = [name for name in names if name not in unequal]
    return f"{EQUAL} ({len(equal)} of {len(names)} outcomes): {', '.join(equal)}" if equal else ""


def more_words(found: Difference, unit: str) -> str:
    """Return what a verdict needs said besides its name."""
    if found.verdict == "constant shift":
        return f"differs by exactly {signed(found.difference, unit)} in every replicate"
    if found.verdict == "alike":
        return "distributed alike: the same values equally often, in other replicates"
    return f"about {found.more:,} more replicates would decide" if found.more else ""


def _cells(row: Compared) -> list[str]:
    found, unit = row.result, row.unit
    name = f"{row.outcome} {row.category}" if row.category else row.outcome
    ends = [signed(end, unit) for end in (found.low, found.high)]
    shift, margin = (
        signed(found.difference, unit),
        number(found.margin, unit) + ("*" if row.margin_given else ""),
    )
    return [
        name,
        number(found.mean_a, unit),
        number(found.mean_b, unit),
        shift,
        *ends,
        found.verdict,
        margin,
        "" if unit == "share" else unit,
        number(row.distance, unit),
        _ratio(found.variance_ratio),
        more_words(found, unit),
    ]


def signed(value: float, unit: str) -> str:
    if not math.isfinite(value):
        return "-"
    text = number(abs(value), unit)
    return ("-" if value < 0 else "+") + text if any(c in "123456789" for c in text) else text


def _ratio(ratio: float | None) -> str:
    if ratio is None:
        return "-"
    return f"over {LARGE_RATIO:,.0f}" if ratio > LARGE_RATIO else f"{ratio:.1f}"


def rate_words(found: Comparisons) -> list[str]:
    """Return the verdict over everything, its error rate, and where the numbers are."""
    first, each = found.each[0], [one for one in found.each if one.comparisons]
    said = f"Over {first.family}: {found.verdict}."
    if not each:
        return [f"{said} Every replicate is equal."]
    count = sum(one.comparisons for one in each)
    return [
        f"{said} Intervals: the chance that any of {count} comparisons says different where "
        f"nothing differs is at most {found.alpha:g}{_from_sets(first.sets)}. "
        "--numbers shows means, margins and distances, --all every outcome."
    ]


def sentences(found: Comparison) -> list[str]:
    """Return what the comparison says: the verdict over the family, its error rate, and what the
    columns mean.
    """
    how = (
        "replicate by replicate, under common random numbers"
        if found.paired
        else "as independent runs"
    )
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items())
    if set(found.counts) == {"equal"}:
        return [f"Over {found.family}: {EQUAL}. {found.n} replicates."]
    one = found.comparisons == 1
    which = "the one comparison" if one else f"any of the {found.comparisons} comparisons"
    level = (
        f"the interval is at {1 - found.alpha:g}"
        if one
        else f"each interval is at 1 - {found.alpha:g}/{found.comparisons}"
    )
    return [
        f"Over {found.family}: {found.verdict} ({counts}). {found.n} replicates, compared {how}.",
        f"Error rate: the chance that {which} says different where nothing differs is at most "
        f"{found.alpha:g}; {level}"
        f"{'' if one else ' (Bonferroni)'}{_from_sets(found.sets)}.",
        '"same within margin": the whole interval lies inside the margin, a difference of no '
        f"interest{_margins(found.rows)}.",
        "a, b: means; a probability's is a share. Distance: Wasserstein, or total variation for a "
        "category. Variance ratio: how "
        "many times the replicates an unpaired comparison would need.",
    ]


def _from_sets(sets: int) -> str:
    if not sets:
        return ""
    return f"; Student's, from the means of {sets} sets of assumptions that both runs share"


def _margins(rows: Sequence[Compared]) -> str:
    own = [row for row in rows if not row.margin_given]
    if not own:
        return " (here as given with --equivalence)"
    given = (
        "; * as given with --equivalence"
        if len(own) < len(rows)
        else ", unless --equivalence says otherwise"
    )
    return (
        ": 0.02 for probabilities and shares, a tenth of a's standard deviation for other "
        f"numbers{given}"
    )
