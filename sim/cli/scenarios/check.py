"""`sim check`: read scenario files, report every mistake, and play them in every direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import SET

if TYPE_CHECKING:
    from sim.replicate.dry_play import DryPlay
    from sim.scenario.load import Resolved

PROBLEM = ("message", "file", "line", "column", "path", "hint")


def command(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="files or names; none: all shipped scenarios")
    ] = None,
    overrides: SET = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="read the files only, play nothing")
    ] = False,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """Check scenario files completely: every problem at once, with file, line and column; then play
    each option of each decision and each lever once.

    Playing takes some seconds for the shipped country, in as many processes as there are cores.
    Without names it is done once a seed.
    """
    from sim.errors import InputError, Problem
    from sim.output.documents.tell import tell_document
    from sim.output.screen import note, tell, warn
    from sim.replicate.check import check_with_notes
    from sim.scenario.find import list_scenario_files

    problems: list[Problem] = []
    fine: list[dict[str, object]] = []
    failed = 0
    names = scenarios or [str(path) for path in list_scenario_files()]
    played: set[str] = set()
    for name in names:
        try:
            resolved, notes = check_with_notes(name, overrides or ())
        except InputError as error:
            problems += error.problems
            continue
        whole = bool(scenarios) or resolved.seed.name not in played
        played.add(resolved.seed.name)
        done = None if quick else _played(resolved, whole)
        fine.append(_row(name, resolved, done, notes))
        failed += _tell_failures(name, done)
        said = "" if done is None else f", {done.played} replicates played"
        if not json_out and (done is None or not done.failures):
            tell(f"ok  {name}  ({resolved.scenario.title}{said})")
        for about in () if json_out else notes:
            note(f"  note: {about}")
    if json_out:
        rows = [{key: getattr(problem, key) for key in PROBLEM} for problem in problems]
        tell_document("check", {"scenarios": fine, "problems": rows})
    else:
        for problem in problems:
            warn(problem.render())
    if problems:
        warn(f"sim: {len(problems)} problem{'s' if len(problems) > 1 else ''}")
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(3)


def _row(
    name: str, resolved: Resolved, done: DryPlay | None, notes: tuple[str, ...]
) -> dict[str, object]:
    """Return what is said of a scenario without mistakes."""
    failures = () if done is None else done.failures
    return {
        "name": name,
        "title": resolved.scenario.title,
        "notes": list(notes),
        "played": 0 if done is None else done.played,
        "failures": [
            {"replicate": one.replicate, "changed": one.changed, "error": one.error}
            for one in failures
        ],
    }


def _played(resolved: Resolved, whole: bool) -> DryPlay:
    from sim.replicate.dry_play import dry_play
    from sim.workers.dry_play import dry_play_in_processes

    return dry_play_in_processes(resolved) if whole else dry_play(resolved, quick=True)


def _tell_failures(name: str, done: DryPlay | None) -> int:
    """Tell which plays failed, and return how many."""
    from sim.output.screen import warn

    if done is None or not done.failures:
        return 0
    warn(f"{name}: {len(done.failures)} of {done.played} replicates failed")
    for failure in done.failures[:10]:
        warn(f"  replicate {failure.replicate}, {failure.changed}: {failure.error}")
    return len(done.failures)
