"""`sim report`: one page to hand on, for a run or for a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.run import ENTROPY, SET, capped, entropy_of

if TYPE_CHECKING:
    from sim.output.report.run.subject import Subject

THINGS = (
    "a run folder or a scenario (then it is run now); with more than one, the others are compared "
    "with the first"
)


def command(
    things: Annotated[list[str], typer.Argument(metavar="THING...", help=THINGS)],
    out: Annotated[
        Path | None, typer.Option(help="page to write (default: report-<name>.html)")
    ] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", "-n", min=2, help="of scenarios that are run now")
    ] = None,
    entropy: ENTROPY = None,
    overrides: SET = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="processes")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Write a report: one HTML page that needs no network and no other file.

    It opens with the scenario's question, the answer with its errors, and what would change it. The
    same input gives the same page, byte for byte. Exit code 3 when replicates failed: the page says
    how many.
    """
    from sim.cli.run import stop_on
    from sim.errors import InputError
    from sim.output.report.comparison.comparison_report import comparison_page
    from sim.output.report.page.page import save_page
    from sim.output.report.run.run_report import run_page
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph

    if len(things) > 6:
        raise InputError(f"{len(things) - 1} alternatives; a report compares at most 5 with a base")
    target = out or Path(f"report-{'-'.join(Path(thing).stem for thing in things)}.html")
    make_ready(target, things, replace)
    subjects = [subject_of(thing, replicates, entropy, overrides, jobs) for thing in things]
    again = _words(things, target, replicates, entropy, overrides)
    many = len(subjects) > 1
    page = comparison_page(subjects, again) if many else run_page(subjects[0], again)
    size = save_page(page, target, replace=replace)
    for words in page.answer:
        tell(paragraph(words))
    note(f"written: {target} ({size / 1000:,.0f} kB)")
    stop_on(*(one.failures for one in subjects))


def make_ready(target: Path, things: list[str], replace: bool) -> None:
    """Make sure, before anything is computed, that the file can be written.

    Of run folders the same file may lie there already: they are quick to read, and it stays.

    Raises:
        StoreError: something lies there, or its folder cannot be written.
    """
    from sim.disk.write import ready

    quick = all(Path(thing).is_dir() for thing in things)
    ready(target, replace=replace or (quick and target.is_file()))


def subject_of(
    thing: str,
    replicates: int | None,
    entropy: str | None,
    overrides: list[str] | None,
    jobs: int | None,
) -> Subject:
    """Return a run folder, or run the scenario of this name or file now, under a bar on stderr.

    Raises:
        InputError: neither is there, or options for a run were given with a run folder.
    """
    from sim.errors import InputError
    from sim.output.progress import watching
    from sim.output.report.run.subject import of_folder, of_run
    from sim.output.screen import note
    from sim.studies.run import run

    if Path(thing).is_dir():
        if overrides or entropy or replicates:
            raise InputError(
                f"{thing} is a run folder: --set, --entropy and -n are for scenarios that are run "
                "now"
            )
        return of_folder(Path(thing))
    with watching(replicates or 0, thing) as watch:
        made = run(
            thing,
            replicates=replicates,
            entropy=entropy_of(entropy),
            overrides=overrides or (),
            jobs=capped(jobs),
            watch=watch,
        )
    if made.interrupted:
        note(f"sim: interrupted after {made.rows.height} replicates; nothing is written")
        raise typer.Exit(130)
    return of_run(made)


def _words(
    things: list[str],
    target: Path,
    replicates: int | None,
    entropy: str | None,
    overrides: list[str] | None,
) -> str:
    """Return the command that was given, as one line to type again."""
    import shlex

    words = ["sim", "report", *things]
    words += ["-n", str(replicates)] if replicates else []
    words += ["--entropy", entropy] if entropy else []
    for overlay in overrides or ():
        words += ["--set", overlay]
    return shlex.join([*words, "--out", target.name])
