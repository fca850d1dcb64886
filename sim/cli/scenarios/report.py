"""`sim report`: one page to hand on, for whatever there is to show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.scenarios.things import THINGS, Given, command_line, make_ready, thing_of, with_given

if TYPE_CHECKING:
    from sim.cli.scenarios.things import Thing
    from sim.output.report.page.parts import Page


@with_given
def command(
    things: Annotated[list[str], typer.Argument(metavar="THING...", help=THINGS)],
    given: Given,
    out: Annotated[
        Path | None, typer.Option(help="page to write (default: report-<name>.html)")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="write a file anew that is there already")
    ] = False,
) -> None:
    """Write a report: one HTML page that needs no network and no other file.

    It opens with the question, the answer with its errors, and what would change it. The same input
    gives the same page, byte for byte. Exit code 3 when replicates failed: the page says how many.
    """
    from sim.cli.options import stop_on
    from sim.errors import InputError
    from sim.output.report.page.page import save_page
    from sim.output.screen import note, tell
    from sim.output.tables.grid import paragraph

    if len(things) > 6:
        raise InputError(f"{len(things) - 1} alternatives; a report compares at most 5 with a base")
    target = out or Path(f"report-{'-'.join(Path(thing).stem for thing in things)}.html")
    make_ready(target, things, replace)
    found = [thing_of(thing, given) for thing in things]
    page = page_of(found, command_line(["report", *things], given, target), given)
    size = save_page(page, target, replace=replace)
    for words in page.answer:
        tell(paragraph(words))
    note(f"written: {target} ({size / 1000:,.0f} kB)")
    failed = [getattr(one, "failures", None) for one in found]
    stop_on(*failed)


def page_of(things: list[Thing], again: str, given: Given) -> Page:
    """Return the page of a thing, or of runs compared with the first.

    Raises:
        InputError: several things, of which one is no run.
    """
    from sim.errors import InputError
    from sim.fieldwork.assess import Assessment
    from sim.output.report.run.subject import Subject

    runs = [one for one in things if isinstance(one, Subject)]
    if len(things) > 1:
        from sim.output.report.comparison.comparison_report import comparison_page

        if len(runs) < len(things):
            raise InputError("only runs can be compared: give one thing, or runs and scenarios")
        return comparison_page(runs, again)
    if runs:
        from sim.output.report.run.run_report import run_page

        return run_page(runs[0], again, given.replay)
    thing = things[0]
    if isinstance(thing, Assessment):
        from sim.output.report.assessment.assess_report import assess_page

        return assess_page(thing, again)
    from sim.output.report.sweep.grid import Swept

    if isinstance(thing, Swept):
        from sim.output.report.sweep.sweep_report import sweep_page

        return sweep_page(thing, again)
    from sim.output.report.power.power_report import power_page
    from sim.output.report.power.table import PowerTable

    assert isinstance(thing, PowerTable)
    return power_page(thing, again)
