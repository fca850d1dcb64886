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
        Path | None,
        typer.Option(
            exists=True,
            help="List of all polling tables; or the list that `sim plan --draw` wrote, which is "
            "the sample.",
        ),
    ] = None,
    strata: Annotated[
        str | None, typer.Option(help="Column with the sampling stratum, in the list of tables.")
    ] = None,
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
    target: Annotated[
        str | None,
        typer.Option(
            help="Candidate whose votes the forensic tests look at (default: the announced winner, "
            "else the largest)."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for findings.json, CSV and the mapping used."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Write a folder of findings anew that is there already."),
    ] = False,
) -> None:
    """Assess a file of tally sheets: guessed columns, rows set aside, and one plain-language
    finding for each method.
    """

    from sim.disk.write import refuse_used_folder
    from sim.errors import InputError
    from sim.fieldwork.assess import Request, assess_export, assess_file, is_evidence, look
    from sim.output.findings import (
        columns_table,
        findings_table,
        is_assessment,
        mapping_toml,
        set_aside_table,
        silent_table,
        write_assessment,
    )
    from sim.output.screen import screen, side_screen, tell

    if out is not None:
        refuse_used_folder(out, known=is_assessment, replace=replace)
    console, errors = screen(120), side_screen()
    if file.is_dir():
        if not is_evidence(file):
            raise InputError(
                f"{file} is a folder without evidence.toml: give a file, or a folder "
                "of exported evidence"
            )
        findings = assess_export(file)
        console.print(findings_table(findings))
        console.print(silent_table(findings))
        return
    if target is not None and not forensics:
        raise InputError("--target is for the forensic tests: give --forensics as well")
    if template:
        tell(mapping_toml(*look(file)), end="")
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
        target,
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
        console.print(note)
    console.print(findings_table(done.findings))
    console.print(silent_table(done.findings))
    if done.family is not None:
        console.print(done.family.sentence)
    if out is not None:
        for path in write_assessment(
            out, done.tally, done.findings, done.set_aside, replace=replace
        ):
            errors.print(f"wrote {path}")
