"""From a Vega-Lite specification to a picture: the same look everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.disk.write import write_file
from sim.errors import InputError
from sim.output.report.page.tokens import FONT, LIGHT

FORMATS = (".svg", ".png", ".pdf")


CHECK = False
"""Whether each part of a chart is held against the grammar's schema while it is built: a tenth of a
report's time. The tests of reports do it.
"""


@contextmanager
def as_checked() -> Iterator[None]:
    """Build charts in it checked or not, as `CHECK` says; the caller's own charts stay as they
    were.
    """
    from altair.utils.schemapi import debug_mode

    with debug_mode(CHECK):
        yield


def svg_of(chart: Any) -> str:
    """Return an altair chart as SVG without roles and labels of its own: the page's alternative
    text speaks for it.
    """
    import re

    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=CHECK))
    return re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)


def configured(chart: Any, width: int, height: int) -> Any:
    """Return a chart of exactly this size in pixels, with the house's type and no frame."""
    return (
        chart.properties(width=width, height=height, autosize="none", padding=0)
        .configure(background="transparent", font=FONT)
        .configure_view(stroke=None)
    )


def with_ground(svg: str) -> str:
    """Return a drawing that stands alone: on the page's own ground, not on none."""
    head, _, rest = svg.partition(">")
    return f'{head}><rect width="100%" height="100%" fill="{LIGHT["page"]}"/>{rest}'


def check_ending(path: Path) -> None:
    """Raise InputError where no picture can have this name."""
    if path.suffix not in FORMATS:
        raise InputError(f"{path}: a picture ends in {', '.join(FORMATS)}")


def save_drawing(svg: str, path: Path, *, replace: bool = False) -> None:
    """Write a drawing as SVG, PNG (twice the size) or PDF, by the ending of the name.

    Raises:
        InputError: another ending. StoreError: another file lies there and `replace` is False, or
        the disk refuses.
    """
    import vl_convert

    check_ending(path)
    svg = with_ground(svg)
    if path.suffix == ".svg":
        content = svg.encode("utf-8")
    elif path.suffix == ".png":
        content = vl_convert.svg_to_png(svg, scale=2)
    else:
        content = vl_convert.svg_to_pdf(svg)
    write_file(path, content, replace=replace)
