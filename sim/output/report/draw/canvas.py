"""A Vega-Lite specification whose marks have places in pixels: for charts of many small parts,
whose words must not touch.

Layers are drawn in the order in which they are added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.output.report.page.tokens import FONT, LIGHT
from sim.text import literal

Point = tuple[float, float]
Cell = Mapping[str, object]
LETTER = 0.6
"""Mean width of a letter, of its size; text of digits and small letters is narrower."""
SHAPES = {"circle": "circle", "diamond": "diamond", "bar": "M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z"}


def text_width(words: str, size: float = 13) -> float:
    """Return about how many pixels a text takes."""
    return len(words) * size * LETTER


@dataclass(slots=True)
class Canvas:
    """A drawing under way, `width` pixels wide."""

    width: int
    layers: list[tuple[str, dict[str, object], list[Cell]]] = field(default_factory=list)

    def _add(self, kind: str, mark: dict[str, object], rows: Sequence[Cell]) -> None:
        if self.layers and self.layers[-1][:2] == (kind, mark):
            self.layers[-1][2].extend(rows)
        else:
            self.layers.append((kind, mark, list(rows)))

    def rectangle(
        self, x: float, y: float, w: float, h: float, fill: str, stroke: str = "transparent"
    ) -> None:
        """Add a filled rectangle by its upper left corner."""
        ends = {"x": x, "x2": x + w, "y": y, "y2": y + h}
        self._add("rect", {"type": "rect"}, [ends | {"fill": fill, "stroke": stroke}])

    def rule(
        self,
        one: Point,
        other: Point,
        colour: str = LIGHT["ink"],
        width: float = 1.0,
        dash: tuple[int, int] = (1, 0),
    ) -> None:
        """Add a straight line."""
        mark: dict[str, object] = {"type": "rule", "strokeDash": list(dash)}
        ends = {"x": one[0], "y": one[1], "x2": other[0], "y2": other[1]}
        self._add("rule", mark, [ends | {"colour": colour, "width": width}])

    def line(
        self,
        points: Sequence[Point],
        colour: str = LIGHT["ink"],
        width: float = 1.5,
        dash: tuple[int, int] = (1, 0),
    ) -> None:
        """Add a line through points, from left to right or not."""
        mark: dict[str, object] = {"type": "line", "strokeDash": list(dash), "color": colour}
        mark |= {"strokeWidth": width, "strokeJoin": "round"}
        rows = [{"x": x, "y": y, "k": k} for k, (x, y) in enumerate(points)]
        self.layers.append(("line", mark, list(rows)))

    def area(self, points: Sequence[Point], base: float, fill: str) -> None:
        """Add the ground between a line and a height."""
        mark: dict[str, object] = {"type": "area", "color": fill}
        rows = [{"x": x, "y": y, "y2": base, "k": k} for k, (x, y) in enumerate(points)]
        self.layers.append(("area", mark, list(rows)))

    def point(
        self,
        at: Point,
        colour: str = LIGHT["ink"],
        *,
        shape: str = "circle",
        hollow: bool = False,
        size: float = 60,
    ) -> None:
        """Add a mark; a hollow one has the page's ground."""
        ground = LIGHT["page"] if hollow else colour
        row = {"x": at[0], "y": at[1], "fill": ground, "stroke": colour, "shape": shape}
        mark: dict[str, object] = {"type": "point", "size": size, "opacity": 1, "strokeWidth": 1.8}
        self._add("point", mark, [row])

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 13,
        bold: bool = False,
        colour: str = LIGHT["ink"],
        align: str = "left",
    ) -> None:
        """Add words in one line; y: their middle."""
        mark: dict[str, object] = {"type": "text", "align": align, "fontSize": size}
        mark |= {"fontWeight": "bold" if bold else "normal"}
        self._add("text", mark, [{"x": x, "y": y, "words": literal(words), "colour": colour}])

    def svg(self, height: float) -> str:
        """Return the drawing as SVG without roles and labels of its own."""
        import vl_convert

        size = (float(self.width), float(round(height)))
        spec = {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": size[0],
            "height": size[1],
            "autosize": "none",
            "padding": 0,
            "background": "transparent",
            "config": {"font": FONT, "view": {"stroke": None}},
            "layer": [_layer(*one, size) for one in self.layers if one[2]],
        }
        svg: str = vl_convert.vegalite_to_svg(spec)
        return re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)


def _layer(
    kind: str, mark: dict[str, object], rows: list[Cell], size: tuple[float, float]
) -> dict[str, object]:
    names = rows[0].keys()
    encoding: dict[str, object] = {}
    for axis, extent in zip("xy", size, strict=True):
        scale = {"domain": [0, extent], "range": [0, extent]}
        encoding[axis] = {"field": axis, "type": "quantitative", "scale": scale, "axis": None}
        if f"{axis}2" in names:
            encoding[f"{axis}2"] = {"field": f"{axis}2"}
    told = {"fill": "fill", "stroke": "stroke", "colour": "color", "width": "strokeWidth"}
    for name, channel in told.items():
        if name in names:
            kinds = "quantitative" if name == "width" else "nominal"
            encoding[channel] = {"field": name, "type": kinds, "scale": None}
    if kind == "text":
        encoding["text"] = {"field": "words", "type": "nominal"}
    if kind in ("line", "area"):
        encoding["order"] = {"field": "k", "type": "quantitative"}
    if kind == "area":
        del encoding["order"]
    if kind == "point":
        shapes = {"domain": list(SHAPES), "range": list(SHAPES.values())}
        encoding["shape"] = {"field": "shape", "type": "nominal", "scale": shapes, "legend": None}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
