"""`sim show`: a scenario with all layers resolved, or one value with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import SCENARIO, SET

if TYPE_CHECKING:
    from sim.scenario.load import Resolved


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
    article: Annotated[
        bool, typer.Option("--article", help="the seed's statements and facts, and what they set")
    ] = False,
    effects: Annotated[
        int, typer.Option(min=0, max=1000, help="with --article: pairs played without each fact")
    ] = 0,
) -> None:
    """Show a resolved scenario; with --explain KEY, where one value comes from and what it
    overrode; with --article, what each fact of the seed does.

    With --effects 40 each fact takes about a second.
    """

    from sim.output.documents.tell import tell_document
    from sim.output.provenance import explanation, listing
    from sim.output.screen import tell
    from sim.scenario.keys.provenance import explain as explain_key
    from sim.scenario.load import load

    resolved = load(scenario, overrides or ())
    if explain is not None:
        found = explain_key(resolved, explain)
        if json_out:
            tell_document("explanation", found.as_json())
        else:
            tell(explanation(found))
    elif article:
        _print_article(resolved, effects, json_out)
    elif json_out:
        tell_document("resolved", resolved.as_json())
    else:
        tell(listing(resolved, everything=everything))


def _print_article(resolved: Resolved, pairs: int, json_out: bool) -> None:
    from dataclasses import asdict

    from sim.output.article import article_lines
    from sim.output.documents.tell import tell_document
    from sim.output.screen import tell
    from sim.studies.fact_effects import fact_effects

    found = fact_effects(resolved, pairs)
    if json_out:
        tell_document("article", {"facts": [asdict(effect) for effect in found]})
    else:
        tell("\n".join(article_lines(resolved, found)))
