"""What matters in a sweep: the effect of each lever, the surface of two, and the box of
discovery.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.draw.tile_chart import Tile, Tiles, green, tiles_svg
from sim.output.report.method.assumption_list import shown
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import percent, signed
from sim.output.report.sweep.explorer import count, figure
from sim.output.report.sweep.grid import Lever, Outcome, Swept
from sim.studies.discover import Discovery, Interest, events, find

WANTED = 0.8
Z90 = 1.645


def happened(swept: Swept, outcome: Outcome) -> NDArray[np.float64]:
    """Return (points, replicates): 1 with the outcome, 0 without, NaN where it does not exist."""
    return events(swept.done, interest(outcome))


def interest(outcome: Outcome) -> Interest:
    """Return the outcome as an event to look for."""
    return Interest(outcome.key, is_value=outcome.category)


def effects(swept: Swept, outcome: Outcome) -> list[tuple[Lever, float, float, float, float]]:
    """Return (lever, mean at its first value, at its last, low, high of the paired difference at
    90 %), the largest difference first; the mean is over all other levers' values.
    """
    values, found = happened(swept, outcome), []
    for lever in swept.levers:
        where = [
            np.array([p[lever.path] == end for p in swept.done.points])
            for end in (lever.values[0], lever.values[-1])
        ]
        low, high = (np.nanmean(values[at], axis=0) for at in where)
        d = high - low
        half = Z90 * float(np.nanstd(d, ddof=1)) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
        mid = float(np.nanmean(d))
        found.append(
            (lever, float(np.nanmean(low)), float(np.nanmean(high)), mid - half, mid + half)
        )
    return sorted(found, key=lambda row: -abs(row[2] - row[1]))


def effects_figure(swept: Swept, outcome: Outcome) -> Figure:
    """Return how far each lever moves the outcome from its first to its last value."""
    every = effects(swept, outcome)
    rows, table = [], []
    for lever, low, high, d0, d1 in every:
        ends = f"{shown(lever.values[0])} to {shown(lever.values[-1])}"
        told = f"{signed(100 * (high - low))} points"
        interval = f"{signed(100 * d0)} to {signed(100 * d1)}"
        rows.append(Row(f"{lever.path}: {ends}", high, other=low, notes=(told, interval)))
        table.append([lever.path, ends, percent(low), percent(high), told, interval])
    top = nice([100 * x for row in every for x in row[1:3]], "", zero=True)
    ticks = tuple((t / 100, f"{w}%") for t, w in top.ticks)
    axis = Axis(top.low / 100, top.high / 100, ticks, outcome.name)
    lever, low, high, d0, d1 = every[0]
    apart = d0 * d1 > 0
    headline = (
        f"{lever.path} moves it most: {percent(low)} at {shown(lever.values[0])}, {percent(high)} "
        f"at {shown(lever.values[-1])}"
        if apart
        else f"How far each lever moves: {outcome.name[:1].lower()}{outcome.name[1:]}"
    )
    return Figure(
        headline,
        f"{outcome.name}. Hollow: at the first value; filled: at the last; mean over the other "
        "levers' values. Interval: 90%, paired.",
        interval_svg(rows, axis, ("difference", "90%"), WIDE),
        interval_svg(rows, axis, ("difference", "90%"), NARROW),
        f"{outcome.name}: " + "; ".join(f"{r[0]} {r[1]}, {r[4]}" for r in table[:4]) + ".",
        "Simulated; all points share their random numbers.",
        Table(
            ("lever", "values", "at the first", "at the last", "difference", "90%"),
            table,
            outcome.name,
            (2, 3, 4, 5),
        ),
    )


def surface_figure(swept: Swept, outcome: Outcome) -> Figure | None:
    """Return the outcome over the two levers that move it most, all others at the baseline; None
    with fewer than two levers.
    """
    if len(swept.levers) < 2 or not swept.full:
        return None
    a, b = (row[0] for row in effects(swept, outcome)[:2])
    base = swept.done.points[swept.baseline]
    rest = [x.path for x in swept.levers if x.path not in (a.path, b.path)]
    here = [
        (number, p)
        for number, p in enumerate(swept.done.points)
        if all(p[path] == base[path] for path in rest)
    ]
    tiles, table, shares = [], [], []
    for number, p in here:
        line = swept.line(number, outcome)
        value = 0.0 if line is None or line.estimate is None else line.estimate
        said = figure(value, count(swept.lines[number]))
        column, row = a.values.index(p[a.path]), b.values.index(p[b.path])
        tiles.append(Tile(column, row, green(value * 0.999), (said,)))
        table.append([shown(p[a.path]), shown(p[b.path]), said])
        shares.append((value, said, p))
    size = (min(110, 600 // max(len(a.values), 1)), 40)
    heads, sides = ([shown(v) for v in x.values] for x in (a, b))
    grid = Tiles(tiles, heads, sides, f"{a.path} \u2192", f"{b.path} \u2193", size)
    low, high = min(shares, key=lambda s: s[0]), max(shares, key=lambda s: s[0])
    words = f"From {low[1]} to {high[1]} over {a.path} and {b.path}"
    others = ", ".join(f"{path} at {shown(base[path])}" for path in rest)
    return Figure(
        words,
        f"{outcome.name}: its share at each point{'; ' + others if others else ''}. Darker: more. "
        "Between the points nothing is computed.",
        tiles_svg(grid, WIDE),
        tiles_svg(grid, NARROW),
        f"{outcome.name}: {words}; most at {_at(high[2], a, b)}.",
        f"Simulated; n = {count(swept.lines[0]):,} replicates a point.",
        Table((a.path, b.path, "share"), table, outcome.name, (2,)),
    )


def _at(point: dict[str, object], a: Lever, b: Lever) -> str:
    return f"{a.path} {shown(point[a.path])} and {b.path} {shown(point[b.path])}"


def box(swept: Swept, outcome: Outcome) -> Discovery | str:
    """Return the box of discovery over the points of the sweep, or why there is none."""
    try:
        values = happened(swept, outcome)
        return find(swept.done.points, values, interest(outcome), wanted=WANTED, resamples=20)
    except InputError as error:
        return str(error)


def box_words(found: Discovery | str, outcome: Outcome) -> list[str]:
    """Return what the box says, in sentences."""
    if isinstance(found, str):
        return [f"No box of discovery: {found}."]
    limits = []
    for r in found.restrictions:
        if r.allowed:
            limits.append(f"{r.path} is {' or '.join(shown(v) for v in r.allowed)}")
        if r.low is not None:
            limits.append(f"{r.path} is at least {r.low[0]:g}")
        if r.high is not None:
            limits.append(f"{r.path} is at most {r.high[0]:g}")
    name = outcome.name[:1].lower() + outcome.name[1:]
    if not limits:
        return [f"No restriction of the levers makes it likelier that {name}."]
    d, c = found.density, found.coverage
    reach = "" if found.reached else f" No box reaches the wanted {percent(WANTED)}."
    return [
        f"Where {' and '.join(limits)}, {name} in {percent(d[0])} (90%: {percent(d[1])} to "
        f"{percent(d[2])}) of replicates; over all points in {percent(found.base)}.{reach}",
        f"The box holds {percent(c[0])} of all cases and {percent(found.mass[0])} of the points. "
        "Bryant and Lempert (2010); intervals from replicates drawn anew.",
    ]
