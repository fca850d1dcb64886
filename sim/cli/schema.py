"""`sim schema`: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.json_text import json_text


def command(
    out: Annotated[Path | None, typer.Option(help="file to write (default: print)")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Print or write the JSON Schema that scenario files name in their first line, so that editors
    complete keys.
    """

    from sim.disk.write import write_file
    from sim.output.screen import tell
    from sim.scenario.json_schema import json_schema

    if out is None:
        tell(json_text(json_schema(), sort_keys=True))
    else:
        write_file(out, json_text(json_schema(), sort_keys=True) + "\n", replace=replace)
        tell(f"written: {out}")
