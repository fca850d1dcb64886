"""`sim influence`: what each decision and lever would change."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, capped, entropy_of, stop_on
from sim.cli.scenarios.things import PLOT, draw, plot_ready


def command(
    scenario: SCENARIO,
    replicates: Annotated[
        int, typer.Option("--replicates", "-n", min=2, help="replicates of each option")
    ] = 100,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="outcome to compare; repeatable")
    ] = None,
    decision: Annotated[
        list[str] | None,
        typer.Option("--decision", help="only decisions whose words hold this; repeatable"),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="the strategic layer alone: a tenth of the time")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="also the options that change nothing")
    ] = False,
    entropy: ENTROPY = None,
    overrides: SET = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="processes (default: all cores)")
    ] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
    plot: PLOT = None,
) -> None:
    """Force every decision and lever either way on the same replicates, and print what it changes.

    A difference is that of the option alone: luck and assumptions are the same in both.
    """
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import tell
    from sim.output.tables.grid import paragraph, table_text
    from sim.output.tables.influence import influence_table, still_words
    from sim.scenario.load import load
    from sim.studies.influence import influence

    plot_ready(plot)
    resolved = load(scenario, overrides or ())
    with watching(1, f"influence {resolved.name}") as watch:
        found = influence(
            resolved,
            outcomes=outcome or (),
            decisions=decision or (),
            replicates=replicates,
            entropy=entropy_of(entropy),
            alone=alone,
            jobs=capped(jobs),
            watch=watch,
        )
    draw(found, plot)
    if json_out:
        tell_document("influence", found.as_json())
    else:
        tell(table_text(influence_table(found, everything=everything)))
        how = (
            "Differences from the run as it is, replicate by replicate, with 90 % intervals; 0: "
            "equal in every replicate. An option without a date is expected by whoever would be."
        )
        for text in (how, "" if everything else still_words(found)):
            if text:
                tell(paragraph(text))
    stop_on(found.failed)
