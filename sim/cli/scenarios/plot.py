"""`sim plot`: one picture of a report, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.scenarios.things import THINGS, Given, make_ready, thing_of, with_given
from sim.output.report.kinds import ELSEWHERE, KINDS

Kind = StrEnum("Kind", {name: name for name in (*KINDS, *ELSEWHERE)})  # type: ignore[misc]
HELP = "; ".join(f"{name}: {words}" for name, words in KINDS.items())


@with_given
def command(
    kind: Annotated[Kind, typer.Argument(help=HELP)],
    given: Given,
    things: Annotated[list[str] | None, typer.Argument(metavar="THING...", help=THINGS)] = None,
    out: Annotated[Path | None, typer.Option(help="a .svg, .png or .pdf file")] = None,
    narrow: Annotated[bool, typer.Option("--narrow", help="350 pixels wide, for a phone")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Draw one picture of a report, and print what it shows.

    sobol, swings, assumptions, box, path, influence, waits, margins and bargaining are drawn by the
    command that computes them: `sim plot box` says which.
    """
    from sim.errors import InputError
    from sim.output.report.draw.drawing import check_ending, save_drawing
    from sim.output.report.pictures import picture
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph

    if kind in ELSEWHERE:
        raise InputError(f"the command that computes it draws it: {ELSEWHERE[str(kind)]}")
    if not things or out is None:
        raise InputError(f"write: sim plot {kind} THING --out FILE.png")
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
