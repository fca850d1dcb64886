"""`sim list`: what there is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sim.json_text import json_text


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

    from rich.table import Table

    from sim.output.catalogue import catalogue
    from sim.output.screen import screen, tell

    rows = catalogue(kind.value)
    if json_out:
        tell(json_text(rows))
        return
    table = Table(*(rows[0] if rows else {"nothing": ""}), header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    screen(160).print(table)
