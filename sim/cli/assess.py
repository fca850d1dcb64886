"""`sim assess FILE.csv`: what a file of tally sheets says about an announced result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            help="Tally sheets: CSV, or a gz or zip of one; or a folder of exported evidence.",
        ),
    ],
    mapping: Annotated[
        Path | None, typer.Option(exists=True, help="Mapping file that names the columns.")
    ] = None,
    template: Annotated[
        bool, typer.Option(help="Print a mapping file for FILE, to be edited, and stop.")
    ] = False,
    frame: Annotated[
        Path | None, typer.Option(exists=True, help="List of all polling tables.")
    ] = None,
    strata: Annotated[str | None, typer.Option(help="Column with the sampling stratum.")] = None,
    announced: Annotated[
        Path | None, typer.Option(exists=True, help="Announced totals (TOML).")
    ] = None,
    sample: Annotated[
        str | None, typer.Option(help='Column that flags drawn tables, or "all".')
    ] = None,
    hours: Annotated[
        str | None, typer.Option(help="Column with hours after closing at which a return came in.")
    ] = None,
    incumbent: Annotated[str | None, typer.Option(help="Candidate of the government.")] = None,
    challenger: Annotated[
        str | None, typer.Option(help="Candidate to compare with the incumbent.")
    ] = None,
    forensics: Annotated[
        bool,
        typer.Option(
            "--forensics", help="Also the forensic tests and the audits, with a family line."
        ),
    ] = False,
    centre: Annotated[
        str | None, typer.Option(help="Column with the polling centre, for tests inside centres.")
    ] = None,
    past: Annotated[
        str | None, typer.Option(help="Column with the incumbent's share in an earlier election.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for findings.json, CSV and the mapping used."),
    ] = None,
) -> None:
    """Assess a file of tally sheets: guessed columns, rows set aside, and one plain-language
    finding for each method.
    """
    import sys

    from rich.console import Console

    from sim.errors import InputError
    from sim.fieldwork.assess import Request, assess_export, assess_file, is_evidence, look
    from sim.output.findings import (
        columns_table,
        findings_table,
        literal,
        mapping_toml,
        set_aside_table,
        silent_table,
        write_assessment,
    )

    console, errors = Console(width=None if sys.stdout.isatty() else 120), Console(stderr=True)
    if file.is_dir():
        if not is_evidence(file):
            raise InputError(
                f"{file} is a folder without evidence.toml: give a file, or a folder of exported "
                "evidence"
            )
        findings = assess_export(file)
        console.print(findings_table(findings))
        console.print(silent_table(findings))
        return
    if template:
        typer.echo(mapping_toml(*look(file)), nl=False)
        return
    request = Request(
        file,
        mapping,
        frame,
        strata,
        announced,
        sample,
        hours,
        incumbent,
        challenger,
        forensics,
        centre,
        past,
    )
    if errors.is_terminal:
        with errors.status("starting") as status:
            done = assess_file(request, progress=status.update)
    else:
        done = assess_file(request)
    console.print(columns_table(done.tally.columns))
    if done.set_aside:
        console.print(set_aside_table(done.set_aside))
    for note in done.tally.notes:
        console.print(literal(note), markup=False, highlight=False)
    console.print(findings_table(done.findings))
    console.print(silent_table(done.findings))
    if done.family is not None:
        console.print(literal(done.family.sentence), markup=False, highlight=False)
    if out is not None:
        for path in write_assessment(out, done.tally, done.findings, done.set_aside):
            errors.print(f"wrote {path}", markup=False, highlight=False)
