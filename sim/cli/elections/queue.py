"""`sim queue`: how long will voters wait at one polling centre?"""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.scenarios.things import PLOT, draw, plot_ready


def command(
    machines: Annotated[int, typer.Option(help="service points fed by one line")] = 1,
    voters: Annotated[int, typer.Option(help="people who come on the day")] = 430,
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
    plot: PLOT = None,
) -> None:
    """Answer a planner's question about one centre: waits, chance of a long wait, closing time,
    machines needed.
    """
    from dataclasses import asdict, replace

    from sim.cli.options import entropy_of
    from sim.fieldwork.queue_plan import STEPS, Question, plan_queue, sentence
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import tell
    from sim.output.tables.grid import paragraph, table_text
    from sim.output.tables.queue import closed_forms, simulated_days

    plot_ready(plot)
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
    with watching(STEPS, "runs of all days") as watch:
        plan = plan_queue(asked if seed is None else replace(asked, entropy=seed), watch)
    draw(plan, plot)
    if json_out:
        tell_document("queue", {**asdict(plan), "sentence": sentence(plan)})
        return
    tell(table_text(simulated_days(plan)) + "\n")
    tell(table_text(closed_forms(plan)) + "\n")
    tell(paragraph(sentence(plan)))
    if replay:
        equal = f"{plan.replays_equal} of {replay} days"
        tell(paragraph(f"{equal} replayed voter by voter agree to the last bit."))


def _minute(opens: str) -> float:
    """Return HH:MM as minutes after midnight, -1 when it is no time of day (the check of the
    question says so).
    """
    hour, _, minute = opens.partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        return -1.0
    return 60.0 * int(hour) + int(minute)
