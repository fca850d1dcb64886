"""`sim assess FILE.csv ...`: what files of tally sheets say about an announced result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.scenarios.things import PLOT, draw, plot_ready

if TYPE_CHECKING:
    from sim.fieldwork.assess import Assessment, Request


def command(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Tally sheets: CSV or other delimited text, plain, gz or zip; a spreadsheet; "
            "JSON of NIST SP 1500-100; "
            '"-" for standard input. Several files are snapshots of one count, in order of time. '
            "Or a folder of "
            "exported evidence."
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Mapping file that says which column is what; NAME=FILE for one of several files.",
        ),
    ] = None,
    template: Annotated[
        bool, typer.Option(help="Print a mapping file for FILE, to be edited, and stop.")
    ] = False,
    contest: Annotated[str | None, typer.Option(help="Which of the mapping's contests.")] = None,
    look: Annotated[bool, typer.Option("--look", help="Only read: no method is asked.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="End with 0 although many rows are faulty or sums fail (else 3)."
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="METHOD", help="Ask this method only; repeat for several."),
    ] = None,
    frame: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            help="List of all polling tables; or the list that `sim plan --out` wrote, which is "
            "the sample.",
        ),
    ] = None,
    strata_column: Annotated[
        str | None, typer.Option(help="Column with the sampling stratum, in the list of tables.")
    ] = None,
    announced: Annotated[
        Path | None, typer.Option(exists=True, help="Announced totals (TOML).")
    ] = None,
    sample: Annotated[
        str | None, typer.Option(help='Column that flags drawn tables, or "all".')
    ] = None,
    hours_column: Annotated[
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
    centre_column: Annotated[
        str | None, typer.Option(help="Column with the polling centre, for tests inside centres.")
    ] = None,
    past_column: Annotated[
        str | None, typer.Option(help="Column with the incumbent's share in an earlier election.")
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Also list the methods without evidence, and what they need."),
    ] = False,
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
    plot: PLOT = None,
) -> None:
    """Assess files of tally sheets: the conclusion, totals, how the file was read, and one plain
    finding for each method.

    Exit code 2: no reading is confirmed; the mapping to write is printed. 3: read, but many rows
    are faulty.
    """

    from sim.disk.write import refuse_used_folder
    from sim.errors import InputError
    from sim.fieldwork.assess import Request
    from sim.output.findings import is_assessment

    plot_ready(plot, replace=replace)
    if out is not None:
        refuse_used_folder(out, known=is_assessment, replace=replace)
    missing = [str(f) for f in files if str(f) != "-" and not f.exists()]
    try:
        if missing:
            raise InputError(f"no file {missing[0]}")
        if target is not None and not forensics:
            raise InputError("--target is for the forensic tests: give --forensics as well")
        if files[0].is_dir():
            folder(files[0], as_json)
            return
        if template:
            print_template(files[0], mapping)
            return
        request = Request(
            files[0],
            tuple(mapping or ()),
            frame,
            strata_column,
            announced,
            sample,
            hours_column,
            incumbent,
            challenger,
            forensics,
            centre_column,
            past_column,
            target,
            more=tuple(files[1:]),
            contest=contest,
            look=look,
            only=tuple(only or ()),
        )
        done = asked(request, quiet=as_json)
    except InputError as error:
        if not as_json:
            raise
        print_refusal(error)
        raise typer.Exit(error.exit_code) from None
    draw(done, plot, replace=replace)
    show(done, as_json, every)
    if out is not None:
        write(done, out, replace)
    reading = done.tally.reading
    if reading is not None and reading.exit_code and not accept:
        raise typer.Exit(reading.exit_code)


def folder(path: Path, as_json: bool = False) -> None:
    """Print the findings from a folder of exported evidence, or of an export that holds one."""
    from sim.errors import InputError
    from sim.fieldwork.assess import assess_export, is_evidence
    from sim.json_text import json_text
    from sim.output.findings import findings_text, silent_text
    from sim.output.reading import evidence_document
    from sim.output.screen import tell

    found = next((one for one in (path, path / "evidence") if is_evidence(one)), None)
    if found is None:
        hint = "give a file, or a folder that `sim export` wrote"
        raise InputError(f"{path} is a folder without evidence.toml: {hint}")
    findings = assess_export(found)
    if as_json:
        tell(json_text(evidence_document(findings)))
        return
    for text in filter(None, (findings_text(findings), silent_text(findings))):
        tell(text.lstrip("\n"))


def print_template(path: Path, mapping: list[str] | None) -> None:
    """Print the mapping that the reader proposes."""
    from sim.files.mapping.grammar import read_mapping
    from sim.files.read import propose_mapping
    from sim.output.screen import tell

    given = read_mapping(Path(mapping[0])) if mapping else None
    tell(propose_mapping(path, given), end="")


def asked(request: Request, quiet: bool) -> Assessment:
    """Return the assessment, progress on the terminal where there is one."""
    from sim.fieldwork.assess import assess_file
    from sim.output.screen import side_screen

    errors = side_screen()
    if quiet or not errors.is_terminal:
        return assess_file(request)
    with errors.status("starting") as status:
        return assess_file(request, progress=status.update)


def print_refusal(error: Exception) -> None:
    """Print a refusal as a JSON document."""
    from sim.json_text import json_text
    from sim.output.reading import problems_of, refused
    from sim.output.screen import tell

    tell(json_text(refused(problems_of(error))))


def show(done: Assessment, as_json: bool, every: bool) -> None:
    """Print the assessment."""
    from sim.json_text import json_text
    from sim.output.reading import document
    from sim.output.sample_screen import part_of
    from sim.output.screen import tell

    if as_json:
        part = part_of(done.evidence, done.tally)
        tell(json_text(document(done.tally, done.findings, done.set_aside, part)))
    else:
        on_screen(done, every)


def write(done: Assessment, out: Path, replace: bool) -> None:
    """Write the folder of findings."""
    from sim.output.findings import write_assessment
    from sim.output.sample_screen import part_of
    from sim.output.screen import side_screen

    part = part_of(done.evidence, done.tally)
    for path in write_assessment(
        out, done.tally, done.findings, done.set_aside, part=part, replace=replace
    ):
        side_screen().print(f"wrote {path}")


def on_screen(done: Assessment, every: bool) -> None:
    """Print conclusion, totals, regions, how the file was read, rows set aside, warnings and
    findings.
    """
    from sim.output.findings import findings_text, silent_line, silent_text
    from sim.output.reading_screen import (
        aside_text,
        conclusion,
        evidence_lines,
        regions_table,
        roles_table,
        totals_table,
    )
    from sim.output.sample_screen import part_of
    from sim.output.screen import tell
    from sim.output.tables.grid import prose

    tally, reading = done.tally, done.tally.reading
    assert reading is not None
    part = part_of(done.evidence, tally)
    lines = [prose(conclusion(tally, done.findings, done.set_aside, part))]
    lines += [totals_table(tally, part), regions_table(tally), roles_table(reading)]
    lines += [prose(f"  {line}") for line in evidence_lines(reading)]
    lines.append(aside_text(done.set_aside))
    lines += [prose(f"! {note}") for note in dict.fromkeys(tally.notes)]
    lines.append(findings_text(done.findings))
    lines.append(silent_text(done.findings) if every else prose(silent_line(done.findings)))
    lines.append("" if done.family is None else prose(done.family.sentence))
    for text in filter(None, lines):
        tell(text)
