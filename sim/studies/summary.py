"""Summaries of outcomes over replicates, each figure with two errors: Monte Carlo, and what the
drawn assumptions leave open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.models.numbers.sets import Chance, Floats, Ints, chance, two_errors
from sim.records.results.outcome import Measure, Value
from sim.records.results.summary import SummaryLine

LOW, HIGH = 0.05, 0.95
Z90 = 1.6448536269514722
"""Normal quantile of a two-sided interval at 90 %."""
Sets = Sequence[int | None]


def proportion(successes: int, n: int) -> tuple[float, float, float, float]:
    """Return (share, low, high, standard error) of independent replicates: Wilson's 90 % interval;
    the error never reads 0 at 0 or n successes.
    """
    found = chance(two_errors(np.repeat([1.0, 0.0], [successes, n - successes]), None), Z90)
    return found.mean, found.low, found.high, found.error


def median_error(ordered: NDArray[np.float64], n_eff: float | None = None) -> float:
    """Return one standard error of the median from order statistics: half the distance of ranks n/2
    -+ n / (2 sqrt(n_eff)). n_eff: independent replicates that say as much; default n.
    """
    n = len(ordered)
    if n < 2:
        return float("inf")
    half = 0.5 * n / np.sqrt(n if n_eff is None else n_eff)
    low = int(np.clip(np.floor(n / 2 - half), 0, n - 1))
    high = int(np.clip(np.ceil(n / 2 + half), 0, n - 1))
    return float((ordered[high] - ordered[low]) / 2)


def summarise(
    measures: Iterable[Measure],
    columns: Mapping[str, Sequence[Value]],
    failed: int = 0,
    sets: Sets | None = None,
) -> list[SummaryLine]:
    """Return the lines of every measure that has a column; categories and booleans become
    probabilities.

    failed: replicates that ended in an error, whose values are not among the columns; each line
    says so. sets: number of each row's set of assumptions, None where they are fixed.
    """
    lines: list[SummaryLine] = []
    for measure in measures:
        if measure.name in columns:
            lines += _lines(measure, columns[measure.name], sets)
    return [replace(line, failed=failed) for line in lines] if failed else lines


def present_sets(column: Sequence[Value], sets: Sets | None) -> Ints | None:
    """Return the sets of the replicates in which an outcome exists; None where assumptions are
    fixed.
    """
    if sets is None or None in sets:
        return None
    pairs = zip(column, sets, strict=True)
    return np.array([number for value, number in pairs if value is not None], dtype=np.int64)


def _lines(measure: Measure, column: Sequence[Value], sets: Sets | None) -> Iterator[SummaryLine]:
    present = [value for value in column if value is not None]
    missing, which = len(column) - len(present), present_sets(column, sets)
    if not present:
        head = measure.name, "", measure.group, measure.unit, "none"
        yield SummaryLine(*head, None, None, None, None, 0, missing)
    elif measure.kind == "bool":
        ones = np.array(present, dtype=np.float64)
        yield _share_line(measure, "", chance_of(ones, which), which, len(present), missing)
    elif measure.kind == "category":
        for category, _ in _commonest_first(present):
            ones = np.array([value == category for value in present], dtype=np.float64)
            found = chance_of(ones, which)
            yield _share_line(measure, category, found, which, len(present), missing)
    else:
        yield _median_line(measure, np.asarray(present, dtype=np.float64), which, missing)


def _commonest_first(present: Sequence[Value]) -> list[tuple[str, int]]:
    counts = {category: present.count(category) for category in sorted({str(v) for v in present})}
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def chance_of(ones: Floats, sets: Ints | None) -> Chance:
    """Return the probability of zeros and ones (n,) with both errors, at 90 %."""
    return chance(two_errors(ones, sets), Z90)


def _share_line(
    measure: Measure, category: str, found: Chance, which: Ints | None, n: int, missing: int
) -> SummaryLine:
    low, high = found.assumed or (None, None)
    return SummaryLine(
        measure.name,
        category,
        measure.group,
        "share",
        "probability",
        found.mean,
        found.low,
        found.high,
        found.error,
        n,
        missing,
        assumed_low=low,
        assumed_high=high,
        assumptions_decide=found.decides,
        sets=0 if which is None else len(np.unique(which)),
    )


def _median_line(measure: Measure, values: Floats, which: Ints | None, missing: int) -> SummaryLine:
    """Return the line of a number. The error of its median is that of independent replicates that
    know the mean as well; what the assumptions leave open is 1.645 times the spread of the set
    means either way.
    """
    low, median, high = (float(x) for x in np.quantile(values, [LOW, 0.5, HIGH]))
    found, n = two_errors(values, which), len(values)
    alone = float(values.var(ddof=1)) if n > 1 else 0.0
    n_eff = min(n, alone / found.error**2) if 0 < found.error < np.inf else n
    half = None if found.between is None else Z90 * found.between
    bounds = float(values.min()), float(values.max())  # no median lies beyond what was seen
    return SummaryLine(
        measure.name,
        "",
        measure.group,
        measure.unit,
        "median",
        median,
        low,
        high,
        median_error(np.sort(values), n_eff),
        n,
        missing,
        assumed_low=None if half is None else max(median - half, bounds[0]),
        assumed_high=None if half is None else min(median + half, bounds[1]),
        sets=0 if which is None else found.sets,
    )
