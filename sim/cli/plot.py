"""`sim plot`: one picture of a report, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.things import THINGS, Given, make_ready, thing_of, with_given
from sim.output.report.kinds import KINDS

Kind = StrEnum("Kind", {name: name for name in KINDS})  # type: ignore[misc]
HELP = "; ".join(f"{name}: {words}" for name, words in KINDS.items())


@with_given
def command(
    kind: Annotated[Kind, typer.Argument(help=HELP)],
    things: Annotated[list[str], typer.Argument(metavar="THING...", help=THINGS)],
    given: Given,
    out: Annotated[Path, typer.Option(help="a .svg, .png or .pdf file")],
    narrow: Annotated[bool, typer.Option("--narrow", help="350 pixels wide, for a phone")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Draw one picture of a report, and print what it shows.

    Pictures of `sim sensitivity`, `discover`, `queue`, `plan` and `bargain` are made by their own
    option --plot.
    """
    from sim.errors import InputError
    from sim.output.report.draw.drawing import check_ending, save_drawing
    from sim.output.report.pictures import picture
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph

    check_ending(out)
    single = kind != "differences"
    if single is not (len(things) == 1):
        wanted = "one thing" if single else "a base and one to five alternatives"
        raise InputError(f"sim plot {kind} takes {wanted}; {len(things)} given")
    make_ready(out, things, replace)
    figure = picture(str(kind), [thing_of(thing, given) for thing in things], given.replay)
    save_drawing(figure.narrow if narrow else figure.wide, out, replace=replace)
    tell(paragraph(figure.alt))
    note(f"written: {out}")
