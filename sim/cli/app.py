"""The command line: one file a command. Command modules import typer alone at the top, so that
`--help` answers quickly.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import (
    assess,
    audit,
    bargain,
    check,
    compare,
    discover,
    export,
    influence,
    new,
    plan,
    plot,
    power,
    queue,
    report,
    run,
    schema,
    sensitivity,
    show,
    sweep,
    trace,
)
from sim.cli import list as list_command

app = typer.Typer(
    name="sim",
    help="Election-monitoring scenario simulator: one run joins the negotiating table to the "
    "tally sheet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def show_version(asked: bool) -> None:
    """Print the version and stop, where it is asked for."""
    from sim.output.screen import tell

    if asked:
        import sim

        tell(f"sim {sim.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=show_version, help="print the version and stop"
        ),
    ] = False,
) -> None:
    """Election-monitoring scenario simulator: one run joins the negotiating table to the tally
    sheet.
    """
    import warnings

    from sim.errors import ReplicatesFailed

    # each command says it on stderr, with its exit code
    warnings.simplefilter("ignore", ReplicatesFailed)


SCENARIOS = "Scenarios"
STUDIES = "Studies"
ELECTIONS = "Elections, simulated and real"

app.command("new", rich_help_panel=SCENARIOS)(new.command)
app.command("check", rich_help_panel=SCENARIOS)(check.command)
app.command("show", rich_help_panel=SCENARIOS)(show.command)
app.command("run", rich_help_panel=SCENARIOS)(run.command)
app.command("trace", rich_help_panel=SCENARIOS)(trace.command)
app.command("report", rich_help_panel=SCENARIOS)(report.command)
app.command("plot", rich_help_panel=SCENARIOS)(plot.command)
app.command("list", rich_help_panel=SCENARIOS)(list_command.command)
app.command("schema", rich_help_panel=SCENARIOS)(schema.command)
app.command("sweep", rich_help_panel=STUDIES)(sweep.command)
app.command("compare", rich_help_panel=STUDIES)(compare.command)
app.command("sensitivity", rich_help_panel=STUDIES)(sensitivity.command)
app.command("influence", rich_help_panel=STUDIES)(influence.command)
app.command("power", rich_help_panel=STUDIES)(power.command)
app.command("discover", rich_help_panel=STUDIES)(discover.command)
app.command("assess", rich_help_panel=ELECTIONS)(assess.command)
app.add_typer(audit.app, name="audit", rich_help_panel=ELECTIONS)
app.command("plan", rich_help_panel=ELECTIONS)(plan.command)
app.command("export", rich_help_panel=ELECTIONS)(export.command)
app.command("queue", rich_help_panel=ELECTIONS)(queue.command)
app.command("bargain", rich_help_panel=ELECTIONS)(bargain.command)
