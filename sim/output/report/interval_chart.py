"""Rows of figures with their intervals: one specification for chances, differences and counts.

A dot is the figure, a dark line its Monte Carlo interval, a sand bar what the assumptions allow; of
few replicates each is one dot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.output.report.drawing import configured, svg_of
from sim.output.report.tokens import LIGHT

WIDE, NARROW = 840, 350


@dataclass(frozen=True, slots=True)
class Row:
    """A row. estimate None makes it a heading.

    low, high: ends of the interval; low_wide, high_wide: of the sand bar. dots: draw so many dots
    at 1, 2, ... instead. mark: "filled", "hollow" or "bar". beyond: the axis ends before the
    figure. notes: short texts at the right, as many as there are columns.
    """

    label: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    low_wide: float | None = None
    high_wide: float | None = None
    dots: int | None = None
    mark: str = "filled"
    colour: str = LIGHT["ink"]
    text: str = LIGHT["ink"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis: ends, ticks with their words, unit, and lines that mark a margin or zero."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    unit: str
    zero: bool = False
    margins: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Heads of the columns at the right."""

    heads: tuple[str, ...]


def interval_svg(rows: Sequence[Row], axis: Axis, columns: Columns, width: int) -> str:
    """Return the drawing at a width of 840 or 350 pixels."""
    placed = _placed(rows, width == NARROW, len(columns.heads))
    height = placed[-1]["y"] + 26 if placed else 60
    layers = _layers(placed, axis, columns, width, height)
    import altair as alt

    return svg_of(configured(alt.layer(*layers), width, height))


def _placed(rows: Sequence[Row], narrow: bool, columns: int) -> list[dict[str, Any]]:
    """Return the rows as plain data with the height at which each stands, in pixels."""
    y, found = (62.0 if narrow else 54.0), []
    for row in rows:
        heading = row.estimate is None and row.dots is None
        y += (0 if narrow else 8) if found and heading else 0
        tall = max(1, len(_lines(row.label, 44 if narrow else 30)))
        entry: dict[str, Any] = {name: getattr(row, name) for name in Row.__slots__}
        entry |= {"heading": heading, "y": y, "yl": y - 17 if narrow and not heading else y}
        if narrow and not heading:
            entry["y"] = y + 2
        entry["words"] = _lines(row.label, 44 if narrow else 30)
        entry["joined"] = " · ".join(n for n in row.notes if n)
        found.append(entry)
        y += 24 if heading and not narrow else 36 if heading else (38 if narrow else 24)
        y += 15 * (tall - 1) if not heading else 0
    return found


def _lines(text: str, most: int) -> list[str]:
    """Return a name as lines, broken at words, never cut."""
    import textwrap

    return textwrap.wrap(text, most, break_long_words=False) or [""]


def _layers(
    rows: list[dict[str, Any]], axis: Axis, columns: Columns, width: int, height: float
) -> list[Any]:
    narrow = width == NARROW
    x0, x1 = (10.0, width - 22.0) if narrow else (216.0, width - 28.0 - 92.0 * len(columns.heads))
    top = 38.0
    plot = _Plot(axis, x0, x1, height)
    return [
        *_grid(plot, top),
        *_marks(rows, plot),
        *_labels(rows, plot, narrow),
        *([] if narrow else _notes(rows, columns, plot, width)),
    ]


@dataclass(frozen=True, slots=True)
class _Plot:
    axis: Axis
    x0: float
    x1: float
    height: float

    def base(self, values: list[dict[str, Any]]) -> Any:
        import altair as alt

        return alt.Chart(alt.Data(values=values))

    def x(self, field: str) -> Any:
        import altair as alt

        scale = alt.Scale(domain=[self.axis.low, self.axis.high], range=[self.x0, self.x1])
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> Any:
        import altair as alt

        scale = alt.Scale(domain=[0, self.height], range=[0, self.height])
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _grid(plot: _Plot, top: float) -> list[Any]:
    import altair as alt

    ends = {"y": top, "y2": plot.height - 6}
    ticks = [{"x": x, "words": words, **ends} for x, words in plot.axis.ticks]
    lines = plot.base(ticks).mark_rule(color=LIGHT["grid"])
    found = [lines.encode(x=plot.x("x"), y=plot.y(), y2="y2:Q")]
    words = plot.base(ticks).mark_text(fontSize=12, color=LIGHT["ink2"])
    found.append(words.encode(x=plot.x("x"), y=alt.value(26), text="words:N"))
    unit = plot.base([{}]).mark_text(fontSize=12, color=LIGHT["ink2"], align="left")
    found.append(unit.encode(x=alt.value(plot.x0), y=alt.value(8), text=alt.value(plot.axis.unit)))
    special = [({"x": 0, **ends}, LIGHT["ink"], [1, 0])] if plot.axis.zero else []
    special += [({"x": m, **ends}, LIGHT["edge"], [2, 3]) for m in plot.axis.margins]
    for value, colour, dash in special:
        rule = plot.base([value]).mark_rule(color=colour, strokeDash=dash)
        found.append(rule.encode(x=plot.x("x"), y=plot.y(), y2="y2:Q"))
    return found


def _marks(rows: list[dict[str, Any]], plot: _Plot) -> list[Any]:
    import altair as alt

    found = []
    sand = [r for r in rows if r["low_wide"] is not None]
    if sand:
        bar = plot.base(sand).mark_rule(color=LIGHT["assume"], strokeWidth=12)
        found.append(bar.encode(x=plot.x("low_wide"), x2="high_wide:Q", y=plot.y()))
        for end in ("low_wide", "high_wide"):
            tick = plot.base(sand).mark_tick(color=LIGHT["edge"], size=14, orient="vertical")
            found.append(tick.encode(x=plot.x(end), y=plot.y()))
    kept = [_clipped(r, plot.axis) for r in rows]
    line = plot.base([r for r in kept if r["low"] is not None]).mark_rule(strokeWidth=2.5)
    colour = alt.Color("colour:N", scale=None)
    found.append(line.encode(x=plot.x("low"), x2="high:Q", y=plot.y(), color=colour))
    dots = [{**r, "estimate": i} for r in rows for i in range(1, (r["dots"] or 0) + 1)]
    singles = [r for r in kept if r["estimate"] is not None] + dots
    shapes = alt.Shape(
        "mark:N", scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())), legend=None
    )
    fill = alt.Fill("ground:N", scale=None)
    for row in singles:
        row["ground"] = LIGHT["page"] if row["mark"] == "hollow" else row["colour"]
        row["mark"] = row.get("arrow") or row["mark"]
    point = plot.base(singles).mark_point(size=76, strokeWidth=2, opacity=1)
    stroke = alt.Stroke("colour:N", scale=None)
    found.append(
        point.encode(x=plot.x("estimate"), y=plot.y(), shape=shapes, fill=fill, stroke=stroke)
    )
    return found


_SHAPES = {
    "filled": "circle",
    "hollow": "circle",
    "bar": "M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z",
    "right": "triangle-right",
    "left": "triangle-left",
}


def _clipped(row: dict[str, Any], axis: Axis) -> dict[str, Any]:
    """Return a row with its line within the axis; a figure beyond it becomes an arrow at the end."""
    if row["estimate"] is None or row["dots"] is not None:
        return dict(row)
    kept = dict(row)
    for name in ("low", "high", "estimate"):
        if kept[name] is not None:
            kept[name] = min(max(kept[name], axis.low), axis.high)
    if row["estimate"] > axis.high:
        kept["arrow"] = "right"
    elif row["estimate"] < axis.low:
        kept["arrow"] = "left"
    return kept


def _labels(rows: list[dict[str, Any]], plot: _Plot, narrow: bool) -> list[Any]:
    import altair as alt

    heads = [r for r in rows if r["heading"]]
    found = []
    if heads:
        head = plot.base(heads).mark_text(
            fontSize=13, fontWeight="bold", align="left", color=LIGHT["ink"]
        )
        found.append(head.encode(x=alt.value(1), y=plot.y("yl"), text="label:N"))
    body = [r for r in rows if not r["heading"]]
    colour = alt.Color("text:N", scale=None)
    align, at = ("left", 1) if narrow else ("right", plot.x0 - 20)
    for line in range(max((len(r["words"]) for r in body), default=0)):
        part = [
            {**r, "line": r["words"][line], "yl": r["yl"] + 15 * line}
            for r in body
            if len(r["words"]) > line
        ]
        name = plot.base(part).mark_text(fontSize=13, align=align)
        found.append(name.encode(x=alt.value(at), y=plot.y("yl"), text="line:N", color=colour))
    if narrow:
        said = plot.base(body).mark_text(fontSize=12, align="right", color=LIGHT["ink2"])
        found.append(said.encode(x=alt.value(NARROW - 2), y=plot.y("yl"), text="joined:N"))
    return found


def _notes(rows: list[dict[str, Any]], columns: Columns, plot: _Plot, width: int) -> list[Any]:
    import altair as alt

    found = []
    for place, head in enumerate(columns.heads):
        at = plot.x1 + 28 + 92 * (place + 1) - 4
        top = plot.base([{}]).mark_text(fontSize=12, align="right", color=LIGHT["ink2"])
        found.append(top.encode(x=alt.value(at), y=alt.value(26), text=alt.value(head)))
        body = [{**r, "note": r["notes"][place]} for r in rows if len(r["notes"]) > place]
        mark = plot.base(body).mark_text(
            fontSize=13, align="right", fontWeight="bold" if place == 0 else "normal"
        )
        ink = alt.Color("text:N", scale=None) if place == 0 else alt.value(LIGHT["ink2"])
        found.append(mark.encode(x=alt.value(at), y=plot.y(), text="note:N", color=ink))
    return found
