"""`sim discover`: in which part of the inputs is an outcome likely?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, entropy_of, stop_on
from sim.cli.scenarios.things import PLOT, draw, plot_ready
from sim.cli.studies.sensitivity import AXIS, STORE
from sim.cli.studies.sweep import DASK, JOBS, JSON


def command(
    scenario: SCENARIO,
    outcome: Annotated[str, typer.Option("--outcome", help="the outcome looked for")],
    axis: AXIS = None,
    value: Annotated[str, typer.Option("--is", help="value of a category or yes/no outcome")] = "",
    above: Annotated[float | None, typer.Option(help="a number above this counts")] = None,
    below: Annotated[float | None, typer.Option(help="a number below this counts")] = None,
    density: Annotated[
        float, typer.Option(min=0.01, max=1.0, help="wanted chance of the event inside the box")
    ] = 0.8,
    points: Annotated[int, typer.Option(min=20, help="points of the Latin hypercube")] = 256,
    replicates: Annotated[
        int, typer.Option("--replicates", "-n", min=1, help="replicates at each point")
    ] = 20,
    resamples: Annotated[int, typer.Option(min=1, help="resamples of the Monte Carlo error")] = 50,
    design_seed: Annotated[
        int, typer.Option(min=0, help="seed of the design and of resampling")
    ] = 0,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: STORE = None,
    jobs: JOBS = None,
    dask: DASK = None,
    json_out: JSON = False,
    plot: PLOT = None,
    plot_path: Annotated[
        Path | None,
        typer.Option("--plot-path", help="also draw the peeling path: a .svg, .png or .pdf file"),
    ] = None,
) -> None:
    """Find the box of inputs in which an event is likely (PRIM), with the Monte Carlo error carried
    into its limits.

    Inputs are the axes given, or what the scenario declares as uncertainties and levers.
    """
    from dataclasses import asdict

    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import tell
    from sim.output.tables.boxes import box_words
    from sim.output.tables.grid import prose
    from sim.scenario.load import load
    from sim.studies.discover import Interest, discover
    from sim.studies.sweeps.study_arguments import parse_axes
    from sim.workers.dask_cluster import pool_for

    plot_ready(plot)
    plot_ready(plot_path)
    resolved = load(scenario, overrides or ())
    axes = parse_axes(axis or [], resolved)
    with pool_for(dask, jobs) as executor, watching(points * replicates, resolved.name) as watch:
        found = discover(
            resolved,
            axes,
            Interest(outcome, value, above, below),
            points=points,
            replicates=replicates,
            wanted=density,
            design_seed=design_seed,
            resamples=resamples,
            folder=out or Path("sweeps") / Path(scenario).stem,
            entropy=entropy_of(entropy),
            jobs=jobs,
            executor=executor,
            watch=watch,
        )
    draw(found, plot)
    draw(found, plot_path, kind="path")
    if json_out:
        tell_document("discover", asdict(found))
    else:
        tell("\n".join(map(prose, box_words(found))))
    stop_on(found.failed)
