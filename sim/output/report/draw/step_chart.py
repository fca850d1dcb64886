"""What happens in which share of replicates by when: one row of steps an event."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sim.output.report.draw.canvas import Canvas, text_width
from sim.output.report.draw.rows import NARROW
from sim.output.report.page.tokens import LIGHT

HIGH, ROW_WIDE, ROW_NARROW, SIDE = 24, 34, 64, 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis of time, in house days, and the part of the width that it takes."""

    name: str
    low: float
    high: float
    part: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """An event: its first days in the replicates in which it occurs, of `n` replicates. notes: at
    the right.
    """

    label: str
    days: tuple[float, ...]
    n: int
    notes: tuple[str, ...]
    ticks: bool = False


def steps_svg(
    rows: Sequence[StepRow], stretches: Sequence[Stretch], heads: Sequence[str], width: int
) -> str:
    """Return the drawing at a width of 840 or 350 pixels. heads: of the rows' notes."""
    canvas, narrow = Canvas(width), width == NARROW
    left, right = (4.0, width - 8.0) if narrow else (222.0, width - 130.0)
    deep, top = (ROW_NARROW, 44.0) if narrow else (ROW_WIDE, 44.0)
    bottom = top + deep * len(rows)
    _time(canvas, stretches, (left, right, top, bottom))
    for k, head in enumerate(heads):
        if not narrow:
            at = width - 2 - 64 * (len(heads) - 1 - k)
            canvas.text(at, 30, head, size=12, colour=LIGHT["ink2"], align="right")
    for k, row in enumerate(rows):
        base = top + deep * (k + 1) - 6
        _row(canvas, row, base, stretches, (left, right), narrow)
    return canvas.svg(bottom + 8)


def place(day: float, stretches: Sequence[Stretch], ends: tuple[float, float]) -> float:
    """Return where a day stands; each stretch has its part of the width."""
    at, width = ends[0], ends[1] - ends[0]
    for one in stretches:
        if day <= one.high or one is stretches[-1]:
            part = (day - one.low) / (one.high - one.low)
            return at + width * one.part * min(max(part, 0.0), 1.0)
        at += width * one.part
    return at


def _time(
    canvas: Canvas, stretches: Sequence[Stretch], frame: tuple[float, float, float, float]
) -> None:
    left, right, top, bottom = frame
    free = -1.0
    for k, one in enumerate(stretches):
        start = place(one.low, stretches[: k + 1], (left, right)) if k == 0 else None
        start = left + (right - left) * sum(s.part for s in stretches[:k]) if k else start
        assert start is not None
        canvas.text(start, 10, one.name, size=12, bold=True)
        if k:
            canvas.rule((start, top - 8), (start, bottom), LIGHT["edge"])
        for day, words in one.ticks:
            x = start + (right - left) * one.part * (day - one.low) / (one.high - one.low)
            if x > free:
                canvas.text(x, 30, words, size=11.5, colour=LIGHT["ink2"])
                free = x + 6.6 * len(words) + 6


def _row(
    canvas: Canvas,
    row: StepRow,
    base: float,
    stretches: Sequence[Stretch],
    ends: tuple[float, float],
    narrow: bool,
) -> None:
    points, k = [(ends[0], base)], 0
    for day in sorted(row.days):
        x = place(day, stretches, ends)
        points.append((x, base - HIGH * k / row.n))
        k += 1
        points.append((x, base - HIGH * k / row.n))
    points.append((ends[1], base - HIGH * k / row.n))
    canvas.rule((ends[0], base), (ends[1], base), LIGHT["rule"])
    canvas.area(points, base, LIGHT["nobody-tint"])
    canvas.line(points, LIGHT["ink"], 1.4)
    for day in row.days if row.ticks else ():
        x = place(day, stretches, ends)
        canvas.rule((x, base), (x, base + 4))
    if narrow:
        joined = " \u00b7 ".join(row.notes)
        fits = text_width(row.label + joined, 12) < canvas.width - 16
        canvas.text(ends[0], base - (34 if fits else 48), row.label, size=12)
        at, align = (ends[1], "right") if fits else (ends[0], "left")
        canvas.text(at, base - 34, joined, size=12, colour=LIGHT["ink2"], align=align)
        return
    found = textwrap.wrap(row.label, SIDE)[:2]
    for i, words in enumerate(found):
        y = base - 9 + 14 * (i - (len(found) - 1) / 2)
        canvas.text(ends[0] - 14, y, words, size=12.5, align="right")
    for k, note in enumerate(row.notes):
        at = canvas.width - 2 - 64 * (len(row.notes) - 1 - k)
        plain = LIGHT["ink2"] if k else LIGHT["ink"]
        canvas.text(at, base - 8, note, size=12.5, bold=k == 0, colour=plain, align="right")
