"""From what estimators said in each replicate to the table: rejection and false alarms in one row,
always.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.power.worlds import PowerWorld
from sim.records.seen.finding import INCONSISTENT, UNDECIDED

if TYPE_CHECKING:
    import polars as pl

ROW_KINDS: dict[str, Any] = {
    "replicate": int,
    "world": str,
    "evidence": str,
    "gap": float,
    "winner_differs": bool,
    "estimator": str,
    "verdict": str,
    "right_hours": float,
    "estimate": float,
    "low": float,
    "high": float,
    "target": float,
    "alarm": bool,
    "error": str,
}
Z_95 = 1.959964
Cell = Mapping[str, Any]


def wilson(k: int, n: int) -> tuple[float, float, float]:
    """Return (share, low, high): Wilson's 95 % interval (1927) of k of n; n > 0."""
    p, z2 = k / n, Z_95**2
    middle, half = (
        (p + z2 / (2 * n)) / (1 + z2 / n),
        Z_95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n),
    )
    return p, 0.0 if k == 0 else max(middle - half, 0.0), 1.0 if k == n else min(middle + half, 1.0)


def without_failures(raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (rows of the replicates that were played, one row with `replicate` and `error` for
    each that failed).
    """
    import polars as pl

    failed = raw.filter(pl.col("error").is_not_null())
    return raw.filter(pl.col("error").is_null()), failed.select("replicate", "error")


def power_rows(
    raw: pl.DataFrame, worlds: Sequence[PowerWorld], evidence: Sequence[str]
) -> pl.DataFrame:
    """Return one row for each world, evidence and estimator, in the order of the worlds.

    Columns: world, manipulation, intensity, displaced, acts_on, baseline, evidence, estimator, n;
    rejection_share with _low, _high (Wilson, 95 %); false_alarm_share with _low, _high and _n, of
    the same estimator in the baseline under the same evidence; undecided_share; bias and its
    standard error, coverage_share of its interval and how many have one; median_hours to the first
    right verdict (null where fewer than half ever give one; inconsistent is right in a manipulated
    world); gap_share, mean distance of the announced lead from that of the votes cast;
    winner_differs_share; alarm_share and false_statistic_alarm_share, of tests of rows: how often
    p <= alpha here and in the baseline, whether or not the test gives a verdict.
    """
    import polars as pl

    cells = {(c["world"], c["evidence"], c["estimator"]): c for c in _cells(raw).to_dicts()}
    rows = []
    for (name, kind, estimator), cell in cells.items():
        world = next(w for w in worlds if w.name == name)
        base = cells[world.baseline.name, kind, estimator]
        rows.append(_row(world, kind, estimator, cell, base))
    order = {w.name: i for i, w in enumerate(worlds)}
    keys = list(dict.fromkeys(raw["estimator"].to_list()))
    rows.sort(
        key=lambda r: (
            list(evidence).index(r["evidence"]),
            order[r["world"]],
            keys.index(r["estimator"]),
        )
    )
    return pl.DataFrame(rows, infer_schema_length=None)


def _cells(raw: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    error, covered = (
        pl.col("estimate") - pl.col("target"),
        (pl.col("low") <= pl.col("target")) & (pl.col("target") <= pl.col("high")),
    )
    return raw.group_by("world", "evidence", "estimator", maintain_order=True).agg(
        pl.len().alias("n"),
        (pl.col("verdict") == INCONSISTENT).sum().alias("rejected"),
        (pl.col("verdict") == UNDECIDED).mean().alias("undecided"),
        error.mean().alias("bias"),
        error.std().alias("spread"),
        error.count().alias("with_estimate"),
        covered.mean().alias("coverage"),
        covered.count().alias("with_interval"),
        pl.col("right_hours").fill_null(math.inf).median().alias("hours"),
        pl.col("gap").mean().alias("gap"),
        pl.col("winner_differs").mean().alias("winner_differs"),
        pl.col("alarm").mean().alias("alarm"),
    )


def _row(
    world: PowerWorld, evidence: str, estimator: str, cell: Cell, base: Cell
) -> dict[str, Any]:
    rejected, alarms = wilson(cell["rejected"], cell["n"]), wilson(base["rejected"], base["n"])
    return {
        "world": world.name,
        "manipulation": world.manipulation,
        "intensity": world.intensity,
        "displaced": world.displaced,
        "acts_on": world.acts_on,
        "baseline": world.baseline.name,
        "evidence": evidence,
        "estimator": estimator,
        "n": cell["n"],
        **dict(zip(("rejection_share", "rejection_low", "rejection_high"), rejected, strict=True)),
        **dict(
            zip(("false_alarm_share", "false_alarm_low", "false_alarm_high"), alarms, strict=True)
        ),
        "false_alarm_n": base["n"],
        "undecided_share": cell["undecided"],
        "bias": cell["bias"],
        "bias_error": None
        if cell["spread"] is None
        else cell["spread"] / math.sqrt(cell["with_estimate"]),
        "coverage_share": cell["coverage"],
        "coverage_n": cell["with_interval"],
        "median_hours": cell["hours"] if math.isfinite(cell["hours"]) else None,
        "gap_share": cell["gap"],
        "winner_differs_share": cell["winner_differs"],
        "alarm_share": cell["alarm"],
        "false_statistic_alarm_share": base["alarm"],
    }
