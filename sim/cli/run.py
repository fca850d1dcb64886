"""`sim run`: run a scenario and print its outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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
    """Run a scenario and print every outcome with its interval and its Monte Carlo error."""
    import json
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
        result = run(
            resolved,
            replicates=total,
            entropy=seed,
            overrides=overrides or (),
            jobs=jobs,
            watch=watch,
        )
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
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _print_tables(result, lines, everything)
    if folder is not None:
        sys.stderr.write(f"written: {folder} (outcomes.parquet, scenario.json, manifest.json)\n")
    _report_failures(result)


def _print_tables(result: Run, lines: list[Line], everything: bool) -> None:
    import sys

    from rich.console import Console

    from sim.output.notices import notices
    from sim.output.tables import main_lines, outcome_table

    console = Console(width=None if sys.stdout.isatty() else 120)
    resolved, seconds, n = result.resolved, result.seconds, len(result.outcomes)
    console.print(
        f"[bold]{resolved.scenario.title}[/bold] (as of {resolved.scenario.as_of})", highlight=False
    )
    chosen = lines if everything else main_lines(lines)
    console.print(outcome_table(chosen, f"{n} replicates, entropy {hex(result.entropy)}"))
    console.print(
        "P: probability, with its 90 % Monte Carlo (Jeffreys) interval. Median: with the middle "
        "90 % of the replicates.\n"
        f"n: replicates in which the outcome exists. {seconds:.1f} s, "
        f"{n / max(seconds, 1e-9):.0f} replicates a second."
        + ("" if everything else " More outcomes: --all"),
        style="dim",
        highlight=False,
    )
    for notice in notices(resolved):
        console.print(notice, style="dim", highlight=False)


def _report_failures(result: Run) -> None:
    import sys

    from sim.studies.save import relive

    if result.interrupted:
        sys.stderr.write(
            f"sim: interrupted after {len(result.outcomes)} replicates; these are kept\n"
        )
        raise typer.Exit(130)
    if result.failures:
        first = result.failures[0]
        sys.stderr.write(
            f"sim: {len(result.failures)} of {len(result.outcomes)} replicates failed; the others "
            "are kept. "
            f"First: replicate {first.replicate}: {first.error}\n"
            "re-live it: "
            f"{relive(result.resolved.name, result.entropy, first.replicate, result.overrides)}\n"
        )
        raise typer.Exit(3)
