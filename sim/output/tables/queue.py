"""The answer to a question about a queue, as two tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid

if TYPE_CHECKING:
    from sim.fieldwork.queue_plan import Estimate, QueuePlan


def simulated_days(plan: QueuePlan) -> Grid:
    """Return what the simulated days say, each figure with its Monte Carlo error."""
    from sim.fieldwork.queue_plan import clock

    chance, end = plan.any_over_30, plan.closing_minute
    rows = [
        ("mean wait, minutes", *_figures(plan.mean_wait, 1.0)),
        ("95th percentile of waits, minutes", *_figures(plan.p95_wait, 1.0)),
        ("voters who wait over 30 minutes, %", *_figures(plan.over_30_share, 100.0)),
        (
            "days on which somebody does, %",
            f"{100 * chance.mean:.1f}",
            "",
            f"{100 * chance.error:.1f}",
        ),
    ]
    if plan.question.patience:
        rows.append(("voters who leave the line, %", *_figures(plan.left_share, 100.0)))
    span = f"{clock(end.low)} to {clock(end.high)}"
    rows.append(("closing time", clock(end.mean), span, f"{end.error:.1f} min"))
    columns = (
        Column(""),
        Column("mean", right=True),
        Column("nine days in ten", 1, right=True),
        Column("error", 2, right=True),
    )
    return Grid(columns, rows, f"{plan.question.replicates} simulated days")


def _figures(estimate: Estimate, scale: float) -> tuple[str, str, str]:
    mean, low, high = (f"{scale * x:.1f}" for x in (estimate.mean, estimate.low, estimate.high))
    return mean, f"{low} to {high}", f"{scale * estimate.error:.2f}"


def closed_forms(plan: QueuePlan) -> Grid:
    """Return what the formulas say of voters who come evenly, and the rule of thumb."""
    rows = [("work over capacity", f"{plan.load:.2f}")]
    if plan.steady is None:
        over = f"{plan.least_overrun_minutes:.0f} minutes"
        rows.append(("no steady state: served after closing, at least", over))
    else:
        share, tail = 100 * plan.steady.waiting_share, 100 * plan.steady.over_30_share
        rows += [
            ("share who wait (Erlang C)", f"{share:.1f} %"),
            ("mean wait, exponential service", f"{plan.steady.mean_wait:.1f} minutes"),
            ("mean wait, with the cv given", f"{plan.steady.mean_wait_cv:.1f} minutes"),
            ("share over 30 minutes, exponential service", f"{tail:.1f} %"),
        ]
    rows += [
        ("most voters by the queue stop rule", f"{plan.stop_voters:,}"),
        ("machines by the queue stop rule", f"{plan.stop_machines}"),
    ]
    return Grid((Column(""), Column("", right=True)), rows, "closed forms, voters coming evenly")
