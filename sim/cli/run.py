"""`sim run`: run a scenario and print its outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.json_text import json_text

if TYPE_CHECKING:
    from sim.records.outcome import Failures
    from sim.records.summary import Line
    from sim.studies.run import Run

SCENARIO = Annotated[
    str,
    typer.Argument(help="scenario file, or the name of a shipped one (see `sim list scenarios`)"),
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


def stop_on(*failed: Failures | None) -> None:
    """Say on stderr how many replicates failed and how to re-live the first, and end with exit code
    3; nothing without any.
    """
    import sys

    told = [one.words() for one in failed if one is not None]
    for words in dict.fromkeys(told):
        sys.stderr.write(f"sim: {words}\n")
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
        Path | None, typer.Option(help="run folder to write (default: runs/<scenario>-<digest>)")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="processes (default: all cores)")
    ] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print the summary as JSON")] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="write no run folder")] = False,
    plot: Annotated[
        Path | None, typer.Option(help="also draw the run: a .png, .svg or .html file")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="print every outcome, not only the main ones")
    ] = False,
) -> None:
    """Run a scenario and print every outcome with its interval and its Monte Carlo error.

    Exit code 3 when replicates failed: the others are kept, and the message says how to re-live the
    first.
    """
    import sys

    from sim.output.charts import run_chart, save_chart
    from sim.output.progress import watching
    from sim.output.tables import as_json
    from sim.scenario.load import load
    from sim.storage.folder import prepare
    from sim.studies.run import run

    resolved = load(scenario, overrides or ())
    seed = entropy_of(entropy)
    used = resolved.scenario.run.entropy_value() if seed is None else seed
    total = replicates or resolved.scenario.run.replicates
    label = Path(resolved.name).stem
    folder = (
        None if no_save else out or Path("runs") / f"{label}-{resolved.digest[:8]}-{used:x}-{total}"
    )
    if folder is not None:
        prepare(folder, resolved.digest, used)
    with watching(total, label) as watch:
        result = run(resolved, replicates=total, entropy=seed, jobs=jobs, watch=watch)
    if folder is not None:
        result.save(folder)
    lines = result.summary()
    if plot is not None:
        save_chart(run_chart(result.columns(), resolved.scenario.title), plot)
        sys.stderr.write(f"drawn: {plot}\n")
    if json_out:
        document = {
            "scenario": resolved.name,
            "digest": resolved.digest,
            "entropy": hex(used),
            "replicates": total,
            "failures": len(result.failures),
            "outcomes": as_json(lines),
        }
        print(json_text(document))
    else:
        _print_tables(result, lines, everything)
    if folder is not None:
        sys.stderr.write(f"written: {folder} (outcomes.parquet, scenario.json, manifest.json)\n")
    if result.interrupted:
        sys.stderr.write(
            f"sim: interrupted after {len(result.outcomes)} replicates; these are kept\n"
        )
        raise typer.Exit(130)
    stop_on(result.failed)


def _print_tables(result: Run, lines: list[Line], everything: bool) -> None:
    from sim.output.grid import paragraph, table_text
    from sim.output.notices import notices
    from sim.output.tables import main_lines, outcome_table

    resolved, seconds, n = result.resolved, result.seconds, len(result.outcomes)
    head = f"{resolved.scenario.title} (as of {resolved.scenario.as_of})"
    chosen = lines if everything else main_lines(lines)
    title = f"{head}\n{n} replicates, entropy {hex(result.entropy)}"
    print(table_text(outcome_table(chosen, title)))
    more = "" if everything else " More outcomes: --all"
    notes = (
        "P: probability, with its 90 % Monte Carlo (Jeffreys) interval. Median: with the middle "
        "90 % of the replicates. ±: one Monte Carlo standard error.",
        f"n: replicates in which the outcome exists. {seconds:.1f} s, "
        f"{n / max(seconds, 1e-9):.0f} replicates a second.{more}",
        *notices(resolved),
    )
    for note in notes:
        print(paragraph(note))
