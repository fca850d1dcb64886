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
    roles = "roles"
    bargaining = "bargaining"
    effects = "effects"
    keys = "keys"
    manipulations = "manipulations"
    estimators = "estimators"
    events = "events"
    sources = "sources"
    facts = "facts"
    base_rates = "base-rates"


def command(
    kind: Annotated[Kind, typer.Argument(help="what to list")],
    search: Annotated[
        str, typer.Option("--search", metavar="WORD", help="only what holds this word")
    ] = "",
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """List scenarios, seeds, outcomes, keys of a scenario file, or the parts of the model."""
    from sim.output.catalogue import catalogue, catalogue_table
    from sim.output.documents.tell import tell_document
    from sim.output.screen import tell
    from sim.output.tables.grid import entries_text

    rows = catalogue(kind.value, search)
    if json_out:
        tell_document("list", {"list": kind.value, "rows": rows})
        return
    tell(
        entries_text(catalogue_table(rows)) if rows else f"nothing in {kind.value} holds {search!r}"
    )
