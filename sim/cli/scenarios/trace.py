"""`sim trace`: re-live one replicate as a dated story."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, entropy_of, stop_on
from sim.json_text import json_text


def command(
    scenario: SCENARIO,
    replicate: Annotated[int, typer.Option("--replicate", "-r", min=0, help="which replicate")] = 0,
    entropy: ENTROPY = None,
    overrides: SET = None,
    everything: Annotated[
        bool, typer.Option("--all", help="also decisions, beliefs and hourly counts")
    ] = False,
    daily: Annotated[bool, typer.Option("--daily", help="every day of protest, not weeks")] = False,
    json_out: Annotated[
        bool, typer.Option("--json", help="one JSON object an event, then one of outcomes")
    ] = False,
) -> None:
    """Tell one replicate as a dated story, event by event; one that failed, up to its failure (exit
    code 3).
    """

    from sim.names import Names
    from sim.output.screen import tell
    from sim.output.story import ending, json_lines, story
    from sim.output.tables.grid import paragraph
    from sim.replicate.trace import trace

    traced = trace(scenario, replicate, entropy=entropy_of(entropy), overrides=overrides or ())
    if json_out:
        for line in json_lines(traced.ledger):
            tell(line)
        outcomes = {"error": traced.outcome.error} if traced.failed else traced.outcome.values
        tell(
            json_text(
                {
                    "event": "Outcomes",
                    "replicate": replicate,
                    "set": traced.outcome.set,
                    **outcomes,
                },
                indent=None,
            )
        )
        stop_on(traced.failed)
        return
    number = traced.outcome.set
    drawn = "" if number is None else f", set {number} of assumptions"
    about = f"replicate {replicate}{drawn} (entropy {hex(traced.entropy)})"
    tell(paragraph(f"{traced.resolved.scenario.title}: {about}"))
    played = traced.resolved.scenario
    names = Names({key: member.name for key, member in played.cast.items()})
    first = played.vote.days[0]
    for line in story(traced.ledger, first, names, everything=everything, daily=daily):
        tell(paragraph(line, hang=4))
    stop_on(traced.failed)
    tell("\n" + paragraph(ending(traced.ledger, traced.outcome.values, first, names)))
