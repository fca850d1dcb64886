"""`sim compare`: do two runs differ, by how much, and how sure is that?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.run import ENTROPY, entropy_of

if TYPE_CHECKING:
    from sim.studies.compare import Comparison

RUN = "run folder, or name or file of a scenario (then it is run now)"


class FailOn(StrEnum):
    """What ends in exit code 6."""

    different = "different"
    undecided = "undecided"


def command(
    a: Annotated[str, typer.Argument(metavar="A", help=RUN)],
    b: Annotated[str, typer.Argument(metavar="B", help=RUN)],
    replicates: Annotated[
        int | None, typer.Option("--replicates", "-n", min=2, help="of scenarios that are run now")
    ] = None,
    entropy: ENTROPY = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="compare this outcome; repeatable")
    ] = None,
    margin: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="difference of no interest, in its unit"),
    ] = None,
    alpha: Annotated[
        float,
        typer.Option(min=1e-9, max=0.5, help="chance of any wrong 'different' over all outcomes"),
    ] = 0.05,
    unpaired: Annotated[
        bool, typer.Option("--unpaired", help="compare as independent runs")
    ] = False,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="exit code 6 for this verdict or a worse one")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="show outcomes that are alike in every replicate too")
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="processes")] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """Compare run B with run A, outcome by outcome, with a verdict at a stated error rate.

    Exit codes: 0 compared; 2 an argument is wrong; 5 the runs cannot be paired (the message says
    why); 6 the verdict over all outcomes is "different" (--fail-on different), or "different" or
    "undecided" (--fail-on undecided).
    """
    import json
    from collections import Counter

    from sim.output.comparison import comparison_table, sentence
    from sim.studies.compare import compare, side_of

    seed = entropy_of(entropy)
    sides = [side_of(name, replicates, seed, jobs) for name in (a, b)]
    found = compare(
        *sides, outcomes=outcome, margins=_margins(margin or []), alpha=alpha, paired=not unpaired
    )
    if json_out:
        print(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    else:
        shown = [row for row in found.rows if everything or outcome or row.distance > 0]
        hidden = len(found.rows) - len(shown)
        counts = dict(Counter(row.result.verdict for row in found.rows))
        if shown:
            _print(comparison_table(shown, f"b: {b}\na: {a}"))
        if hidden:
            print(
                f"{hidden} comparisons of outcomes that are distributed exactly alike in both "
                "runs are not shown (--all)"
            )
        print(
            sentence(found.verdict, found.paired, found.alpha, found.n, found.comparisons, counts)
        )
    _exit(found, fail_on)


def _margins(texts: list[str]) -> dict[str, float]:
    from sim.errors import InputError

    found = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name] = float(value)
        except ValueError:
            raise InputError(
                f"--margin {text!r}: write NAME=VALUE, for example winner_matches=0.05"
            ) from None
        if not 0 <= found[name] < float("inf"):
            raise InputError(f"--margin {text!r}: a margin is a finite number, not below 0")
    return found


def _print(table: object) -> None:
    import sys

    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else 170).print(table)


def _exit(found: Comparison, fail_on: FailOn | None) -> None:
    bad = {
        None: (),
        FailOn.different: ("different",),
        FailOn.undecided: ("different", "undecided"),
    }[fail_on]
    if found.verdict in bad:
        raise typer.Exit(6)
