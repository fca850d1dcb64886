"""`sim export`: one replicate as files for observers' own tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import ENTROPY, SCENARIO, SET, entropy_of


def command(
    scenario: SCENARIO,
    out: Annotated[Path, typer.Option(help="folder to write")],
    replicate: Annotated[int, typer.Option("--replicate", "-r", min=0, help="which replicate")] = 0,
    hour: Annotated[
        float, typer.Option(help="evidence as of this hour after closing", min=0.0)
    ] = 72.0,
    entropy: ENTROPY = None,
    overrides: SET = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write an export anew that is there already")
    ] = False,
    json_out: Annotated[bool, typer.Option("--json", help="print as JSON")] = False,
) -> None:
    """Write truth, claim and evidence of one simulated election as CSV files; `sim assess
    DIR/evidence` reads them back.
    """
    from sim.fieldwork.export import replicate_parts
    from sim.output.documents.tell import tell_document
    from sim.output.files.export_folder import check_export, write_export
    from sim.output.screen import tell

    check_export(out, replace=replace)
    part = replicate_parts(
        scenario, replicate, hour=hour, entropy=entropy_of(entropy), overrides=overrides or ()
    )
    files = [str(path) for path in write_export(part, out, replace=replace)]
    if json_out:
        tell_document("export", {"replicate": replicate, "files": files})
    else:
        tell("\n".join(files))
