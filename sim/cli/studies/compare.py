"""`sim compare`: do runs differ from a base, by how much, and how sure is that?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ENTROPY, entropy_of, stop_on
from sim.cli.scenarios.things import PLOT, draw, plot_ready

if TYPE_CHECKING:
    from sim.studies.comparison.result import Comparisons
    from sim.studies.comparison.sides import Side

RUN = "run folder, or name or file of a scenario (then it is run now)"


class FailOn(StrEnum):
    """What ends in exit code 6."""

    different = "different"
    undecided = "undecided"


def command(
    base: Annotated[str, typer.Argument(metavar="BASE", help=RUN)],
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER...", help="each is compared with the base")
    ],
    replicates: Annotated[
        int | None, typer.Option("--replicates", "-n", min=2, help="of scenarios that are run now")
    ] = None,
    entropy: ENTROPY = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="compare this outcome; repeatable")
    ] = None,
    equivalence: Annotated[
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
        bool, typer.Option("--all", help="compare every outcome, not the scenarios' headline ones")
    ] = False,
    figures: Annotated[
        bool,
        typer.Option(
            "--numbers", help="one table an alternative: means, intervals, margins, distances"
        ),
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="processes")] = None,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
    plot: PLOT = None,
) -> None:
    """Compare alternatives with a base, outcome by outcome, in words: which way, how much, how
    sure. The error rate is shared by all comparisons.

    Compared are the outcomes that the scenarios report, those of --outcome, or
    with --all every one.

    Exit codes: 0 compared. 2 an argument is wrong. 3 replicates of a side failed (the verdicts rest
    on the others). 5 the runs cannot be paired; the message says why. 6 the verdict over all
    outcomes is "different" (--fail-on different), or it is not shown to be the same (--fail-on
    undecided).
    """
    from sim.output.documents.tell import tell_document
    from sim.studies.comparison.compare import compare_all

    plot_ready(plot)
    given = _margins(equivalence or [])
    sides = [_side(name, replicates, entropy_of(entropy), jobs) for name in (base, *others)]
    found = compare_all(
        *sides,
        outcomes=outcome,
        everything=everything,
        equivalence=given,
        alpha=alpha,
        paired=not unpaired,
    )
    draw(found, plot)
    if json_out:
        tell_document("compare", found.as_json())
    elif figures:
        _tell_numbers(found)
    else:
        _tell(found, everything)
    stop_on(*found.failed)
    _exit(found, fail_on)


def _tell(found: Comparisons, everything: bool) -> None:
    """Print what differs, in words."""
    from sim.output.screen import tell
    from sim.output.tables.comparison import rate_words
    from sim.output.tables.differences import differences_table, more_needed
    from sim.output.tables.grid import prose, table_text

    tell(table_text(differences_table(found, everything)))
    for line in (*rate_words(found), *more_needed(found)):
        tell(prose(line))


def _tell_numbers(found: Comparisons) -> None:
    """Print the table of numbers of each alternative."""
    from sim.output.screen import tell
    from sim.output.tables.comparison import comparison_table, equal_words, sentences
    from sim.output.tables.grid import prose, table_text

    for name, one in zip(found.names, found.each, strict=True):
        table = comparison_table(one, f"b: {name}\na: {found.base}")
        if table.rows:
            tell(table_text(table))
        for line in filter(None, [equal_words(one), *sentences(one)]):
            tell(prose(line))


def _side(name: str, replicates: int | None, entropy: int | None, jobs: int | None) -> Side:
    """Return a side of the comparison; a scenario is run now, under a bar on stderr."""
    from sim.output.progress import watching
    from sim.studies.comparison.sides import side_of

    with watching(replicates or 0, name) as watch:
        return side_of(name, replicates, entropy, jobs, watch)


def _margins(texts: list[str]) -> dict[str, float]:
    from sim.errors import InputError

    found = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name] = float(value)
        except ValueError:
            raise InputError(
                f"--equivalence {text!r}: write NAME=VALUE, for example winner_matches=0.05"
            ) from None
        if not 0 <= found[name] < float("inf"):
            raise InputError(f"--equivalence {text!r}: a margin is a finite number, not below 0")
    return found


def _exit(found: Comparisons, fail_on: FailOn | None) -> None:
    bad = {
        None: (),
        FailOn.different: ("different",),
        FailOn.undecided: ("different", "undecided", "alike"),
    }[fail_on]
    if found.verdict in bad:
        raise typer.Exit(6)
