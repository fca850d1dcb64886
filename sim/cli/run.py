"""`sim run`: run a scenario and print its outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.records.results.outcome import Failures
    from sim.records.results.summary import SummaryLine
    from sim.studies.conditional import Conditional
    from sim.studies.run import Run


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


def command(
    scenario: SCENARIO,
    replicates: Annotated[
        int | None, typer.Option("--replicates", "-n", min=1, help="how many replicates")
    ] = None,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: Annotated[
        Path | None, typer.Option(help="run folder, new or to be added to (default: below runs)")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="processes (default: all cores)")
    ] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print the summary as JSON")] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="write no run folder")] = False,
    plot: Annotated[
        Path | None, typer.Option(help="also draw the run: a .svg, .png or .pdf file")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write the run folder and the picture anew")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="print every outcome, not the reported ones only")
    ] = False,
    conditional: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'A|B'", help="also how often A where B holds (outcome=value); repeatable"
        ),
    ] = None,
) -> None:
    """Run a scenario and print its main outcomes, each with its interval and its errors.

    Exit code 3 when replicates failed: the others are kept, and the message says how to re-live the
    first. A folder that holds the run is added to: what is there is not computed again.
    """
    from sim.cli.things import draw, plot_ready
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import note
    from sim.output.tables.outcomes import as_json
    from sim.scenario.load import load
    from sim.studies.run import run
    from sim.studies.save import default_folder

    resolved = load(scenario, overrides or ())
    seed = entropy_of(entropy)
    used = resolved.scenario.run.entropy_value() if seed is None else seed
    total = replicates or resolved.scenario.run.replicates
    label = Path(resolved.name).stem
    folder = None if no_save else out or default_folder(resolved, used)
    plot_ready(plot, replace=replace)
    workers = capped(jobs)
    with watching(total, label) as watch:
        result = run(
            resolved,
            replicates=total,
            entropy=seed,
            jobs=workers,
            watch=watch,
            folder=folder,
            replace=replace,
        )
    note_damaged(result.damaged)
    lines = result.summary()
    shares = conditional_shares(result, conditional or [], everything)
    draw(result, plot, replace=replace)
    if json_out:
        document = {
            "scenario": resolved.name,
            "digest": resolved.digest,
            "entropy": hex(used),
            "replicates": total,
            "assumptions": resolved.scenario.run.assumptions,
            "drawn": len(resolved.assumptions),
            "held": list(resolved.held),
            "failures": len(result.failures),
            "outcomes": as_json(lines),
            "conditional": [share.as_json() for share in shares],
        }
        tell_document("run", document)
    else:
        _print_tables(result, lines, shares, everything)
    if folder is not None:
        note(f"written: {folder} (outcomes.parquet, scenario.json, manifest.json)")
    if result.interrupted:
        note(f"sim: interrupted after {result.rows.height} replicates; these are kept")
        raise typer.Exit(130)
    stop_on(result.failed)


def conditional_shares(result: Run, asked: list[str], everything: bool) -> list[Conditional]:
    """Return the conditional probabilities asked for; with every outcome, those that a reader
    checks for sense.
    """
    from sim.studies.conditional import COHERENCE, conditional

    there = result.columns() if everything else {}
    usual = [one for one in COHERENCE if "vote_winner" in there]
    return conditional(result, [*asked, *(one for one in usual if one not in asked)])


def _print_tables(
    result: Run, lines: list[SummaryLine], shares: list[Conditional], everything: bool
) -> None:
    from sim.output.screen import tell
    from sim.output.tables.assumed import assumption_words
    from sim.output.tables.conditional import conditional_table
    from sim.output.tables.grid import paragraph, table_text
    from sim.output.tables.outcomes import main_lines, outcome_table

    resolved, n = result.resolved, result.rows.height
    head = f"{resolved.scenario.title} (as of {resolved.scenario.as_of})"
    chosen = lines if everything else main_lines(lines, result.resolved.scenario.measures.report)
    title = f"{head}\n{n} replicates, entropy {hex(result.entropy)}"
    tell(table_text(outcome_table(chosen, title)))
    if shares:
        tell(table_text(conditional_table(shares)))
    more = "" if everything else " More outcomes: --all"
    notes = (
        "P: probability, with its 90 % Monte Carlo (Wilson) interval. Median: with the middle "
        "90 % of the replicates. ±: one Monte Carlo standard error.",
        f"n: replicates in which the outcome exists. {speed(result)}.{more}",
        *assumption_words(resolved, chosen),
    )
    for text in notes:
        tell(paragraph(text))
