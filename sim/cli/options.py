"""Options that several commands share, and what is done with their values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.records.results.outcome import Failures
    from sim.studies.running.result import Run


def scenario_names(begun: str) -> list[str]:
    """Return the shipped scenarios whose names begin so, for a shell that completes them."""
    from sim.scenario.find import list_scenario_files

    return [path.stem for path in list_scenario_files() if path.stem.startswith(begun)]


SCENARIO = Annotated[
    str,
    typer.Argument(
        help="scenario file, or the name of a shipped one (see `sim list scenarios`)",
        autocompletion=scenario_names,
    ),
]
SET = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="last overlay on the scenario; repeatable"),
]
ENTROPY = Annotated[
    str | None, typer.Option(help="seed of all random numbers, hexadecimal (0x...) or decimal")
]


def entropy_of(text: str | None) -> int | None:
    """Return --entropy as a number.

    Raises:
        InputError: it is no whole number of zero or more.
    """
    from sim.errors import InputError

    if text is None:
        return None
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if value < 0:
        raise InputError(f"--entropy {text!r}: write a whole number such as 7 or 0x5EED")
    return value


def capped(jobs: int | None) -> int | None:
    """Return --jobs, at most one a core; says so where it asks for more."""
    from sim.output.screen import note
    from sim.workers.executors import cores

    if jobs is None or jobs <= cores():
        return jobs
    note(f"sim: --jobs {jobs}: this machine has {cores()} cores for it; {cores()} are used")
    return cores()


def note_damaged(files: Sequence[Path]) -> None:
    """Name the stored files that were not what was written and were computed again."""
    from sim.output.screen import warn

    for file in files:
        warn(f"sim: {file} was damaged (its checksum is another); it was computed again")


def speed(result: Run) -> str:
    """Return how quick a run was; what lay in its folder cost nothing."""
    if not result.computed:
        return "All were found in the run folder"
    found = result.rows.height - result.computed
    rate = result.computed / max(result.seconds, 1e-9)
    more = f", {found} found in the run folder" if found > 0 else ""
    return f"{result.seconds:.1f} s, {rate:.0f} replicates a second{more}"


def stop_on(*failed: Failures | None) -> None:
    """Say on stderr how many replicates failed and how to re-live the first, and end with exit code
    3; nothing without any.
    """

    from sim.output.screen import warn

    told = [one.words() for one in failed if one is not None]
    for words in dict.fromkeys(told):
        warn(f"sim: {words}")
    if told:
        raise typer.Exit(3)
