"""The pictures of reports by kind, for `sim plot` and for `.plot()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.errors import InputError
from sim.fieldwork.assess import Assessment
from sim.output.report.assessment.forensic_figures import forensic_figure
from sim.output.report.assessment.region_figure import region_figure
from sim.output.report.assessment.totals_figures import announced_figure, bounds_figure
from sim.output.report.comparison.difference_figure import difference_figure
from sim.output.report.comparison.differences import compared
from sim.output.report.kinds import OF
from sim.output.report.page.parts import Figure
from sim.output.report.power.power_report import COLUMNS, found_figure, kinds, map_figure
from sim.output.report.power.table import PowerTable
from sim.output.report.run.figures import flow_figure, outcomes_figure
from sim.output.report.run.moments import endings
from sim.output.report.run.subject import Subject
from sim.output.report.sweep.explorer import chief
from sim.output.report.sweep.grid import Swept
from sim.output.report.sweep.sweep_figures import effects_figure, surface_figure
from sim.output.tables.power import speaking

Thing = Subject | Assessment | Swept | PowerTable
ASSESSED: dict[str, Callable[[Assessment], Figure | None]] = {
    "announced": announced_figure,
    "bounds": bounds_figure,
    "regions": region_figure,
}


def picture(kind: str, things: Sequence[Thing], replay: int | None = None) -> Figure:
    """Return a picture of a thing, or of the differences of runs from the first.

    Raises:
        InputError: this kind is not of such a thing, or the thing lacks what it needs.
    """
    thing = things[0]
    if kind not in OF[what(things)]:
        named = ", ".join(OF[what(things)])
        raise InputError(f"no picture {kind!r} of a {what(things)}: there are {named}")
    if kind == "differences":
        return difference_figure(compared([one for one in things if isinstance(one, Subject)]))
    made = _drawn(kind, thing, replay)
    if made is None:
        raise InputError(f"{kind}: the evidence that this picture needs is not there")
    return made


def what(things: Sequence[Thing]) -> str:
    """Return what kind of thing it is, in a word."""
    names = {Assessment: "assessment", Swept: "sweep", PowerTable: "power", Subject: "run"}
    return "comparison" if len(things) > 1 else names[type(things[0])]


def _drawn(kind: str, thing: Thing, replay: int | None) -> Figure | None:
    if isinstance(thing, Assessment):
        drawn = ASSESSED.get(kind)
        return forensic_figure(kind, thing) if drawn is None else drawn(thing)
    if isinstance(thing, Swept):
        outcome = chief(thing)
        if outcome is None:
            return None
        return (effects_figure if kind == "effects" else surface_figure)(thing, outcome)
    if isinstance(thing, PowerTable):
        if kind == "findings":
            return found_figure(thing)
        return map_figure(thing, kinds(thing)[0], speaking(thing.rows)[:COLUMNS])
    return _of_run(kind, thing, replay)


def _of_run(kind: str, subject: Subject, replay: int | None) -> Figure | None:
    paths = endings(subject.columns)
    if not paths:
        raise InputError(f"{subject.name} does not record the three outcomes")
    if kind in ("outcomes", "flow"):
        return {"outcomes": outcomes_figure, "flow": flow_figure}[kind](subject, paths)
    from sim.output.report.history.figures import history_figure

    return history_figure(kind, subject, replay)
