"""Rows of figures with their intervals: one specification for chances, differences and counts.

A dot is the figure, a dark line its Monte Carlo interval, a sand bar what the assumptions allow; of
few replicates each is one dot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from sim.output.report.draw.drawing import as_checked, configured, svg_of
from sim.output.report.draw.rows import NARROW, WIDE, Row, placed
from sim.output.report.page.tokens import LIGHT

Rows = list[dict[str, Any]]
COLUMN = 92
SHAPES = {
    "filled": "circle",
    "hollow": "circle",
    "diamond": "diamond",
    "bar": "M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z",
    "right": "triangle-right",
    "left": "triangle-left",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis: ends, ticks with their words, unit, and lines that mark zero or a margin."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    unit: str
    zero: bool = False
    margins: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the axis lies in the drawing: from x0 to x1, in pixels."""

    axis: Axis
    x0: float
    x1: float
    height: float
    narrow: bool

    def x(self, field: str) -> alt.X:
        """Return a place along the axis."""
        scale = alt.Scale(domain=[self.axis.low, self.axis.high], range=[self.x0, self.x1])
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        """Return a height in pixels from the top."""
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height])
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


def interval_svg(rows: Sequence[Row], axis: Axis, columns: Sequence[str], width: int) -> str:
    """Return the drawing at a width of 840 or 350 pixels. columns: heads of the rows' notes."""
    at, narrow = placed(rows, width), width == NARROW
    x0, x1 = (12.0, width - 22.0) if narrow else (216.0, width - 28.0 - COLUMN * len(columns))
    plot = Plot(axis, x0, x1, at.height, narrow)
    with as_checked():
        layers = [
            *_grid(at.rows, plot),
            *_sand([row for row in at.rows if row["low_wide"] is not None], plot),
            *_others([_within(row, axis) for row in at.rows if row["other"] is not None], plot),
            *_marks([_within(row, axis) for row in at.rows], plot),
            *_names(at.names, plot),
            *(_joined(at.rows, plot) if narrow else _notes(at.rows, columns, plot)),
        ]
        return svg_of(configured(alt.layer(*layers), width, int(at.height)))


def data(values: Rows) -> alt.Chart:
    """Return a chart of some rows."""
    return alt.Chart(alt.Data(values=values))


def _grid(rows: Rows, plot: Plot) -> list[Any]:
    """Return ticks with their words, and the lines behind each row: names stay free of lines."""
    axis = plot.axis
    drawn = [(x, LIGHT["grid"], [1, 0]) for x, _ in axis.ticks]
    drawn += [(0.0, LIGHT["ink"], [1, 0])] if axis.zero else []
    drawn += [(x, LIGHT["edge"], [2, 3]) for x in axis.margins]
    found = []
    for x, colour, dash in drawn:
        behind = [{"x": x, "y": row["y_low"], "y2": row["y_high"]} for row in rows]
        rule = data(behind).mark_rule(color=colour, strokeDash=dash)
        found.append(rule.encode(x=plot.x("x"), y=plot.y(), y2="y2:Q"))
    ticks = [{"x": x, "words": words} for x, words in axis.ticks]
    words = data(ticks).mark_text(fontSize=12, color=LIGHT["ink2"])
    found.append(words.encode(x=plot.x("x"), y=alt.value(26), text="words:N"))
    unit = data([{}]).mark_text(fontSize=12, color=LIGHT["ink2"], align="left")
    at = alt.value(1 if plot.narrow else plot.x0)
    return [*found, unit.encode(x=at, y=alt.value(9), text=alt.value(axis.unit))]


def _sand(rows: Rows, plot: Plot) -> list[Any]:
    """Return the bars of the assumptions, with lines at their ends that carry them."""
    if not rows:
        return []
    bar = data(rows).mark_rule(color=LIGHT["assume"], strokeWidth=12)
    found = [bar.encode(x=plot.x("low_wide"), x2="high_wide:Q", y=plot.y())]
    for end in ("low_wide", "high_wide"):
        tick = data(rows).mark_tick(color=LIGHT["edge"], size=14, orient="vertical")
        found.append(tick.encode(x=plot.x(end), y=plot.y()))
    return found


def _others(rows: Rows, plot: Plot) -> list[Any]:
    """Return the second figure of each row, and the distance from the first in grey."""
    if not rows:
        return []
    clamp = partial(_clamped, plot.axis)
    ends = ("other", "other_low", "other_high")
    kept = [r | {k: clamp(r[k]) for k in ends if r[k] is not None} for r in rows]
    joined = data(kept).mark_rule(color=LIGHT["nobody-tint"], strokeWidth=6)
    found = [joined.encode(x=plot.x("other"), x2="estimate:Q", y=plot.y())]
    line = data([r for r in kept if r["other_low"] is not None]).mark_rule(strokeWidth=2.5)
    colour = alt.Color("colour:N", scale=None)
    found.append(line.encode(x=plot.x("other_low"), x2="other_high:Q", y=plot.y(), color=colour))
    seconds = [
        {
            "estimate": r["other"],
            "y": r["y"],
            "colour": r["colour"],
            "ground": LIGHT["page"],
            "shape": r["other_mark"],
        }
        for r in kept
    ]
    return [*found, _points(seconds, plot)]


def _clamped(axis: Axis, value: float) -> float:
    return min(max(value, axis.low), axis.high)


def _marks(rows: Rows, plot: Plot) -> list[Any]:
    """Return lines and dots; a figure beyond the axis is an arrow at its end."""
    line = data([row for row in rows if row["low"] is not None]).mark_rule(strokeWidth=2.5)
    colour = alt.Color("colour:N", scale=None)
    lines = line.encode(x=plot.x("low"), x2="high:Q", y=plot.y(), color=colour)
    dots = [row | {"estimate": i} for row in rows for i in range(1, (row["dots"] or 0) + 1)]
    singles = [_shaped(row) for row in [*rows, *dots] if row["estimate"] is not None]
    return [lines, _points(singles, plot)]


def _points(rows: Rows, plot: Plot) -> Any:
    point = data(rows).mark_point(size=76, strokeWidth=2, opacity=1)
    shapes = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return point.encode(
        x=plot.x("estimate"),
        y=plot.y(),
        shape=alt.Shape("shape:N", scale=shapes, legend=None),
        fill=alt.Fill("ground:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
    )


def _shaped(row: dict[str, Any]) -> dict[str, Any]:
    ground = LIGHT["page"] if row["mark"] == "hollow" else row["colour"]
    return row | {"ground": ground, "shape": row.get("arrow", row["mark"])}


def _within(row: dict[str, Any], axis: Axis) -> dict[str, Any]:
    """Return a row whose marks lie within the axis."""
    if row["estimate"] is None:
        return row
    ends = ("low", "high", "estimate")
    kept = {k: min(max(row[k], axis.low), axis.high) for k in ends if row[k] is not None}
    if axis.low <= row["estimate"] <= axis.high:
        return row | kept
    return row | kept | {"arrow": "right" if row["estimate"] > axis.high else "left"}


def _names(names: Rows, plot: Plot) -> list[Any]:
    heads = [name for name in names if name["heading"]]
    body = [name for name in names if not name["heading"]]
    bold = data(heads).mark_text(fontSize=13, fontWeight="bold", align="left", color=LIGHT["ink"])
    at = 1.0 if plot.narrow else plot.x0 - 20
    plain = data(body).mark_text(fontSize=13, align="left" if plot.narrow else "right")
    colour = alt.Color("text:N", scale=None)
    return [
        bold.encode(x=alt.value(1), y=plot.y(), text="words:N"),
        plain.encode(x=alt.value(at), y=plot.y(), text="words:N", color=colour),
    ]


def _joined(rows: Rows, plot: Plot) -> list[Any]:
    """Return the notes of narrow rows, each in one text."""
    said = data(rows).mark_text(fontSize=12, align="right", color=LIGHT["ink2"])
    return [said.encode(x=alt.value(NARROW - 2), y=plot.y("y_notes"), text="joined:N")]


def _notes(rows: Rows, columns: Sequence[str], plot: Plot) -> list[Any]:
    """Return the columns at the right of wide rows; the first holds the chief figure."""
    found = []
    for place, head in enumerate(columns):
        at = alt.value(WIDE - 4 - COLUMN * (len(columns) - 1 - place))
        top = data([{}]).mark_text(fontSize=12, align="right", color=LIGHT["ink2"])
        found.append(top.encode(x=at, y=alt.value(26), text=alt.value(head)))
        body = [row | {"note": row["notes"][place]} for row in rows if len(row["notes"]) > place]
        mark = data(body).mark_text(
            fontSize=13, align="right", fontWeight="normal" if place else "bold"
        )
        ink = alt.Color("text:N", scale=None) if place == 0 else alt.value(LIGHT["ink2"])
        found.append(mark.encode(x=at, y=plot.y(), text="note:N", color=ink))
    return found
