"""The command line: one file a command. Command modules import typer alone at the top, so that `--help` answers quickly."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="sim",
    help="Election-monitoring scenario simulator: one run joins the negotiating table to the tally sheet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
