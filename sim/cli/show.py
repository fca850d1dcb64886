"""`sim show`: a scenario with all layers resolved, or one value with where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.run import SCENARIO, SET
from sim.json_text import json_text


def command(
    scenario: SCENARIO,
    explain: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="one dotted key: value, unit, source, file, line"),
    ] = None,
    overrides: SET = None,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="every value, not only those set by files")
    ] = False,
) -> None:
    """Show a resolved scenario; with --explain KEY, where one value comes from and what it
    overrode.
    """

    from sim.output.provenance import explanation, listing
    from sim.output.screen import tell
    from sim.scenario.load import load
    from sim.scenario.provenance import explain as explain_key

    resolved = load(scenario, overrides or ())
    if explain is not None:
        found = explain_key(resolved, explain)
        tell(json_text(found.as_json()) if json_out else explanation(found))
    elif json_out:
        tell(json_text(resolved.as_json()))
    else:
        tell(listing(resolved, everything=everything))
