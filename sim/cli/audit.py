"""`sim audit plan` and `sim audit measure`: how many ballots or batches, and the risk attained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.fieldwork.audit import Line

app = typer.Typer(
    no_args_is_help=True,
    help="Plan an audit of a reported result, or measure the risk that one attained.",
)
Votes = Annotated[
    list[str],
    typer.Option("--votes", "-v", metavar="NAME=VOTES", help="reported tally, once a candidate"),
]
Limit = Annotated[
    float, typer.Option("--risk-limit", "-r", help="largest chance of confirming a wrong winner")
]
AsJson = Annotated[bool, typer.Option("--json", help="print as JSON")]


@app.command("plan")
def plan(
    votes: Votes,
    risk_limit: Limit = 0.05,
    ballots: Annotated[int | None, typer.Option(help="ballots cast, invalid ones included")] = None,
    chance: Annotated[float, typer.Option(help="chance that one round of BRAVO is enough")] = 0.9,
    batches: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="CSV of reported votes by batch"),
    ] = None,
    json_out: AsJson = False,
) -> None:
    """Say how many ballots or batches confirm a right reported winner, method by method."""
    from sim.fieldwork.audit import plan_audit, reported_tally

    _show(
        plan_audit(reported_tally(votes), risk_limit, ballots, chance, batches),
        risk_limit,
        json_out,
    )


@app.command("measure")
def measure(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="CSV of drawn ballots, or of batches."),
    ],
    votes: Annotated[
        list[str] | None, typer.Option("--votes", "-v", metavar="NAME=VOTES", help="reported tally")
    ] = None,
    risk_limit: Limit = 0.05,
    json_out: AsJson = False,
) -> None:
    """Say what risk an audit attained: drawn ballots with --votes, batches (reported and audited
    columns) without.
    """
    from sim.fieldwork.audit import measure_ballots, measure_batches, reported_tally

    found = (
        measure_ballots(reported_tally(votes), file, risk_limit)
        if votes
        else measure_batches(file, risk_limit)
    )
    _show(found, risk_limit, json_out)


@app.command("comparison")
def comparison(
    ballots: Annotated[
        int, typer.Option(min=1, help="ballots compared with their machine reading")
    ],
    margin: Annotated[
        float, typer.Option(help="diluted margin: votes between the two leaders over ballots cast")
    ],
    o1: Annotated[int, typer.Option(help="overstatements of one vote")] = 0,
    o2: Annotated[int, typer.Option(help="overstatements of two votes")] = 0,
    u1: Annotated[int, typer.Option(help="understatements of one vote")] = 0,
    u2: Annotated[int, typer.Option(help="understatements of two votes")] = 0,
    risk_limit: Limit = 0.05,
    json_out: AsJson = False,
) -> None:
    """Say what risk a ballot-level comparison (super-simple) attained with the discrepancies
    seen.
    """
    from sim.fieldwork.audit import discrepancies, measure_comparison

    _show(
        measure_comparison(ballots, margin, discrepancies(o1, o2, u1, u2), risk_limit),
        risk_limit,
        json_out,
    )


@app.command("combine")
def combine(
    p_values: Annotated[list[float], typer.Argument(help="p-value of each stratum's audit")],
    risk_limit: Limit = 0.05,
    json_out: AsJson = False,
) -> None:
    """Combine the p-values of independent audits of strata into one risk."""
    from sim.fieldwork.audit import combine_strata

    _show(combine_strata(p_values, risk_limit), risk_limit, json_out)


def _show(lines: list[Line], risk_limit: float, json_out: bool) -> None:
    import json
    import sys
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if json_out:
        print(
            json.dumps(
                {"risk_limit": risk_limit, "methods": [asdict(line) for line in lines]},
                indent=1,
                ensure_ascii=False,
            )
        )
        return
    table = Table(
        "method",
        "size",
        "attained risk",
        "reported winner",
        "note",
        title=f"risk limit {risk_limit:g}",
    )
    for line in lines:
        size = "never" if line.size is None else f"{line.size:,} {line.unit}"
        risk = "" if line.attained_risk is None else f"{line.attained_risk:.3g}"
        state = {None: "", True: "confirmed", False: "not confirmed"}[line.confirmed]
        table.add_row(*(Text(cell) for cell in (line.method, size, risk, state, line.note)))
    Console(width=None if sys.stdout.isatty() else 140).print(table)
