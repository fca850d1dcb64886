"""Pictures of studies: tornado, Sobol indices, discovery, influence, assumptions."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import InputError
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.method.assumption_list import shown
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import cut, percent, signed
from sim.records.results.assumptions import Assumptions
from sim.studies.discover import Discovery
from sim.studies.influence import Effect, Influences
from sim.studies.sensitivity import Index, Sensitivity, Swing, Tornado

MOST = 10


def axis_of(values: Sequence[float], unit: str, *, zero: bool = True) -> Axis:
    """Return an axis that holds the values."""
    scale = nice(values, unit, zero=zero)
    return Axis(scale.low, scale.high, scale.ticks, unit, zero=zero and scale.low < 0)


def figure(
    head: str, sub: str, rows: Sequence[Row], axis: Axis, heads: Sequence[str], table: Table
) -> Figure:
    """Return a figure of rows; its words are its headline and its first rows."""
    told = "; ".join(f"{r.label} {', '.join(r.notes)}" for r in rows if not r.heading)
    return Figure(
        head,
        sub,
        interval_svg(rows, axis, heads, WIDE),
        interval_svg(rows, axis, heads, NARROW),
        cut(f"{head}. {told}", 300),
        "Simulated; most defaults are assumptions.",
        table,
    )


def tornado_figure(found: Tornado) -> Figure:
    """Return the swings of the first outcome, largest first, those not told apart from zero below a
    line.

    Raises:
        InputError: there is no swing.
    """
    if not found.rows:
        raise InputError("no input moves anything here, so there is nothing to draw")
    name = found.rows[0].outcome
    mine = [s for s in found.rows if s.outcome == name]
    unit = found.rows[0].unit
    scale = 100.0 if unit == "share" else 1.0
    apart = [s for s in mine if s.low * s.high > 0]
    rest = [s for s in mine if s not in apart]
    rows = [_swing(s, scale) for s in apart[:MOST]]
    if rest:
        rows += [Row("Not told apart from zero"), *(_swing(s, scale) for s in rest[:MOST])]
    words = "percent" if unit == "share" else unit
    axis = axis_of([scale * x for s in mine for x in (s.at_low, s.at_high)], f"{name}, {words}")
    head = (
        f"{apart[0].path} moves {name} most"
        if apart
        else f"No input is told apart from zero on {name}"
    )
    body = [
        [s.path, f"{shown(s.low_end)} to {shown(s.high_end)}", f"{scale * s.at_low:.3g}",
         f"{scale * s.at_high:.3g}", *_swing(s, scale).notes] for s in mine
    ]  # fmt: skip
    heads = ("input", "ends", "at the low end", "at the high end", "difference", "95%")
    return figure(
        head,
        f"Mean of {name} at the low (hollow) and the high end (filled) of each input, all others "
        "at their middle. 95% paired intervals.",
        rows,
        axis,
        ("difference", "95%"),
        Table(heads, body, name, (2, 3, 4, 5)),
    )


def _swing(s: Swing, scale: float) -> Row:
    digits = 0 if scale == 100 else 2
    notes = (
        signed(scale * s.difference, digits),
        f"{signed(scale * s.low, digits)} to {signed(scale * s.high, digits)}",
    )
    return Row(s.path, scale * s.at_high, other=scale * s.at_low, notes=notes)


def sobol_figure(found: Sensitivity) -> Figure:
    """Return total (filled) and first-order indices (hollow) of each input for the first outcome.

    Raises:
        InputError: there is no index.
    """
    if not found.rows:
        raise InputError("there are no indices to draw")
    name = found.rows[0].outcome
    mine = sorted((i for i in found.rows if i.outcome == name), key=lambda i: -i.total[0])
    rows = [_index(i) for i in mine]
    ends = [x for i in mine for x in (*i.first, *i.total)]
    body = [[i.path, *(f"{v[0]:.2f} ({v[1]:.2f} to {v[2]:.2f})" for v in (i.first, i.total))]
            for i in mine]  # fmt: skip
    top = mine[0]
    clear = len(mine) < 2 or top.total[1] > mine[1].total[2]
    head = f"{top.path} moves {name} most" if clear else f"What moves {name}: Sobol indices"
    return figure(
        head,
        f"Share of the variance of {name}. Filled: total index; hollow: first order. Lines: 95% "
        "bootstrap.",
        rows,
        axis_of(ends, "share of the variance"),
        ("total", "first"),
        Table(("input", "first order", "total"), body, name, (1, 2)),
    )


def _index(i: Index) -> Row:
    (t, t0, t1), (f, f0, f1) = i.total, i.first
    return Row(i.path, t, t0, t1, notes=(f"{t:.2f}", f"{f:.2f}"), other=f, other_low=f0,
               other_high=f1)  # fmt: skip


def discovery_figure(found: Discovery) -> Figure:
    """Return the chance of the event in the box and over all points, and what the box holds."""
    named = [
        ("In the box", found.density),
        ("Over all points", (found.base, found.base, found.base)),
        ("Of all cases, in the box", found.coverage),
        ("Of all points, in the box", found.mass),
    ]
    rows = [
        Row(name, v, low, high, notes=(percent(v), f"{percent(low)} to {percent(high)}"))
        for name, (v, low, high) in named
    ]
    body = []
    for r in found.restrictions:
        ends = [f"{word} {x[0]:g} ({x[1]:g} to {x[2]:g})" for word, x in
                (("at least", r.low), ("at most", r.high)) if x is not None]  # fmt: skip
        said = " and ".join(ends) or " or ".join(shown(v) for v in r.allowed)
        body.append([r.path, said, percent(r.often_share)])
    limits = " and ".join(f"{b[0]} {b[1].split(' (')[0]}" for b in body) or "no restriction"
    return figure(
        f"{found.interest.words()} in {percent(found.density[0])} of replicates where {limits}",
        f"{found.points} points, {found.replicates} replicates each. Lines: 5% and 95% of "
        f"{found.resamples} searches on replicates drawn anew.",
        rows,
        Axis(0, 1, tuple((x / 4, f"{25 * x}%") for x in range(5)), "share"),
        ("estimate", "90%"),
        Table(("input", "limits (90%)", "restricted again"), body, "The box", (2,)),
    )


def influence_figure(found: Influences) -> Figure:
    """Return what each option changes on the first outcome, largest first.

    Raises:
        InputError: no option moves a chance.
    """
    every = [(r.decision, r.option, _first(r.effects)) for r in found.rows if r.effects]
    kept = [x for x in every if x[2].unit == "share"]
    if not kept:
        raise InputError("no option moves an outcome that is a chance")
    kept.sort(key=lambda x: -abs(x[2].difference))
    rows = [_effect(*x) for x in kept[:16]]
    axis = axis_of([100 * v for _, _, e in kept[:16] for v in (e.low, e.high)], "points")
    top = kept[0]
    apart = top[2].low * top[2].high > 0
    body = [[f"{d}: {o}", *_effect(d, o, e).notes, f"{e.changed} of {e.n}"] for d, o, e in kept]
    name = f"{top[2].outcome} {top[2].category}".strip()
    return figure(
        f"{top[0]}: {top[1]} moves {name} most" if apart else f"What options change on {name}",
        f"{name}: with the option forced, minus as it is, percentage points; {found.replicates} "
        "replicates with the same luck. Lines: 90% intervals.",
        rows,
        axis,
        ("points", "90%"),
        Table(("option", "points", "90%", "replicates changed"), body, name, (1, 2, 3)),
    )


def _first(effects: Sequence[Effect]) -> Effect:
    return effects[0]


def _effect(decision: str, option: str, e: Effect) -> Row:
    notes = (signed(100 * e.difference), f"{signed(100 * e.low)} to {signed(100 * e.high)}")
    mark = "filled" if e.low * e.high > 0 else "hollow"
    return Row(f"{decision}: {option}", 100 * e.difference, 100 * e.low, 100 * e.high, mark=mark,
               notes=notes)  # fmt: skip


def assumptions_figure(found: Assumptions) -> Figure:
    """Return what the drawn assumptions leave open of each outcome that is a chance.

    Raises:
        InputError: none is.
    """
    kept = [r for r in found.ranges if r.unit in ("share", "key")]
    if not kept:
        raise InputError("no outcome here is a chance")
    rows, body = [], []
    for r in kept[:16]:
        name = f"{r.outcome}: {r.category}" if r.category else r.outcome
        notes = (percent(r.estimate), f"{percent(r.low)} to {percent(r.high)}")
        rows.append(Row(name, r.estimate, low_wide=r.low, high_wide=r.high, notes=notes))
        moved = ", ".join(f"{m.path} ({m.correlation:+.2f})" for m in r.movers) or "none told apart"
        body.append([name, *notes, moved])
    top = max(kept, key=lambda r: r.high - r.low)
    name = f"{top.outcome} {top.category}".strip()
    return figure(
        f"{found.parameters} drawn assumptions leave {name} between {percent(top.low)} and "
        f"{percent(top.high)}",
        f"Dot: the estimate. Pale bar: central 90% of what the assumptions leave open. "
        f"{found.sets} sets, {found.replicates} replicates.",
        rows,
        Axis(0, 1, tuple((x / 4, f"{25 * x}%") for x in range(5)), "share of the replicates"),
        ("estimate", "assumptions"),
        Table(("outcome", "estimate", "left open", "moved by (rank correlation)"), body,
              found.scenario, (1, 2)),
    )  # fmt: skip
