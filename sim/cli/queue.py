"""`sim queue`: how long will voters wait at one polling centre?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from sim.fieldwork.queue_plan import Estimate, QueuePlan


def command(
    machines: Annotated[
        int, typer.Option("--machines", "-m", help="service points fed by one line")
    ] = 1,
    voters: Annotated[int, typer.Option("--voters", "-v", help="people who come on the day")] = 430,
    minutes: Annotated[
        float, typer.Option(help="mean minutes of service at the slowest step")
    ] = 0.92,
    hours: Annotated[float, typer.Option(help="hours open")] = 12.0,
    cv: Annotated[float, typer.Option(help="sd over mean of the service time")] = 0.5,
    patience: Annotated[
        bool, typer.Option("--patience/--no-patience", help="voters may leave a long line")
    ] = False,
    arrivals: Annotated[
        str, typer.Option(metavar="flat|morning", help="how voters spread over the day")
    ] = "flat",
    opens: Annotated[str, typer.Option(help="time of opening, HH:MM")] = "06:00",
    replicates: Annotated[int, typer.Option("--replicates", "-n", help="days to simulate")] = 400,
    entropy: Annotated[
        str | None, typer.Option(help="seed of all random numbers, hexadecimal (0x...) or decimal")
    ] = None,
    replay: Annotated[
        int,
        typer.Option(
            help="run so many of the days again in SimPy, one process a voter, and compare"
        ),
    ] = 0,
    json_out: Annotated[bool, typer.Option("--json", help="print the answer as JSON")] = False,
) -> None:
    """Answer a planner's question about one centre: waits, chance of a long wait, closing time,
    machines needed.
    """
    import json
    import sys
    from dataclasses import asdict, replace

    from rich.console import Console

    from sim.cli.run import entropy_of
    from sim.fieldwork.queue_plan import Question, plan_queue, sentence

    seed = entropy_of(entropy)
    asked = Question(
        machines,
        voters,
        minutes,
        hours,
        cv,
        patience,
        arrivals,
        _minute(opens),
        replicates,
        replay=replay,
    )
    plan = plan_queue(asked if seed is None else replace(asked, entropy=seed))
    if json_out:
        print(json.dumps({**asdict(plan), "sentence": sentence(plan)}, indent=1))
        return
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_simulated(plan))
    console.print(_closed_forms(plan))
    console.print(sentence(plan), highlight=False)
    if replay:
        console.print(
            f"{plan.replays_equal} of {replay} days replayed voter by voter agree to the last bit.",
            highlight=False,
        )


def _minute(opens: str) -> float:
    """Return HH:MM as minutes after midnight, -1 when it is no time of day (the check of the
    question says so).
    """
    hour, _, minute = opens.partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        return -1.0
    return 60.0 * int(hour) + int(minute)


def _simulated(plan: QueuePlan) -> Table:
    from rich.table import Table

    from sim.fieldwork.queue_plan import clock

    table = Table(
        "",
        "mean",
        "nine days in ten",
        "error",
        title=f"{plan.question.replicates} simulated days",
        title_justify="left",
    )
    table.add_row("mean wait, minutes", *_row(plan.mean_wait, 1.0, 1))
    table.add_row("95th percentile of waits, minutes", *_row(plan.p95_wait, 1.0, 1))
    table.add_row("voters who wait over 30 minutes, %", *_row(plan.over_30_share, 100.0, 1))
    chance = plan.any_over_30
    table.add_row(
        "days on which somebody does, %",
        f"{100 * chance.mean:.1f}",
        "",
        f"{100 * chance.error:.1f}",
    )
    if plan.question.patience:
        table.add_row("voters who leave the line, %", *_row(plan.left_share, 100.0, 1))
    end = plan.closing_minute
    table.add_row(
        "closing time",
        clock(end.mean),
        f"{clock(end.low)} to {clock(end.high)}",
        f"{end.error:.1f} min",
    )
    return table


def _row(estimate: Estimate, scale: float, digits: int) -> tuple[str, str, str]:
    mean, low, high = (
        f"{scale * value:.{digits}f}" for value in (estimate.mean, estimate.low, estimate.high)
    )
    return mean, f"{low} to {high}", f"{scale * estimate.error:.{digits + 1}f}"


def _closed_forms(plan: QueuePlan) -> Table:
    from rich.table import Table

    table = Table(
        "", "", title="closed forms, voters coming evenly", title_justify="left", show_header=False
    )
    table.add_row("work over capacity", f"{plan.load:.2f}")
    if plan.steady is None:
        table.add_row(
            "no steady state: served after closing, at least",
            f"{plan.least_overrun_minutes:.0f} minutes",
        )
    else:
        table.add_row("share who wait (Erlang C)", f"{100 * plan.steady.waiting_share:.1f} %")
        table.add_row(
            "mean wait: exponential service; with the cv given",
            f"{plan.steady.mean_wait:.1f}; {plan.steady.mean_wait_cv:.1f} minutes",
        )
        table.add_row(
            "share over 30 minutes, exponential service", f"{100 * plan.steady.over_30_share:.1f} %"
        )
    table.add_row("most voters by the queue stop rule", f"{plan.stop_voters:,}")
    table.add_row("machines by the queue stop rule", f"{plan.stop_machines}")
    return table
