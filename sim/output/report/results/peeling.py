"""The peeling path of a discovery: what each further cut wins in density and loses in coverage."""

from __future__ import annotations

from sim.errors import InputError
from sim.output.report.draw.rows import NARROW, WIDE
from sim.output.report.draw.scales import percents
from sim.output.report.draw.xy_chart import XY, Rule, Series, xy_svg
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import percent
from sim.studies.discover import Discovery


def peeling_figure(found: Discovery) -> Figure:
    """Return coverage by density along the path, with the density that was wanted.

    Raises:
        InputError: the discovery holds no path.
    """
    if not found.path:
        raise InputError("this discovery holds no peeling path")
    steps = [(peel.coverage, peel.density) for peel in found.path]
    chosen = (found.coverage[0], found.density[0])
    chart = XY(
        percents(unit="of all cases, in the box"),
        percents(unit="chance in the box"),
        (
            Series("boxes on the path", steps, points=True, size=20),
            Series(
                "the box found",
                [chosen],
                line=False,
                points=True,
                shape="diamond",
                size=90,
                note=f"{percent(chosen[1])} in it",
            ),
        ),
        (Rule("wanted", y=found.wanted, dash=(4, 3)),),
    )
    rows = [
        [percent(p.mass), percent(p.density), percent(p.coverage), str(p.restricted)]
        for p in found.path
    ]
    last = found.path[-1]
    headline = (
        f"Cutting on raises the chance from {percent(found.path[0].density)} to "
        f"{percent(last.density)} and leaves {percent(last.coverage)} of the cases"
    )
    return Figure(
        headline,
        f"{found.interest.words()}: each dot is a box, from all points (right) to the smallest, "
        f"one cut apart. {found.points} points, {found.replicates} replicates each. The box found "
        "is widened again where that costs nothing, and so need not lie on the path.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{headline}; wanted {percent(found.wanted)}, the box found has "
        f"{percent(found.density[0])} with {percent(found.coverage[0])} of the cases.",
        "Simulated. Densities on a path are those on which it was found: see the resampled limits "
        "of the box.",
        Table(
            ("share of points", "chance in it", "share of cases", "inputs restricted"),
            rows,
            f"{len(rows)} boxes",
            (0, 1, 2, 3),
        ),
    )
