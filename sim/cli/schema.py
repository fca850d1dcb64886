"""`sim schema`: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.json_text import json_text


def command(
    out: Annotated[Path | None, typer.Option(help="file to write (default: print)")] = None,
) -> None:
    """Print or write the JSON Schema that scenario files name in their first line, so that editors
    complete keys.
    """

    from sim.scenario.json_schema import json_schema
    from sim.storage.folder import write_json

    if out is None:
        print(json_text(json_schema(), sort_keys=True))
    else:
        write_json(out, json_schema())
        print(f"written: {out}")
