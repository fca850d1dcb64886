"""The command line: one file a command. Command modules import typer alone at the top, so that
`--help` answers quickly.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.dress import Door, add
from sim.cli.elections import assess, audit, bargain, export, plan, queue
from sim.cli.scenarios import check, new, plot, report, run, schema, show, trace
from sim.cli.scenarios import list as list_command
from sim.cli.studies import compare, discover, influence, power, sensitivity, sweep

app = typer.Typer(
    name="sim",
    cls=Door,
    help="Election-monitoring scenario simulator: one run joins the negotiating table to the "
    "tally sheet.",
    no_args_is_help=True,
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

COMMANDS = (
    (SCENARIOS, "new", new.command, "sim new mine.toml --from bellmar"),
    (SCENARIOS, "check", check.command, "sim check bellmar --quick"),
    (SCENARIOS, "show", show.command, "sim show bellmar --explain night.exit_cost"),
    (SCENARIOS, "run", run.command, "sim run bellmar -n 100 --plot bellmar.png"),
    (SCENARIOS, "trace", trace.command, "sim trace bellmar -r 3"),
    (SCENARIOS, "report", report.command, "sim report bellmar -n 100 --out bellmar.html"),
    (SCENARIOS, "plot", plot.command, "sim plot flow bellmar -n 100 --out flow.png"),
    (SCENARIOS, "list", list_command.command, "sim list keys --search witness"),
    (SCENARIOS, "schema", schema.command, "sim schema --out scenario.schema.json"),
    (STUDIES, "sweep", sweep.command, "sim sweep bellmar --axis quick_count.n=60,150 -n 40"),
    (STUDIES, "compare", compare.command, "sim compare venezuela-2024 boycott -n 100"),
    (STUDIES, "sensitivity", sensitivity.command, "sim sensitivity venezuela-2024 -n 200"),
    (STUDIES, "influence", influence.command, "sim influence bellmar --alone -n 40"),
    (STUDIES, "power", power.command, "sim power bellmar -n 20 --manipulation sheet_alteration"),
    (
        STUDIES,
        "discover",
        discover.command,
        "sim discover bellmar --axis quick_count.n=20:200 --outcome qc_calls_winner --points 40",
    ),
    (
        ELECTIONS,
        "assess",
        assess.command,
        "sim assess sheets.csv --frame frame.csv --announced announced.toml",
    ),
    (ELECTIONS, "plan", plan.command, "sim plan --past past.csv --frame frame.csv --margin 0.02"),
    (ELECTIONS, "export", export.command, "sim export bellmar -r 3 --out day"),
    (ELECTIONS, "queue", queue.command, "sim queue --machines 2 --voters 900"),
    (ELECTIONS, "bargain", bargain.command, "sim bargain actors.csv --scale 4:10"),
)
"""Every command under its heading, with the example of its help (tests/docs runs each)."""

for _panel, _name, _command, _example in COMMANDS:
    add(app, _name, _command, _example, _panel)
app.add_typer(audit.app, name="audit", rich_help_panel=ELECTIONS)
