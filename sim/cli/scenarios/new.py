"""`sim new`: start a scenario file of one's own, or a country of one's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def command(
    file: Annotated[
        Path | None, typer.Argument(help="file to write, for example mine.toml")
    ] = None,
    base: Annotated[
        str, typer.Option("--from", help="scenario that the new one extends")
    ] = "venezuela-2024",
    country: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="write a country instead: seeds/NAME/ and NAME.toml"),
    ] = None,
    vote: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="with --country: the day of the vote"),
    ] = None,
    regions: Annotated[int, typer.Option(min=1, max=500, help="with --country")] = 7,
    tables: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="with --country: polling tables in all")
    ] = 1400,
    kind: Annotated[
        str | None,
        typer.Option(
            "--file",
            metavar="KIND",
            help="write an example of another file instead: actors, announced, ballots, batches, "
            "frame, manifest, packages, players, points, strata",
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write files anew that are there already")
    ] = False,
) -> None:
    """Write a small scenario file that extends another one, with comments on what can be
    changed; or the seed and the scenario of another country; or an example of any file that a
    command reads, to be filled in.
    """
    from sim.output.screen import tell

    if kind is not None:
        from sim.files.examples import new_file

        if file is None or country is not None:
            raise typer.BadParameter("write: sim new FILE --file KIND")
        example = new_file(file, kind, replace=replace)
        tell(f"written: {file}\nread by: {example.read_by}")
        return
    if country is None:
        from sim.scenario.write.new import new_scenario

        if file is None:
            raise typer.BadParameter("name a file (sim new mine.toml), or a country (--country)")
        written = new_scenario(file, base, replace=replace)
    else:
        from sim.scenario.write.new_country import new_country

        if vote is None or file is not None:
            raise typer.BadParameter("write: sim new --country NAME --vote 2028-12-07")
        written = new_country(country, vote.date(), regions=regions, tables=tables, replace=replace)
        tell(
            f"written: seeds/{country}/ (seed.toml, sources.toml, states.csv, parameters/case.toml)"
        )
    tell(f"written: {written}\nnext: sim check {written}   then: sim run {written}")
