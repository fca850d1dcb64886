"""`sim sensitivity`: which inputs move an outcome, and how far all assumptions together let it
move.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.run import ENTROPY, SCENARIO, SET, entropy_of, stop_on
from sim.cli.sweep import DASK, JOBS, JSON, REPLICATES
from sim.json_text import json_text

if TYPE_CHECKING:
    from sim.records.assumptions import Assumptions
    from sim.scenario.load import Resolved
    from sim.studies.sensitivity import Sensitivity, Tornado
    from sim.studies.sweep_options import SizedOptions, SweepOptions

AXIS = Annotated[
    list[str] | None,
    typer.Option("--axis", metavar="KEY=LOW:HIGH", help="input: range or values; repeatable"),
]
STORE = Annotated[
    Path | None, typer.Option(help="folder of the store, for resuming (default: sweeps/<name>)")
]


def command(
    scenario: SCENARIO,
    axis: AXIS = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="number or yes/no outcome; repeatable")
    ] = None,
    points: Annotated[
        int | None, typer.Option(min=2, help="rows of the Sobol design (a power of two), or points")
    ] = None,
    replicates: REPLICATES = None,
    tornado: Annotated[
        bool, typer.Option("--tornado", help="move one input at a time instead")
    ] = False,
    assumptions: Annotated[
        bool,
        typer.Option("--assumptions", help="all assumptions at once, over their stated ranges"),
    ] = False,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: STORE = None,
    jobs: JOBS = None,
    dask: DASK = None,
    json_out: JSON = False,
) -> None:
    """Sobol indices with intervals, a tornado, or the range that all assumptions together allow.

    Inputs are the axes given, or what the scenario declares as [uncertainties] and [levers].
    """
    from sim.output.progress import watching
    from sim.scenario.load import load
    from sim.workers.dask_cluster import pool_for

    resolved = load(scenario, overrides or ())
    with pool_for(dask, jobs) as executor, watching(1, resolved.name) as watch:
        options: SweepOptions = {
            "folder": out or Path("sweeps") / Path(scenario).stem,
            "entropy": entropy_of(entropy),
            "jobs": jobs,
            "executor": executor,
            "watch": watch,
        }
        if assumptions:
            _assumptions(resolved, points, replicates, json_out, options)
        else:
            _inputs(
                resolved,
                axis or [],
                outcome or [],
                points,
                tornado,
                json_out,
                {**options, "replicates": replicates or 20},
            )


def _assumptions(
    resolved: Resolved,
    points: int | None,
    replicates: int | None,
    json_out: bool,
    options: SweepOptions,
) -> None:
    from dataclasses import asdict

    from sim.output.notices import notices
    from sim.output.screen import tell
    from sim.studies.assumptions import save_assumptions, study_assumptions

    found = study_assumptions(
        resolved,
        points=128 if points is None else points,
        replicates=5 if replicates is None else replicates,
        **options,
    )
    path = save_assumptions(found)
    if json_out:
        tell(json_text(asdict(found)))
    else:
        tell("\n".join(notices(resolved)))
        _print_counts(found, path)
    stop_on(found.failed)


def _print_counts(found: Assumptions, path: Path) -> None:

    from sim.output.screen import note

    note(f"written: {path}; `sim run {found.scenario}` prints these lines from now on")
    note(
        "queues were interpolated on a coarse grid, the same at all points: mean "
        "waits within about 2 %"
    )
    if found.drawn_in_points:
        note(
            f"{found.drawn_in_points} points were drawn in because a table refused "
            "its numbers together"
        )


def _inputs(
    resolved: Resolved,
    axis: list[str],
    outcome: list[str],
    points: int | None,
    tornado: bool,
    json_out: bool,
    options: SizedOptions,
) -> None:
    from sim.output.grid import table_text
    from sim.output.indices import index_table, swing_table
    from sim.output.screen import tell
    from sim.studies import sensitivity
    from sim.studies.study_arguments import parse_axes

    axes = parse_axes(axis, resolved)
    outcomes = outcome or sensitivity.headline_numbers(resolved)
    found: Tornado | Sensitivity
    if tornado:
        found = sensitivity.tornado(resolved, axes, outcomes, **options)
        title = f"{resolved.name}: one input at a time, 5 % to 95 % of its range"
        table = swing_table(found.rows, sensitivity.units(outcomes), title)
    else:
        found = sensitivity.sensitivity(resolved, axes, outcomes, rows=points or 64, **options)
        title = f"{resolved.name}: Sobol indices of the mean of {options['replicates']} replicates"
        table = index_table(found.rows, title)
    tell(json_text(found.rows) if json_out else table_text(table))
    stop_on(found.failed)
