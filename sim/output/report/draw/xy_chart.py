"""Lines and points over two axes: evenings, paths, waits, digits, polls, fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.output.report.draw.canvas import Canvas, Point, text_width
from sim.output.report.draw.rows import NARROW
from sim.output.report.draw.scales import Scale
from sim.output.report.page.tokens import LIGHT

LINE = 15
MOST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one cloud. line: join the points. bars: (x, low, high) intervals at the points.
    note: second, plain line of its label at the right. points: draw the marks, too.
    """

    label: str
    values: Sequence[Point]
    colour: str = LIGHT["ink"]
    text: str = LIGHT["ink"]
    line: bool = True
    points: bool = False
    shape: str = "circle"
    hollow: bool = False
    size: float = 36
    width: float = 1.8
    dash: tuple[int, int] = (1, 0)
    bars: Sequence[tuple[float, float, float]] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the whole plot: at x or at y, with words."""

    words: str = ""
    x: float | None = None
    y: float | None = None
    dash: tuple[int, int] = (1, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A filled cell of the plot, by its ends on both axes."""

    x: float
    x2: float
    y: float
    y2: float
    fill: str


@dataclass(frozen=True, slots=True)
class XY:
    """A chart: its two axes, boxes below, series above, rules between."""

    x: Scale
    y: Scale
    series: Sequence[Series]
    rules: Sequence[Rule] = ()
    boxes: Sequence[Box] = ()
    height: int = 280


def xy_svg(chart: XY, width: int) -> str:
    """Return the drawing at a width of 840 or 350 pixels."""
    canvas, narrow = Canvas(width), width == NARROW
    labelled = [s for s in chart.series if s.label]
    room = min(max((text_width(_longest(s)) for s in labelled), default=0.0), 190.0)
    left = max((text_width(w, 12) for _, w in chart.y.ticks), default=0) + 10
    right = width - 8 if narrow else width - room - 20
    top = 44 + (LINE * 2 * len(labelled) if narrow else 0)
    frame = (left, right, top, top + chart.height * (0.8 if narrow else 1.0))
    if narrow:
        _labels_above(canvas, labelled)
    _axes(canvas, chart, frame)
    for box in chart.boxes:
        _box(canvas, chart, box, frame)
    for rule in chart.rules:
        _rule(canvas, chart, rule, frame)
    for one in chart.series:
        _series(canvas, chart, one, frame)
    if not narrow:
        _labels_beside(canvas, chart, labelled, frame)
    return canvas.svg(frame[3] + 44)


Frame = tuple[float, float, float, float]
"""Left, right, top and bottom of the plot, in pixels."""


def _longest(one: Series) -> str:
    return max(one.label, one.note, key=len)


def _place(chart: XY, at: Point, frame: Frame) -> Point:
    left, right, top, bottom = frame
    return chart.x.at(at[0], left, right), chart.y.at(at[1], bottom, top)


def _axes(canvas: Canvas, chart: XY, frame: Frame) -> None:
    left, right, top, bottom = frame
    canvas.text(0, top - 22, chart.y.unit, size=12, colour=LIGHT["ink2"])
    canvas.text(right, bottom + 34, chart.x.unit, size=12, colour=LIGHT["ink2"], align="right")
    for value, words in chart.y.ticks:
        y = chart.y.at(value, bottom, top)
        canvas.rule((left, y), (right, y), LIGHT["grid"])
        canvas.text(left - 6, y, words, size=12, colour=LIGHT["ink2"], align="right")
    free = -1.0
    for value, words in chart.x.ticks:
        x = chart.x.at(value, left, right)
        half = text_width(words, 12) / 2
        at = min(max(x, half), canvas.width - half)
        canvas.rule((x, bottom), (x, bottom + 4), LIGHT["edge"])
        if at - half > free:
            canvas.text(at, bottom + 15, words, size=12, colour=LIGHT["ink2"], align="center")
            free = at + half + 4


def _box(canvas: Canvas, chart: XY, box: Box, frame: Frame) -> None:
    x, y = _place(chart, (box.x, box.y2), frame)
    x2, y2 = _place(chart, (box.x2, box.y), frame)
    canvas.rectangle(x, y, x2 - x, y2 - y, box.fill)


def _rule(canvas: Canvas, chart: XY, rule: Rule, frame: Frame) -> None:
    left, right, top, bottom = frame
    if rule.y is not None:
        y = chart.y.at(rule.y, bottom, top)
        canvas.rule((left, y), (right, y), dash=rule.dash)
        canvas.text(right, y - 8, rule.words, size=12, colour=LIGHT["ink2"], align="right")
    if rule.x is not None:
        x = chart.x.at(rule.x, left, right)
        canvas.rule((x, top), (x, bottom), dash=rule.dash)
        late = x + text_width(rule.words, 12) > canvas.width
        at, align = (x - 4, "right") if late else (x + 4, "left")
        canvas.text(at, top - 7, rule.words, size=12, colour=LIGHT["ink2"], align=align)


def _series(canvas: Canvas, chart: XY, one: Series, frame: Frame) -> None:
    for x, low, high in one.bars:
        ends = (_place(chart, (x, low), frame), _place(chart, (x, high), frame))
        canvas.rule(*ends, one.colour, 2.5)
    places = [_place(chart, at, frame) for at in one.values]
    if one.line and len(places) > 1:
        canvas.line(places, one.colour, one.width, one.dash)
    if one.points or not one.line or len(places) == 1:
        for at in places:
            canvas.point(at, one.colour, shape=one.shape, hollow=one.hollow, size=one.size)


def _labels_above(canvas: Canvas, labelled: Sequence[Series]) -> None:
    """Return a line of words for each series, with its mark, above a narrow plot."""
    for k, one in enumerate(labelled):
        y = 10 + 2 * LINE * k
        if one.line and not one.points:
            canvas.rule((0, y), (16, y), one.colour, one.width, one.dash)
        else:
            canvas.point((8, y), one.colour, shape=one.shape, hollow=one.hollow, size=one.size)
        canvas.text(22, y, one.label, bold=True, colour=one.text, size=12)
        canvas.text(22, y + LINE - 1, one.note, size=12, colour=LIGHT["ink2"])


def _labels_beside(canvas: Canvas, chart: XY, labelled: Sequence[Series], frame: Frame) -> None:
    """Write each label at the height of its last point, moved apart where they would touch."""
    right, bottom = frame[1], frame[3]
    ends = [(s, _place(chart, s.values[-1], frame)) for s in labelled if s.values]
    ends.sort(key=lambda pair: pair[1][1])
    heights = [LINE * (2 if s.note else 1) for s, _ in ends]
    tops = [y - h / 2 for (_, (_, y)), h in zip(ends, heights, strict=True)]
    for k in range(1, len(tops)):
        tops[k] = max(tops[k], tops[k - 1] + heights[k - 1] + 2)
    over = tops[-1] + heights[-1] - (bottom + 34) if tops else 0
    for k in range(len(tops) - 1, -1, -1):
        most = bottom + 34 - heights[k] if k == len(tops) - 1 else tops[k + 1] - heights[k] - 2
        tops[k] = min(tops[k], most) if over > 0 else tops[k]
    for (one, _), y in zip(ends, tops, strict=True):
        canvas.text(right + 10, y + 7, one.label, bold=True, colour=one.text, size=12.5)
        canvas.text(right + 10, y + 7 + LINE, one.note, size=12, colour=LIGHT["ink2"])
