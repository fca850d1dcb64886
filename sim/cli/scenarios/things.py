"""What `sim report` and `sim plot` are given: one definition of their options, and what a name
stands for.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_type_hints

import typer

from sim.cli.options import ENTROPY, SET, capped, entropy_of

if TYPE_CHECKING:
    from sim.fieldwork.assess import Assessment
    from sim.output.report.power.table import PowerTable
    from sim.output.report.run.subject import Subject
    from sim.output.report.sweep.grid import Swept

    Thing = Subject | Assessment | Swept | PowerTable

THINGS = (
    "a run folder, a scenario (run now), a study or a scenario with --axis (swept now, or found in "
    "its store), a file of tally sheets, or the folder of a power study; with more than one, runs "
    "are compared with the first"
)
SHEETS = "Files of tally sheets"
PLOT = Annotated[
    Path | None, typer.Option("--plot", help="also draw it: a .svg, .png or .pdf file")
]
FILE = Annotated[Path | None, typer.Option(exists=True, rich_help_panel=SHEETS)]


@dataclass(frozen=True)
class Given:
    """The options that say how a thing is made: of runs and sweeps, then of files of sheets."""

    replicates: Annotated[
        int | None, typer.Option("--replicates", "-n", min=2, help="of what is run now")
    ] = None
    entropy: ENTROPY = None
    overrides: SET = None
    axis: Annotated[
        list[str] | None,
        typer.Option("--axis", metavar="KEY=1,2,3", help="values of a sweep; repeatable"),
    ] = None
    replay: Annotated[
        int | None,
        typer.Option(min=0, help="replicates played again for dates, maps and stories (40)"),
    ] = None
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="processes")] = None
    announced: FILE = None
    frame: FILE = None
    mapping: FILE = None
    incumbent: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    challenger: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    contest: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    sample: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    strata_column: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    hours_column: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    centre_column: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    past_column: Annotated[str | None, typer.Option(rich_help_panel=SHEETS)] = None
    forensics: Annotated[
        bool, typer.Option("--forensics", help="with tests", rich_help_panel=SHEETS)
    ] = False

    def words(self) -> list[str]:
        """Return the options that were given, as words to type again; jobs change no page."""
        said: list[str] = []
        names = {"overrides": "set", "replicates": "n"}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "jobs" or value in (None, False):
                continue
            name = names.get(one.name, one.name.replace("_", "-"))
            option = f"-{name}" if len(name) == 1 else f"--{name}"
            each = value if isinstance(value, list) else [value]
            said += [w for x in each for w in ([option] if x is True else [option, str(x)])]
        return said

    def of_runs(self) -> bool:
        """Return whether an option for things that are run now was given."""
        return bool(self.overrides or self.entropy or self.replicates or self.axis)


def with_given(function: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options of `Given` behind its own, joined in its `given`."""
    hints = get_type_hints(function, include_extras=True)
    own = [p for n, p in inspect.signature(function).parameters.items() if n != "given"]
    parameters = [p.replace(annotation=hints[p.name]) for p in own]
    of_given = get_type_hints(Given, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    for one in fields(Given):
        more = inspect.Parameter(
            one.name, keyword, default=one.default, annotation=of_given[one.name]
        )
        parameters.append(more)

    @wraps(function)
    def command(**words: object) -> None:
        given = Given(**{f.name: words.pop(f.name) for f in fields(Given)})  # type: ignore[arg-type]
        function(**words, given=given)

    command.__dict__["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def command_line(words: list[str], given: Given, out: Path) -> str:
    """Return a command as one line to type again."""
    return shlex.join(["sim", *words, *given.words(), "--out", out.name])


def plot_ready(plot: Path | None, *, replace: bool = False) -> None:
    """Make sure, before anything is computed, that a picture can be written.

    Raises:
        InputError: another ending. StoreError: something lies there.
    """
    if plot is not None:
        from sim.disk.write import ready
        from sim.output.report.draw.drawing import check_ending

        check_ending(plot)
        ready(plot, replace=replace)


def draw(result: object, plot: Path | None, *, replace: bool = False, kind: str = "") -> None:
    """Draw a result, where --plot was given, and say where; what it shows goes to stderr."""
    if plot is None:
        return
    from sim.output.report.draw.drawing import save_drawing
    from sim.output.report.results.drawn import figure_of
    from sim.output.screen import note

    figure = figure_of(result, kind)
    save_drawing(figure.wide, plot, replace=replace)
    note(f"written: {plot} ({figure.headline})")


def make_ready(target: Path, things: list[str], replace: bool) -> None:
    """Make sure, before anything is computed, that the file can be written.

    Of run folders the same file may lie there already: they are quick to read, and it stays.

    Raises:
        StoreError: something lies there, or its folder cannot be written.
    """
    from sim.disk.write import ready

    quick = all(Path(thing).is_dir() for thing in things)
    ready(target, replace=replace or (quick and target.is_file()))


def thing_of(name: str, given: Given) -> Thing:
    """Return what a name stands for; what is not there yet is made now.

    Raises:
        InputError: there is no such thing, or options were given that are not for it.
    """
    from sim.output.report.power.table import is_power, read_power
    from sim.studies.sweeps.study_file import find_study

    path = Path(name)
    if is_power(path):
        return read_power(path)
    if path.is_dir():
        return run_folder(path, given)
    if path.is_file() and path.suffix != ".toml":
        return assessed(path, given)
    if given.axis or find_study(name) is not None:
        return swept(name, given)
    return run_now(name, given)


def run_folder(path: Path, given: Given) -> Subject:
    """Return a stored run.

    Raises:
        InputError: it is no run folder, or options for a run were given.
    """
    from sim.errors import InputError
    from sim.output.report.run.subject import of_folder

    if given.of_runs():
        raise InputError(
            f"{path} is a run folder: --set, --entropy, --axis and -n are for scenarios that are "
            "run now"
        )
    if (path / "shards").is_dir():
        raise InputError(
            f"{path} is the store of a sweep: give the study or the scenario with its --axis; what "
            "is in the store is not computed again"
        )
    return of_folder(path)


def run_now(name: str, given: Given) -> Subject:
    """Run a scenario under a bar on stderr."""
    from sim.output.progress import watching
    from sim.output.report.run.subject import of_run
    from sim.output.screen import note
    from sim.studies.running.run import run

    with watching(given.replicates or 0, name) as watch:
        made = run(
            name,
            replicates=given.replicates,
            entropy=entropy_of(given.entropy),
            overrides=given.overrides or (),
            jobs=capped(given.jobs),
            watch=watch,
        )
    if made.interrupted:
        note(f"sim: interrupted after {made.rows.height} replicates; nothing is written")
        raise typer.Exit(130)
    return of_run(made)


def assessed(path: Path, given: Given) -> Assessment:
    """Assess a file of tally sheets."""
    from sim.fieldwork.assess import Request, assess_file

    request = Request(
        path,
        mapping=given.mapping,
        contest=given.contest,
        frame=given.frame,
        strata_column=given.strata_column,
        announced=given.announced,
        sample=given.sample,
        hours_column=given.hours_column,
        incumbent=given.incumbent,
        challenger=given.challenger,
        forensics=given.forensics,
        centre_column=given.centre_column,
        past_column=given.past_column,
    )
    return assess_file(request)


def swept(name: str, given: Given) -> Swept:
    """Run a sweep, or what its store lacks of it."""
    from sim.cli.studies.sweep import study_of
    from sim.output.progress import watching
    from sim.output.report.sweep.grid import Swept
    from sim.studies.sweeps.design import points_of
    from sim.studies.sweeps.sweep import run_study

    study = study_of(name, given.axis or [], None, given.overrides or [])
    each = given.replicates or study.file.replicates or study.resolved.scenario.run.replicates
    with watching(each * len(points_of(study)), study.file.title) as watch:
        done = run_study(
            study,
            Path("sweeps") / Path(name).stem,
            replicates=given.replicates,
            entropy=entropy_of(given.entropy),
            jobs=capped(given.jobs),
            watch=watch,
        )
    asked = study.file.outcomes or study.resolved.scenario.measures.report
    return Swept(done, study.file.title, study.file.description, tuple(asked))
