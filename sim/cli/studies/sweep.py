"""`sim sweep`: run a scenario at many points, stored so that nothing is computed twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ENTROPY, SET, capped, entropy_of, note_damaged, stop_on

if TYPE_CHECKING:
    from sim.studies.sweeps.study_file import Study

JOBS = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="processes or local Dask workers (default: all cores)"
    ),
]
DASK = Annotated[
    str | None,
    typer.Option(help="on Dask: local, tls://host:port; tcp://host:port in a trusted network"),
]
REPLICATES = Annotated[
    int | None, typer.Option("--replicates", "-n", min=1, help="replicates at each point")
]
JSON = Annotated[bool, typer.Option("--json", help="print as JSON")]
STORE = Annotated[Path | None, typer.Option(help="folder of the store (default: sweeps/<name>)")]
AXIS = Annotated[
    list[str] | None,
    typer.Option("--axis", metavar="KEY=1,2,3", help="values of a parameter; repeatable"),
]


def command(
    target: Annotated[
        str,
        typer.Argument(metavar="STUDY|SCENARIO", help="study file, or name or file of a scenario"),
    ],
    axis: AXIS = None,
    design: Annotated[
        Path | None, typer.Option(help="table of points, CSV or Parquet: one column a key")
    ] = None,
    replicates: REPLICATES = None,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: STORE = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="outcome to print; repeatable")
    ] = None,
    jobs: JOBS = None,
    dask: DASK = None,
    grow: Annotated[
        bool, typer.Option("--grow", help="add replicates to a sweep that is there")
    ] = False,
    until: Annotated[
        str | None,
        typer.Option(metavar="OUTCOME:HALFWIDTH", help="stop each point when precise enough"),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="the strategic layer alone: quick, without tally sheets")
    ] = False,
    table: Annotated[
        Path | None, typer.Option(help="write all replicates of all points to this Parquet file")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write the file of --table anew")
    ] = False,
    json_out: JSON = False,
) -> None:
    """Run a scenario at every point of a design; run again to resume, also after a crash.

    All points share their random numbers. Exit code 3 when replicates failed (they are rows of the
    table).
    """

    from sim.disk.write import ready
    from sim.measures.register import known_outcomes
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph, table_text
    from sim.output.tables.sweeps import as_json, sweep_table
    from sim.replicate.build import measures_of
    from sim.studies.sweeps.design import points_of
    from sim.studies.sweeps.sweep import run_study
    from sim.workers.dask_cluster import pool_for

    study = study_of(target, axis or [], design, overrides or [])
    _refuse_one_point(target, study, bool(axis or design))
    asked = outcome or study.file.outcomes or study.resolved.scenario.measures.report or None
    names = known_outcomes(asked, measures_of(study.resolved))
    total = (replicates or study.file.replicates or study.resolved.scenario.run.replicates) * len(
        points_of(study)
    )
    if table is not None:
        ready(table, replace=replace)
    folder = out or Path("sweeps") / Path(target).stem
    with pool_for(dask, jobs) as executor, watching(total, study.file.title) as watch:
        done = run_study(
            study,
            folder,
            replicates=replicates,
            entropy=entropy_of(entropy),
            jobs=capped(jobs),
            executor=executor,
            grow=grow,
            until=_until(until),
            watch=watch,
            alone=alone,
        )
    note_damaged(done.store.damaged)
    for worker in done.dropped:
        note(f"sim: a worker was sent away and its work given to others: {worker}")
    for others in done.others:
        note(f"sim: shards of this study by {others} lie in the store, too; they are not used")
    rows = done.summary(names)
    if table is not None:
        done.save(table, replace=replace)
    if json_out:
        document = {
            "title": study.file.title,
            "entropy": hex(done.entropy),
            "computed": done.computed,
            "skipped": done.skipped,
            "failures": len(done.failures),
            "units": {name: done.units()[name] for name in names},
            "points": as_json(rows),
        }
        tell_document("sweep", document)
    else:
        title = f"{study.file.title}: {len(done.points)} points, entropy {hex(done.entropy)}"
        tell(table_text(sweep_table(rows, title)))
        tell(
            paragraph(
                "± one Monte Carlo standard error; a probability's estimate is a share, a "
                "number's a median."
            )
        )
    note(
        f"store: {folder} ({done.computed} shards computed, {done.skipped} found "
        f"there, {done.seconds:.1f} s)"
    )
    stop_on(done.failed)


def _refuse_one_point(target: str, study: Study, given: bool) -> None:
    """Refuse a scenario without an axis: one point is a run. Say what could be swept."""
    from sim.errors import InputError, Problem

    if given or study.file.axes or study.file.design.kind != "grid" or study.file.design.cross:
        return
    levers = study.resolved.scenario.levers
    some = [
        f"--axis {path}={','.join(map(_plain, values))}" for path, values in levers.items()
    ] or ["--axis quick_count.n=60,150"]
    raise InputError(
        Problem(
            f"no axis: this would be one point, which `sim run {target}` plays",
            hint=f"add for example {' '.join(some[:3])}, or --design FILE with a table of points",
        )
    )


def _plain(value: object) -> str:
    from sim.json_text import json_text

    return value if isinstance(value, str) else json_text(value)


def study_of(target: str, axis: list[str], design: Path | None, overrides: list[str]) -> Study:
    """Return a study file, or the study that axes or points of a scenario make."""
    from sim.errors import InputError
    from sim.studies.sweeps.study_arguments import study_from
    from sim.studies.sweeps.study_file import find_study, load_study

    file = find_study(target)
    if file is None:
        return study_from(target, axis, design, overrides)
    if axis or design is not None:
        raise InputError(
            f"{file} is a study with axes of its own; give --axis and --design to a "
            "scenario, or edit the file"
        )
    return load_study(file, tuple(overrides))


def _until(text: str | None) -> tuple[str, float] | None:
    from sim.errors import InputError

    if text is None:
        return None
    name, _, width = text.rpartition(":")
    try:
        value = float(width)
    except ValueError:
        value = 0.0
    if not name or not 0 < value < float("inf"):
        raise InputError(
            f"--until {text!r}: write OUTCOME:HALFWIDTH, for example winner_matches:0.05"
        )
    return name, value
