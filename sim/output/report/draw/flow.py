"""The flow picture: how votes, announcement and office part. Drawn by hand, since Vega-Lite has no
ribbons between bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from sim.output.report.draw.actors import side
from sim.output.report.draw.flow_layout import GAP, Bar, Ribbon, bars, ribbons
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import chance
from sim.output.report.run.moments import Path3
from sim.text import literal

HEADS = (
    ("Most votes cast", "what voters did"),
    ("Announced winner", "what the authority said"),
    ("In office", "who governs"),
)
THICK = 12
LINE = 17


@dataclass(frozen=True, slots=True)
class _Frame:
    """Measures of a drawing: extent along the bars, and where the three moments lie across."""

    n: int
    gaps: int
    start: float
    extent: float
    across: tuple[float, float, float]

    def along(self, replicates: float, gaps: int) -> float:
        """Return the place of a number of replicates and of the gaps before it, in pixels."""
        room = self.extent * (1 - GAP * self.gaps)
        return self.start + replicates / self.n * room + gaps * GAP * self.extent


def _frame(paths: Sequence[Path3], start: float, extent: float, across: Sequence[float]) -> _Frame:
    most = max(bar.gaps for bar in bars(paths))
    a, b, c = across
    return _Frame(len(paths), most, start, extent, (a, b, c))


def flow_wide(paths: Sequence[Path3]) -> str:
    """Return the picture, 840 pixels wide, read from left to right."""
    height = 390
    frame = _frame(paths, 58, height - 76, (150, 395, 640))
    parts = [_ribbon(one, frame, turned=False) for one in ribbons(paths)]
    for moment, (head, below) in enumerate(HEADS):
        x, anchor = _label_place(moment, frame)
        parts.append(_text(x, 18, head, size=13, bold=True, anchor=anchor))
        parts.append(_text(x, 35, below, size=12, fill=LIGHT["ink2"], anchor=anchor))
        parts += _wide_bars([b for b in bars(paths) if b.moment == moment], frame)
    return _svg(840, height, parts)


def _label_place(moment: int, frame: _Frame) -> tuple[float, str]:
    x = frame.across[moment]
    return (x - 8, "end") if moment == 0 else (x + THICK + 8, "start")


def _wide_bars(here: Sequence[Bar], frame: _Frame) -> list[str]:
    """Return the bars of one moment and their words, moved apart where they would touch."""
    parts, free = [], 0.0
    for bar in here:
        top, end = frame.along(bar.start, bar.gaps), frame.along(bar.start + bar.size, bar.gaps)
        who, x = side(bar.who), frame.across[bar.moment]
        parts.append(_rectangle(x, top, THICK, max(end - top, 1), who.mark, who.hollow))
        at, anchor = _label_place(bar.moment, frame)
        said = chance(bar.size, frame.n)
        figures = _figures(bar.size, frame.n)
        y = max((top + end) / 2 + 4 - (LINE / 2), free)
        parts.append(_text(at, y, who.label, bold=True, fill=who.text, anchor=anchor, halo=True))
        more = f"{figures} ({said.span()})" if said.span() else figures
        parts.append(_text(at, y + 15, more, size=12, anchor=anchor, halo=True))
        free = y + 15 + LINE
    return parts


def _figures(k: int, n: int) -> str:
    said = chance(k, n).value()
    return said if " of " in said else f"{k} · {said}"


def flow_narrow(paths: Sequence[Path3]) -> str:
    """Return the picture, 350 pixels wide, read from top to bottom."""
    listed = [[b for b in bars(paths) if b.moment == m] for m in range(3)]
    tops, y = [], 0.0
    for moment in range(3):
        tops.append(y + 26)
        y += 26 + THICK + 8 + LINE * len(listed[moment]) + (78 if moment < 2 else 0)
    frame = _frame(paths, 2, 346, tops)
    parts = []
    for ribbon in ribbons(paths):
        words = THICK + 8 + LINE * len(listed[ribbon.moment])
        parts.append(_ribbon(ribbon, frame, turned=True, skip=words - THICK))
    for moment, (head, below) in enumerate(HEADS):
        top = tops[moment]
        parts.append(_text(2, top - 9, head, bold=True, halo=True))
        parts.append(
            _text(348, top - 9, below, size=12, fill=LIGHT["ink2"], anchor="end", halo=True)
        )
        for line, bar in enumerate(listed[moment]):
            parts += _narrow_bar(bar, frame, top + THICK + 6 + LINE * (line + 0.75))
    return _svg(350, int(y + 6), parts)


def _narrow_bar(bar: Bar, frame: _Frame, y: float) -> list[str]:
    left, end = frame.along(bar.start, bar.gaps), frame.along(bar.start + bar.size, bar.gaps)
    who, said = side(bar.who), chance(bar.size, frame.n)
    more = _figures(bar.size, frame.n) + (f" ({said.span()})" if said.span() else "")
    top = frame.across[bar.moment]
    return [
        _rectangle(left, top, max(end - left, 1), THICK, who.mark, who.hollow),
        _rectangle(2, y - 9, 9, 9, who.mark, who.hollow),
        _text(16, y, who.label, bold=True, fill=who.text),
        _text(348, y, more, size=12, anchor="end"),
    ]


def _ribbon(one: Ribbon, frame: _Frame, *, turned: bool, skip: float = 0.0) -> str:
    """Return a ribbon: two bent edges between two bars. skip: room for words after the first."""
    a = [frame.along(one.starts[0] + part * one.size, one.gaps[0]) for part in (0, 1)]
    b = [frame.along(one.starts[1] + part * one.size, one.gaps[1]) for part in (0, 1)]
    a[1], b[1] = max(a[1], a[0] + 1), max(b[1], b[0] + 1)
    c0 = frame.across[one.moment] + THICK + skip
    c1 = frame.across[one.moment + 1] - (24 if turned else 0)
    mid = (c0 + c1) / 2

    def point(across: float, along: float) -> str:
        x, y = (along, across) if turned else (across, along)
        return f"{x:.1f},{y:.1f}"

    path = (
        f"M{point(c0, a[0])}C{point(mid, a[0])} {point(mid, b[0])} {point(c1, b[0])}"
        f"L{point(c1, b[1])}C{point(mid, b[1])} {point(mid, a[1])} {point(c0, a[1])}Z"
    )
    apart = f' stroke="{LIGHT["page"]}" stroke-width="1.5"' if one.size == 1 else ""
    return f'<path d="{path}" fill="{side(one.winner).tint}"{apart}/>'


def _rectangle(x: float, y: float, w: float, h: float, colour: str, hollow: bool) -> str:
    """Return a bar; a hollow one is drawn by its edge, and so does not rest on colour."""
    if hollow and min(w, h) > 3:
        return (
            f'<rect x="{x + 0.75:.1f}" y="{y + 0.75:.1f}" width="{w - 1.5:.1f}" '
            f'height="{h - 1.5:.1f}" fill="{LIGHT["page"]}" stroke="{colour}" stroke-width="1.5"/>'
        )
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{colour}"/>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    bold: bool = False,
    fill: str = LIGHT["ink"],
    anchor: str = "start",
    halo: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    behind = f' stroke="{LIGHT["page"]}" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{weight} '
        f'fill="{fill}"{behind}>{escape(literal(words))}</text>'
    )


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="Liberation Sans, Arial, sans-serif">'
        + "".join(parts)
        + "</svg>"
    )
