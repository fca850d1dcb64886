"""From a result of a verb to its picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sim.errors import InputError
from sim.fieldwork.assess import Assessment
from sim.fieldwork.bargaining.path import Bargained
from sim.fieldwork.bargaining.sides import Sides
from sim.fieldwork.queue_plan import QueuePlan
from sim.fieldwork.quick_count_plan import QuickCountPlan
from sim.output.report.comparison.difference_figure import comparison_figure, comparisons_figure
from sim.output.report.kinds import OF
from sim.output.report.page.parts import Figure
from sim.output.report.pictures import Thing, picture
from sim.output.report.power.table import PowerTable
from sim.output.report.results.field import frontier_figure, path_figure, plan_figure, queue_figure
from sim.output.report.results.peeling import peeling_figure
from sim.output.report.results.studies import (
    assumptions_figure,
    discovery_figure,
    influence_figure,
    sobol_figure,
    tornado_figure,
)
from sim.output.report.run.subject import of_run
from sim.output.report.sweep.grid import Swept
from sim.power.power_study import Power
from sim.records.results.assumptions import Assumptions
from sim.studies.comparison.result import Comparison, Comparisons
from sim.studies.discover import Discovery
from sim.studies.influence import Influences
from sim.studies.running.result import Run
from sim.studies.sensitivity import Sensitivity, Tornado
from sim.studies.sweeps.sweep import Sweep

Drawer = Callable[[object], Figure]
ALONE: dict[type, Drawer] = {
    Assumptions: cast("Drawer", assumptions_figure),
    Bargained: cast("Drawer", path_figure),
    Comparison: cast("Drawer", comparison_figure),
    Comparisons: cast("Drawer", comparisons_figure),
    Discovery: cast("Drawer", discovery_figure),
    Influences: cast("Drawer", influence_figure),
    QueuePlan: cast("Drawer", queue_figure),
    QuickCountPlan: cast("Drawer", plan_figure),
    Sensitivity: cast("Drawer", sobol_figure),
    Sides: cast("Drawer", frontier_figure),
    Tornado: cast("Drawer", tornado_figure),
}
"""Results and their first picture."""
FURTHER: dict[tuple[type, str], Drawer] = {(Discovery, "path"): cast("Drawer", peeling_figure)}
"""Further pictures, by kind."""


def figure_of(result: object, kind: str = "") -> Figure:
    """Return a picture of a result; "": the first kind that it has the evidence for.

    Raises:
        InputError: it has no such picture, or lacks what it needs.
    """
    drawer = FURTHER.get((type(result), kind)) if kind else ALONE.get(type(result))
    if drawer is not None:
        return drawer(result)
    if type(result) in ALONE:
        more = [name for cls, name in FURTHER if cls is type(result)]
        said = " or ".join(["leave the kind out", *(f"write {name!r}" for name in more)])
        raise InputError(f"a {type(result).__name__} has no picture {kind!r}: {said}")
    thing, what = _thing(result)
    if kind:
        return picture(kind, [thing])
    for name in OF[what]:
        try:
            return picture(name, [thing])
        except InputError:
            continue
    raise InputError(f"this {what} lacks what each of its pictures needs")


def _thing(result: object) -> tuple[Thing, str]:
    if isinstance(result, Run):
        return of_run(result), "run"
    if isinstance(result, Sweep):
        title = result.resolved.scenario.title
        report = tuple(result.resolved.scenario.measures.report)
        return Swept(result, title, "", report), "sweep"
    if isinstance(result, Power):
        return PowerTable(
            result.resolved.name, result.resolved.scenario.title, result.rows
        ), "power"
    if isinstance(result, Assessment):
        return result, "assessment"
    raise InputError(f"no picture of a {type(result).__name__}")
