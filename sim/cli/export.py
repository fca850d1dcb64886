"""`sim export`: one replicate as files for observers' own tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.run import ENTROPY, SCENARIO, SET, entropy_of


def command(
    scenario: SCENARIO,
    out: Annotated[Path, typer.Option(help="folder to write")],
    replicate: Annotated[int, typer.Option("--replicate", "-r", min=0, help="which replicate")] = 0,
    hour: Annotated[
        float, typer.Option(help="evidence as of this hour after closing", min=0.0)
    ] = 72.0,
    entropy: ENTROPY = None,
    overrides: SET = None,
) -> None:
    """Write truth, claim and evidence of one simulated election as CSV files; `sim assess
    DIR/evidence` reads them back.
    """
    from sim.fieldwork.export import replicate_parts
    from sim.output.evidence_folder import write_evidence
    from sim.output.export import export

    part = replicate_parts(
        scenario, replicate, hour=hour, entropy=entropy_of(entropy), overrides=overrides or ()
    )
    main = export(
        part.evidence,
        part.truth,
        part.claim,
        part.register,
        out,
        part.election_date,
        part.opening_minute,
        part.hours,
        part.utc_offset_hours,
    )
    for path in (*main, *write_evidence(part.evidence, out / "evidence")):
        print(path)
