"""`sim new`: start a scenario file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    file: Annotated[Path, typer.Argument(help="file to write, for example mine.toml")],
    base: Annotated[
        str, typer.Option("--from", help="scenario that the new one extends")
    ] = "venezuela-2024",
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Write a small scenario file that extends another one, with comments on what can be
    changed.
    """
    from sim.output.screen import tell
    from sim.scenario.new import new_scenario

    written = new_scenario(file, base, replace=replace)
    tell(f"written: {written}\nnext: sim check {file}   then: sim run {file}")
