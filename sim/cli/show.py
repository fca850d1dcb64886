"""`sim show`: a scenario with all layers resolved, or one value with where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.run import SCENARIO, SET


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
    import json

    from sim.output.provenance import explanation, listing
    from sim.scenario.load import load
    from sim.scenario.provenance import explain as explain_key

    resolved = load(scenario, overrides or ())
    if explain is not None:
        found = explain_key(resolved, explain)
        print(
            json.dumps(found.as_json(), indent=1, default=str, ensure_ascii=False)
            if json_out
            else explanation(found)
        )
    elif json_out:
        print(json.dumps(resolved.as_json(), indent=1, default=str, ensure_ascii=False))
    else:
        print(listing(resolved, everything=everything))
