"""`sim run`: run a scenario and print its outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, capped, entropy_of, note_damaged, speed, stop_on

if TYPE_CHECKING:
    from sim.records.results.summary import SummaryLine
    from sim.studies.conditional import Conditional
    from sim.studies.running.result import Run


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
    from sim.cli.scenarios.things import draw, plot_ready
    from sim.output.documents.tell import tell_document
    from sim.output.progress import watching
    from sim.output.screen import note
    from sim.output.tables.outcomes import as_json
    from sim.scenario.load import load
    from sim.studies.running.manifest import default_folder
    from sim.studies.running.run import run

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
