"""`sim run`: run a scenario and print its outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SCENARIO = Annotated[str, typer.Argument(help="scenario file, or the name of a shipped one (see `sim list scenarios`)")]
SET = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="last overlay on the scenario; repeatable")]
ENTROPY = Annotated[str | None, typer.Option(help="seed of all random numbers, hexadecimal (0x...) or decimal")]


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
    replicates: Annotated[int | None, typer.Option("--replicates", "-n", min=1, help="how many replicates")] = None,
    entropy: ENTROPY = None,
    overrides: SET = None,
    out: Annotated[Path | None, typer.Option(help="run folder to write (default: runs/<scenario>-<digest>)")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="processes (default: all cores)")] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print the summary as JSON")] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="write no run folder")] = False,
) -> None:
    """Run a scenario and print every outcome with its interval and its Monte Carlo error."""
    import json
    import sys

    from sim.experiments.folder import prepare
    from sim.experiments.run import run
    from sim.output.progress import watching
    from sim.output.tables import as_json
    from sim.scenario.load import load

    resolved = load(scenario, overrides or ())
    seed = entropy_of(entropy)
    used = resolved.scenario.run.entropy_value() if seed is None else seed
    folder = None if no_save else out or Path("runs") / f"{resolved.name}-{resolved.digest[:8]}-{used:x}"
    if folder is not None:
        prepare(folder, resolved.digest, used)
    total = replicates or resolved.scenario.run.replicates
    with watching(total, resolved.name) as watch:
        result = run(resolved, replicates=total, entropy=seed, jobs=jobs, watch=watch)
    if folder is not None:
        result.save(folder)
    lines = result.summary()
    if json_out:
        document = {"scenario": resolved.name, "digest": resolved.digest, "entropy": hex(used), "replicates": total,
                    "failures": len(result.failures), "outcomes": as_json(lines)}  # fmt: skip
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _print_tables(result, lines)
    if folder is not None:
        sys.stderr.write(f"written: {folder} (outcomes.parquet, scenario.json, manifest.json)\n")
    _report_failures(result)


def _print_tables(result: object, lines: list[object]) -> None:
    import sys

    from rich.console import Console

    from sim.experiments.run import Run
    from sim.output.tables import outcome_table

    assert isinstance(result, Run)
    console = Console(width=None if sys.stdout.isatty() else 132)
    resolved, seconds = result.resolved, result.seconds
    console.print(f"[bold]{resolved.scenario.title}[/bold]  (as of {resolved.scenario.as_of}; scenario {resolved.name})")
    console.print(outcome_table(lines, f"{len(result.outcomes)} replicates, entropy {hex(result.entropy)}"))  # type: ignore[arg-type]
    console.print(
        "A probability's interval is its 90 % Monte Carlo (Jeffreys) interval; a median's is the central 90 % of replicates.\n"
        f"n: replicates in which the outcome exists. {seconds:.1f} s, {len(result.outcomes) / max(seconds, 1e-9):.0f} replicates/s.",
        style="dim",
    )
    from sim.output.notices import notices

    for notice in notices(resolved):
        console.print(notice, style="dim")


def _report_failures(result: object) -> None:
    import sys

    from sim.experiments.run import Run
    from sim.experiments.save import relive

    assert isinstance(result, Run)
    if result.failures:
        first = result.failures[0]
        sys.stderr.write(
            f"sim: {len(result.failures)} of {len(result.outcomes)} replicates failed; the others are kept. "
            f"First: replicate {first.replicate}: {first.error}\n"
            f"re-live it: {relive(result.resolved.name, result.entropy, first.replicate)}\n"
        )
        raise typer.Exit(3)
