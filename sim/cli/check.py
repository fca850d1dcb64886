"""`sim check`: read scenario files and report every mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.run import SET


def command(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="files or names; none: all shipped scenarios")
    ] = None,
    overrides: SET = None,
) -> None:
    """Check scenario files completely before anything runs: every problem at once, with file, line
    and column.
    """

    from sim.errors import InputError
    from sim.output.screen import note, tell
    from sim.replicate.check import check
    from sim.scenario.find import list_scenario_files

    problems = []
    names = scenarios or [str(path) for path in list_scenario_files()]
    for name in names:
        try:
            resolved = check(name, overrides or ())
            tell(f"ok  {name}  ({resolved.scenario.title})")
        except InputError as error:
            problems += error.problems
    if problems:
        for problem in problems:
            note(problem.render() + "")
        note(f"sim: {len(problems)} problem{'s' if len(problems) > 1 else ''}")
        raise typer.Exit(2)
