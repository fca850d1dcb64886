"""`sim list`: what there is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    seeds = "seeds"
    outcomes = "outcomes"
    actors = "actors"
    bargaining = "bargaining"
    manipulations = "manipulations"
    estimators = "estimators"
    events = "events"
    sources = "sources"


def command(
    kind: Annotated[Kind, typer.Argument(help="what to list")],
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """List scenarios, seeds, outcomes, or the parts of the model."""
    import json
    import sys

    from rich.console import Console
    from rich.table import Table

    from sim.output.catalogue import catalogue

    rows = catalogue(kind.value)
    if json_out:
        print(json.dumps(rows, indent=1, default=str, ensure_ascii=False))
        return
    table = Table(*(rows[0] if rows else {"nothing": ""}), header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
