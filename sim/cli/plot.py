"""`sim plot`: one picture of a report, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.run import ENTROPY, SET


class Kind(StrEnum):
    """The pictures that there are."""

    outcomes = "outcomes"
    flow = "flow"
    differences = "differences"


def command(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="outcomes: chances at three moments; flow: how they part; differences: of others "
            "from the first"
        ),
    ],
    things: Annotated[
        list[str], typer.Argument(metavar="RUN...", help="run folder, or scenario to run now")
    ],
    out: Annotated[Path, typer.Option(help="a .svg, .png or .pdf file")],
    narrow: Annotated[bool, typer.Option("--narrow", help="350 pixels wide, for a phone")] = False,
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
    """Draw one picture of a run or of a comparison, and print what it shows."""
    from sim.cli.report import make_ready, subject_of
    from sim.errors import InputError
    from sim.output.report.draw.drawing import check_ending, save_drawing
    from sim.output.report.pictures import picture
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph

    check_ending(out)
    single = kind is not Kind.differences
    if single is not (len(things) == 1):
        wanted = "one run" if single else "a base and one to five alternatives"
        raise InputError(f"sim plot {kind} takes {wanted}; {len(things)} given")
    make_ready(out, things, replace)
    subjects = [subject_of(thing, replicates, entropy, overrides, jobs) for thing in things]
    figure = picture(kind, subjects)
    save_drawing(figure.narrow if narrow else figure.wide, out, replace=replace)
    tell(paragraph(figure.alt))
    note(f"written: {out}")
