"""The pictures of reports by kind, for `sim plot`."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import InputError
from sim.output.report.comparison.difference_figure import difference_figure
from sim.output.report.comparison.differences import compared
from sim.output.report.page.parts import Figure
from sim.output.report.run.figures import flow_figure, outcomes_figure
from sim.output.report.run.moments import endings
from sim.output.report.run.subject import Subject


def picture(kind: str, subjects: Sequence[Subject]) -> Figure:
    """Return a picture: "outcomes" or "flow" of one run, or "differences" from the first run.

    Raises:
        InputError: the run does not record the three outcomes.
    """
    if kind == "differences":
        return difference_figure(compared(subjects))
    paths = endings(subjects[0].columns)
    if not paths:
        raise InputError(f"{subjects[0].name} does not record the three outcomes")
    drawn = {"outcomes": outcomes_figure, "flow": flow_figure}[kind]
    return drawn(subjects[0], paths)
