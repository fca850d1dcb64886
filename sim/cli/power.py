"""`sim power`: what each estimator sees in worlds whose truth is known, with its false alarms
beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.run import ENTROPY, SET, entropy_of, stop_on
from sim.json_text import json_text

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
    picture: Annotated[
        bool, typer.Option("--picture/--no-picture", help="draw power.png and power.svg")
    ] = True,
) -> None:
    """Hold the same elections honestly and manipulated, under full and partial evidence, and ask
    every estimator.

    Writes power.parquet, power.csv and the heat map. Every rejection rate stands beside the false
    alarms of its estimator.
    """

    from sim.output.power import as_json, draw
    from sim.output.progress import watching
    from sim.output.screen import note, tell
    from sim.power.power_study import asked_for, power
    from sim.scenario.load import load

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
    if picture:
        draw(
            study.rows,
            folder,
            f"What each method sees: {resolved.scenario.title}",
            _subtitle(study),
        )
    if json_out:
        document = {
            "scenario": resolved.name,
            "digest": resolved.digest,
            "entropy": hex(study.entropy),
            "replicates": replicates,
            "failures": study.failed.failed if study.failed else 0,
            "rows": as_json(study.rows),
        }
        tell(json_text(document))
    else:
        _print(study)
    cost = study.milliseconds_per_world
    speed = (
        "all blocks found there"
        if cost is None
        else f"{cost:.0f} ms of processor time a world, evidence and replicate"
    )
    note(
        f"written: {folder} (power.parquet, "
        f"power.csv{', power.png, power.svg' if picture else ''}); {speed}"
    )
    stop_on(study.failed)


def _subtitle(study: Power) -> list[str]:
    return [
        f"{study.replicates} elections drawn (costly methods in some of them), each held in every "
        "world.",
        "A cell reads: % found inconsistent (% in the honest world of the same evidence: false "
        "alarms). Grey: not asked.",
        "Intensities are assumptions inside the study ranges, not estimates of any real election.",
    ]


def _print(study: Power) -> None:
    from sim.output.grid import paragraph, table_text
    from sim.output.power import power_tables, speaking
    from sim.output.screen import tell

    for table in power_tables(study.rows):
        tell(table_text(table) + "\n")
    silent = sorted(set(study.rows["estimator"].to_list()) - set(speaking(study.rows)))
    if silent:
        tell(paragraph(f"never decided: {', '.join(silent)}"))
