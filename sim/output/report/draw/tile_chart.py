"""Tiles in columns and rows, each with its words: maps, heat maps and surfaces."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sim.output.report.draw.canvas import Canvas
from sim.output.report.draw.rows import NARROW
from sim.output.report.page.tokens import GREENS, LIGHT, ON

HEAD_LETTERS, SIDE_LETTERS = 13, 26


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile. tone: name of its ground's colour, "" for bare ground with dashes. lines: the first
    bold where there are several.
    """

    column: int
    row: int
    tone: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """A grid of tiles. columns, rows: their names, () for none. size: (width, height) of a tile on
    a wide page; gap in pixels. bold: which line of a tile is bold.
    """

    tiles: Sequence[Tile]
    columns: Sequence[str] = ()
    rows: Sequence[str] = ()
    head: str = ""
    side: str = ""
    size: tuple[int, int] = (62, 52)
    gap: int = 2
    bold: int = 0


def green(part: float) -> str:
    """Return the tone of a magnitude from 0 to 1."""
    return GREENS[min(4, max(0, int(part * 5)))]


def lead_tone(lead: float) -> str:
    """Return the tone of a lead, challenger minus incumbent, -1 to 1: steps at 0, 15, 30 and 45
    points.
    """
    who = "opposition" if lead >= 0 else "incumbent"
    step = sum(abs(lead) >= limit for limit in (0.15, 0.30, 0.45))
    return (f"{who}-tint-1", f"{who}-tint", f"{who}-tint-3", who)[step]


def tiles_svg(grid: Tiles, width: int) -> str:
    """Return the drawing at a width of 840 or 350 pixels; a narrow one has at most four named
    columns side by side, the next ones below.
    """
    canvas, narrow = Canvas(width), width == NARROW
    across = max((t.column for t in grid.tiles), default=0) + 1
    step = 4 if narrow and grid.columns and grid.rows and across > 5 else across
    top = 0.0
    for start in range(0, across, step):
        top = _block(canvas, grid, (start, min(start + step, across)), top, narrow) + 14
    return canvas.svg(top - 10)


def _head(name: str, letters: int) -> list[str]:
    """Return the lines of a column's head; a word that is a little too long is not cut."""
    longest = max((len(word) for word in name.split()), default=0)
    return textwrap.wrap(name, longest if letters < longest <= letters + 2 else letters) or [""]


def _block(
    canvas: Canvas, grid: Tiles, columns: tuple[int, int], top: float, narrow: bool
) -> float:
    """Draw some columns with the names of all rows; return where the drawing ends."""
    start, stop = columns
    left = 0.0 if not grid.rows else 96.0 if narrow else 190.0
    w = min(grid.size[0], (canvas.width - left) / (stop - start))
    letters = max(6, int(w / 6.6))
    names = grid.columns[start:stop]
    heads = [_head(name, min(letters, HEAD_LETTERS * 2)) for name in names]
    canvas.text(left, top + 9, grid.head, size=12, colour=LIGHT["ink2"])
    top += (20.0 if grid.head else 0.0) + 15 * max((len(h) for h in heads), default=0) + 6
    if grid.rows:
        canvas.text(0, top - 10, grid.side, size=12, colour=LIGHT["ink2"])
    for k, lines in enumerate(heads):
        for i, words in enumerate(reversed(lines)):
            x = left + w * (k + 0.5)
            canvas.text(x, top - 10 - 14 * i, words, size=11.5, align="center")
    deep = _heights(grid, narrow)
    for k, name in enumerate(grid.rows):
        found = textwrap.wrap(name, 14 if narrow else SIDE_LETTERS) or [""]
        for i, words in enumerate(found):
            y = top + deep * (k + 0.5) + 14 * (i - (len(found) - 1) / 2)
            canvas.text(0, y, words, size=12)
    for tile in grid.tiles:
        if start <= tile.column < stop:
            place = (left + w * (tile.column - start), top + deep * tile.row, w, deep)
            _tile(canvas, tile, grid, place)
    return top + deep * (max((t.row for t in grid.tiles), default=0) + 1) + 4


def _heights(grid: Tiles, narrow: bool) -> float:
    """Return the height of a row: of its names where they need more lines than a tile."""
    letters = 14 if narrow else SIDE_LETTERS
    lines = max((len(textwrap.wrap(name, letters)) for name in grid.rows), default=1)
    least = 14.0 * max((len(t.lines) for t in grid.tiles), default=1) + 8
    return max(float(grid.size[1]) * (0.8 if narrow else 1), 14.0 * lines + 6, least)


def _tile(
    canvas: Canvas, tile: Tile, grid: Tiles, place: tuple[float, float, float, float]
) -> None:
    x, y, w, h = place
    if tile.tone:
        inner = (x, y, w - grid.gap, h - grid.gap)
        canvas.rectangle(*inner, LIGHT[tile.tone])
    size = 12.0 if w >= 46 else 11.0
    colour = LIGHT[ON.get(tile.tone, "ink")]
    for i, words in enumerate(tile.lines):
        at = y + (h - grid.gap) / 2 + 14 * (i - (len(tile.lines) - 1) / 2)
        bold = i == grid.bold and len(tile.lines) > 1
        canvas.text(
            x + (w - grid.gap) / 2, at, words, size=size, bold=bold, colour=colour, align="center"
        )
