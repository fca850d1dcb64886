"""Summaries of outcomes over replicates, each figure with its Monte Carlo error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.records.results.outcome import Measure, Value
from sim.records.results.summary import SummaryLine

LOW, HIGH = 0.05, 0.95


def proportion(successes: int, n: int) -> tuple[float, float, float, float]:
    """Return (share, low, high, standard error): Jeffreys 90 % interval; the error never reads 0 at
    0 or n successes.

    The error is that of the add-one estimate (k + 1) / (n + 2): at 0 or n successes the plain
    formula would claim certainty.
    """
    from scipy.special import betaincinv

    low = 0.0 if successes == 0 else float(betaincinv(successes + 0.5, n - successes + 0.5, LOW))
    high = 1.0 if successes == n else float(betaincinv(successes + 0.5, n - successes + 0.5, HIGH))
    guarded = (successes + 1) / (n + 2)
    return successes / n, low, high, float(np.sqrt(guarded * (1 - guarded) / n))


def median_error(ordered: NDArray[np.float64]) -> float:
    """Return one standard error of the median from order statistics: half the distance of ranks n/2
    -+ sqrt(n)/2.
    """
    n = len(ordered)
    if n < 2:
        return float("inf")
    half = 0.5 * np.sqrt(n)
    low = int(np.clip(np.floor(n / 2 - half), 0, n - 1))
    high = int(np.clip(np.ceil(n / 2 + half), 0, n - 1))
    return float((ordered[high] - ordered[low]) / 2)


def summarise(
    measures: Iterable[Measure], columns: Mapping[str, Sequence[Value]], failed: int = 0
) -> list[SummaryLine]:
    """Return the lines of every measure that has a column; categories and booleans become
    probabilities.

    failed: replicates that ended in an error, whose values are not among the columns; each line
    says so.
    """
    lines: list[SummaryLine] = []
    for measure in measures:
        if measure.name in columns:
            lines += _lines(measure, columns[measure.name])
    return [replace(line, failed=failed) for line in lines] if failed else lines


def _lines(measure: Measure, column: Sequence[Value]) -> list[SummaryLine]:
    present = [value for value in column if value is not None]
    missing = len(column) - len(present)
    if not present:
        return [
            SummaryLine(
                measure.name,
                "",
                measure.group,
                measure.unit,
                "none",
                None,
                None,
                None,
                None,
                0,
                missing,
            )
        ]
    if measure.kind == "bool":
        return [_share_line(measure, "", sum(bool(v) for v in present), len(present), missing)]
    if measure.kind == "category":
        counts = {
            category: present.count(category) for category in sorted({str(v) for v in present})
        }
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [_share_line(measure, category, k, len(present), missing) for category, k in ordered]
    ordered_values = np.sort(np.asarray(present, dtype=np.float64))
    low, median, high = (float(x) for x in np.quantile(ordered_values, [LOW, 0.5, HIGH]))
    error = median_error(ordered_values)
    return [
        SummaryLine(
            measure.name,
            "",
            measure.group,
            measure.unit,
            "median",
            median,
            low,
            high,
            error,
            len(present),
            missing,
        )
    ]


def _share_line(
    measure: Measure, category: str, successes: int, n: int, missing: int
) -> SummaryLine:
    share, low, high, error = proportion(successes, n)
    return SummaryLine(
        measure.name,
        category,
        measure.group,
        "share",
        "probability",
        share,
        low,
        high,
        error,
        n,
        missing,
    )
