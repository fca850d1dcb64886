"""`sim sensitivity`: which assumptions or inputs move an outcome."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, capped, entropy_of, stop_on
from sim.cli.scenarios.things import PLOT, draw, plot_ready
from sim.cli.studies.sweep import DASK, JOBS, JSON, REPLICATES

if TYPE_CHECKING:
    from sim.scenario.load import Resolved
    from sim.studies.sensitivity import Sensitivity, Tornado
    from sim.studies.sweeps.sweep_options import SizedOptions

AXIS = Annotated[
    list[str] | None,
    typer.Option("--axis", metavar="KEY=LOW:HIGH", help="input: range or values; repeatable"),
]
STORE = Annotated[
    Path | None,
    typer.Option(help="run folder (default: below runs); with inputs, the store of the sweep"),
]


def command(
    scenario: SCENARIO,
    axis: AXIS = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="outcome to explain; repeatable")
    ] = None,
    points: Annotated[
        int | None, typer.Option(min=2, help="rows of the Sobol design (a power of two)")
    ] = None,
    replicates: REPLICATES = None,
    sobol: Annotated[
        bool, typer.Option("--sobol", help="Sobol indices of inputs instead of the assumptions")
    ] = False,
    tornado: Annotated[
        bool, typer.Option("--tornado", help="move one input at a time instead")
    ] = False,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: STORE = None,
    jobs: JOBS = None,
    dask: DASK = None,
    json_out: JSON = False,
    plot: PLOT = None,
) -> None:
    """Name the assumptions that move the headline outcomes, from the run that `sim run` makes.

    Replicates that lie in the run folder are not computed again. With --axis, --sobol or --tornado,
    inputs are moved instead: the axes given, or the scenario's uncertainties and levers.
    """
    from sim.output.progress import watching
    from sim.scenario.load import load
    from sim.workers.dask_cluster import pool_for

    plot_ready(plot)
    resolved = load(scenario, overrides or ())
    if not (axis or sobol or tornado):
        total = replicates or resolved.scenario.run.replicates
        about = total, entropy_of(entropy), capped(jobs), out
        _assumptions(resolved, outcome or [], *about, json_out=json_out, plot=plot)
        return
    with pool_for(dask, jobs) as executor, watching(1, resolved.name) as watch:
        options: SizedOptions = {
            "folder": out or Path("sweeps") / Path(scenario).stem,
            "entropy": entropy_of(entropy),
            "jobs": jobs,
            "executor": executor,
            "watch": watch,
            "replicates": replicates or 20,
        }
        _inputs(resolved, axis or [], outcome or [], points, tornado, json_out, plot, options)


def _assumptions(
    resolved: Resolved,
    outcomes: list[str],
    total: int,
    entropy: int | None,
    jobs: int | None,
    out: Path | None,
    *,
    json_out: bool,
    plot: Path | None,
) -> None:
    from dataclasses import asdict

    from sim.measures.register import known_outcomes
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import tell
    from sim.output.tables.assumed import assumption_table, not_drawn_words
    from sim.output.tables.grid import paragraph, table_text
    from sim.replicate.build import measures_of
    from sim.studies.assumed import assumptions
    from sim.studies.running.manifest import default_folder
    from sim.studies.running.run import run

    names = known_outcomes(outcomes, measures_of(resolved)) if outcomes else ()
    used = resolved.scenario.run.entropy_value() if entropy is None else entropy
    folder = out or default_folder(resolved, used)
    with watching(total, Path(resolved.name).stem) as watch:
        done = run(
            resolved, replicates=total, entropy=entropy, jobs=jobs, watch=watch, folder=folder
        )
    found = assumptions(done, names)
    draw(found, plot)
    if json_out:
        tell_document("assumptions", asdict(found))
    else:
        tell(table_text(assumption_table(found)))
        how = (
            "assumptions: central 90 % of what they leave open. In brackets: Spearman's rank "
            "correlation of a set's mean with the value that it drew; named are those that chance "
            "would hardly give (max-T, 5 %)."
        )
        for text in (how, not_drawn_words(resolved)):
            tell(paragraph(text))
    stop_on(done.failed)


def _inputs(
    resolved: Resolved,
    axis: list[str],
    outcome: list[str],
    points: int | None,
    tornado: bool,
    json_out: bool,
    plot: Path | None,
    options: SizedOptions,
) -> None:
    from dataclasses import asdict

    from sim.output.documents.tell import tell_document
    from sim.output.screen import note, tell
    from sim.output.tables.grid import table_text
    from sim.output.tables.indices import index_table, swing_table
    from sim.studies import sensitivity
    from sim.studies.sweeps.study_arguments import parse_axes

    axes = parse_axes(axis, resolved)
    outcomes = outcome or sensitivity.headline_numbers(resolved)
    left_out = [] if outcome else sensitivity.headline_categories(resolved)
    if left_out:
        note(
            f"left out, since they are no numbers: {', '.join(left_out)}. Without --sobol and "
            "--tornado their categories are told; `sim sweep` shows how an input moves them."
        )
    found: Tornado | Sensitivity
    if tornado:
        found = sensitivity.tornado(resolved, axes, outcomes, **options)
        title = f"{resolved.name}: one input at a time, 5 % to 95 % of its range"
        table = swing_table(found.rows, title)
    else:
        found = sensitivity.sensitivity(resolved, axes, outcomes, rows=points or 64, **options)
        title = f"{resolved.name}: Sobol indices of the mean of {options['replicates']} replicates"
        table = index_table(found.rows, title)
    draw(found, plot)
    if json_out:
        rows = [asdict(row) for row in found.rows]
        tell_document("tornado" if tornado else "sobol", {"rows": rows})
    else:
        tell(table_text(table))
    stop_on(found.failed)
