"""`sim plan`: how many tables a quick count needs, which ones, and how sure its call will be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import stop_on
from sim.cli.scenarios.things import PLOT, plot_ready
from sim.cli.scenarios.things import draw as draw_result

if TYPE_CHECKING:
    from sim.fieldwork.plan_chances import Chances
    from sim.fieldwork.quick_count_plan import QuickCountPlan


def command(
    margin: Annotated[
        float | None, typer.Option(help="Half-width wanted, as a share: 0.01 is one point.")
    ] = None,
    level: Annotated[float, typer.Option(help="Level of the interval.")] = 0.95,
    tables: Annotated[
        int | None, typer.Option(help="Reports that can be had, instead of a margin.")
    ] = None,
    past: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="An earlier election by table.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Mapping file for --past.")
    ] = None,
    frame: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="List of all tables.")
    ] = None,
    nonresponse: Annotated[
        float, typer.Option(help="Share of drawn tables that will not report.")
    ] = 0.1,
    strata: Annotated[
        int, typer.Option(help="Number of strata by earlier share (by register without --past).")
    ] = 8,
    candidate: Annotated[
        str | None, typer.Option(help="Whose share to plan for; the largest unless named.")
    ] = None,
    neyman: Annotated[
        bool, typer.Option("--neyman", help="Allocate by spread as well as by size.")
    ] = False,
    past_correlation: Annotated[
        float, typer.Option(help="Correlation of a table's share then and now.")
    ] = 0.75,
    out: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write the drawn tables to this file (needs --seed)."),
    ] = None,
    seed: Annotated[
        str | None, typer.Option(help="Public text from which the sample is drawn.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write the file of --out anew if it is there.")
    ] = False,
    json_out: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    plot: PLOT = None,
    scenario: Annotated[
        str | None, typer.Option(help="Also simulate this country: chance of a right call.")
    ] = None,
    replicates: Annotated[
        int, typer.Option("--replicates", "-n", min=2, help="Replicates a world, for --scenario.")
    ] = 100,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes, for --scenario.")
    ] = None,
) -> None:
    """Plan a quick count: reports needed, allocation, expected margin with and without clustering,
    and the list itself.
    """
    from sim.disk.write import ready
    from sim.fieldwork.plan_draw import draw as draw_tables
    from sim.fieldwork.plan_draw import drawn_rows
    from sim.fieldwork.plan_strata import PlanRequest
    from sim.fieldwork.quick_count_plan import make_plan
    from sim.output.documents.plan import plan_document
    from sim.output.documents.tell import tell_document
    from sim.output.screen import note
    from sim.output.tables.plan import write_draw

    plot_ready(plot, replace=replace)
    _check_seed(out, seed)
    if out is not None:
        ready(out, replace=replace)
    plan = make_plan(
        PlanRequest(
            margin,
            level,
            tables,
            past,
            mapping,
            frame,
            nonresponse,
            strata,
            candidate,
            neyman,
            past_correlation,
        )
    )
    draw_result(plan, plot, replace=replace)
    if not json_out:
        _tell_plan(plan)
    chances = None if scenario is None else _chances(plan, scenario, replicates, jobs)
    if json_out:
        tell_document("plan", plan_document(plan, [] if chances is None else chances.rows))
    elif chances is not None:
        _tell_chances(chances)
    if out is not None and seed is not None:
        write_draw(out, drawn_rows(draw_tables(plan, seed)), replace=replace)
        note(f"written: {out}")
    if chances is not None:
        stop_on(chances.failed)


def _check_seed(out: Path | None, seed: str | None) -> None:
    from sim.errors import InputError

    if (out is None) != (seed is None):
        raise InputError(
            "--out and --seed go together: the seed is the public text from which "
            "the sample is drawn"
        )
    if seed is not None and not seed.strip():
        raise InputError("--seed is empty: give the public text from which the sample is drawn")


def _tell_plan(plan: QuickCountPlan) -> None:
    from dataclasses import astuple

    from sim.output.reading_screen import summary
    from sim.output.screen import tell
    from sim.output.tables.grid import prose
    from sim.output.tables.plan import allocation_table, size_table

    said = [] if plan.past is None else summary(plan.past)
    said += [
        f"{plan.tables_in_all:,} tables, {plan.mean_valid:.0f} valid votes each on average; "
        f"{plan.basis}.",
        f"Planned for {plan.candidate}, at {100 * plan.p:.1f} %; design effect "
        f"{plan.design_effect:.1f}.",
        *(line[:1].upper() + line[1:] + "." for line in plan.notes),
    ]
    for line in said:
        tell(prose(line))
    voters = "" if plan.naive_voters is None else f", {plan.naive_voters:,.0f} voters"
    rows = [
        ("voters drawn one by one", plan.naive_tables, plan.naive_margin),
        ("tables drawn from one list", plan.plain_tables, plan.plain_margin),
        ("tables drawn by stratum", plan.stratified_tables, plan.stratified_margin),
    ]
    tell(size_table(rows, plan.margin))
    tell(prose(f"Voters drawn one by one: the naive formula, without clustering{voters}."))
    tell(allocation_table([astuple(row) for row in plan.strata]))


def _chances(plan: QuickCountPlan, scenario: str, replicates: int, jobs: int | None) -> Chances:
    from sim.fieldwork.plan_chances import planned_chances
    from sim.output.progress import watching

    drawn = sum(row.drawn for row in plan.strata)
    with watching(replicates, f"{scenario}, world by world") as watch:
        return planned_chances(scenario, drawn, len(plan.strata), replicates, jobs, watch)


def _tell_chances(chances: Chances) -> None:
    from dataclasses import astuple

    from sim.output.screen import tell
    from sim.output.tables.grid import prose
    from sim.output.tables.plan import chances_table

    tell(chances_table([astuple(c) for c in chances.rows]))
    tell(
        prose(
            "A call is made when the interval of the lead leaves out zero; without "
            "manipulation the row is 'none'."
        )
    )
