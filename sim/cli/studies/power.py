"""`sim power`: what each estimator sees in worlds whose truth is known, with its false alarms
beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ENTROPY, SET, entropy_of, stop_on
from sim.cli.scenarios.things import PLOT, draw, plot_ready

if TYPE_CHECKING:
    from sim.power.power_study import Power


def command(
    scenario: Annotated[
        str, typer.Argument(help="scenario file, or the name of a shipped one")
    ] = "venezuela-2024",
    replicates: Annotated[
        int,
        typer.Option(
            "--replicates", "-n", min=1, help="elections drawn; each is held in every world"
        ),
    ] = 200,
    entropy: ENTROPY = None,
    overrides: SET = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="processes (default: all cores)")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="folder of the study (default: power/<scenario>); run again to go on"),
    ] = None,
    manipulation: Annotated[
        list[str] | None,
        typer.Option("--manipulation", help='only this one, or "none"; repeatable'),
    ] = None,
    estimator: Annotated[
        list[str] | None,
        typer.Option("--estimator", help="ask this one alone, in every replicate; repeatable"),
    ] = None,
    slow_every: Annotated[
        int,
        typer.Option(
            min=0,
            help="ask the slow tests of digits and shapes in every so-many-th replicate; 0: never",
        ),
    ] = 0,
    json_out: Annotated[bool, typer.Option("--json", help="print the rows as JSON")] = False,
    plot: PLOT = None,
) -> None:
    """Hold the same elections honestly and manipulated, under full and partial evidence, and ask
    every estimator.

    Writes power.parquet and power.csv; --plot draws the heat map of the first evidence. Every
    rejection rate stands beside the false alarms of its estimator.
    """

    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import note
    from sim.output.tables.power import as_json
    from sim.power.power_study import asked_for, power
    from sim.scenario.load import load

    plot_ready(plot)
    asked = asked_for(manipulation or (), estimator or (), slow_every)
    resolved = load(scenario, overrides or ())
    folder = out or Path("power") / resolved.name
    with watching(replicates, resolved.name) as watch:
        study = power(
            resolved,
            folder,
            replicates=replicates,
            entropy=entropy_of(entropy),
            asked=asked,
            jobs=jobs,
            watch=watch,
        )
    draw(study, plot, kind="power")
    if json_out:
        document = {
            "scenario": resolved.name,
            "digest": resolved.digest,
            "entropy": hex(study.entropy),
            "replicates": replicates,
            "failures": study.failed.failed if study.failed else 0,
            "rows": as_json(study.rows),
        }
        tell_document("power", document)
    else:
        _print(study)
    cost = study.milliseconds_per_world
    speed = (
        "all blocks found there"
        if cost is None
        else f"{cost:.0f} ms of processor time a world, evidence and replicate"
    )
    note(f"written: {folder} (power.parquet, power.csv); {speed}")
    stop_on(study.failed)


def _print(study: Power) -> None:
    from sim.output.screen import tell
    from sim.output.tables.grid import paragraph, table_text
    from sim.output.tables.power import power_tables, speaking

    for table in power_tables(study.rows):
        tell(table_text(table) + "\n")
    silent = sorted(set(study.rows["estimator"].to_list()) - set(speaking(study.rows)))
    if silent:
        tell(paragraph(f"never decided: {', '.join(silent)}"))
