"""`sim schema`: the JSON Schema of scenario files, for editors, and of what `--json` prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.json_text import json_text

SCENARIO = "scenario"


def command(
    kind: Annotated[
        str, typer.Argument(help="scenario, or a kind of document that --json prints")
    ] = "scenario",
    out: Annotated[Path | None, typer.Option(help="file to write (default: print)")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Print or write the JSON Schema that scenario files name in their first line, so that editors
    complete keys; or that of a document of --json, by the kind that it states.
    """

    from sim.disk.write import write_file
    from sim.output.screen import note, tell

    text = json_text(_schema(kind), sort_keys=kind == SCENARIO)
    if out is None:
        tell(text)
    else:
        write_file(out, text + "\n", replace=replace)
        note(f"written: {out}")


def _schema(kind: str) -> object:
    from sim.errors import InputError
    from sim.output.documents.schemas import SCHEMAS, document_schema
    from sim.scenario.write.json_schema import json_schema

    if kind == SCENARIO:
        return json_schema()
    if kind not in SCHEMAS:
        raise InputError(f"no schema {kind!r}; there are: {SCENARIO}, {', '.join(SCHEMAS)}")
    return document_schema(kind)
