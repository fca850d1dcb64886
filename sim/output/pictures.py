"""Pictures as files: PNG, SVG, or a page that shows the SVG and can do nothing else."""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path
from typing import Any

from sim.disk.write import write_file
from sim.errors import InputError
from sim.text import literal

FORMATS = (".png", ".svg", ".html")
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'"
)
"""What a browser may do with a page of ours: show the picture in it. No script, no network."""


def checked_format(path: Path) -> Path:
    """Return the path of a picture.

    Raises:
        InputError: its name has another ending.
    """
    if path.suffix not in FORMATS:
        raise InputError(f"{path}: a picture ends in {', '.join(FORMATS)}")
    return path


def save_chart(
    chart: Any, path: Path, title: str = "", *, replace: bool = False, scale: float = 2
) -> Path:
    """Write a chart by the ending of the file's name.

    Raises:
        InputError: another ending. StoreError: something lies there (without `replace`), or the
        disk refuses.
    """
    return write_file(
        checked_format(path), content(chart, path.suffix, title, scale), replace=replace
    )


def content(chart: Any, suffix: str, title: str, scale: float) -> bytes:
    """Return a chart as the bytes of a file with such an ending."""
    if suffix == ".png":
        picture = io.BytesIO()
        chart.save(picture, format="png", scale_factor=scale)
        return picture.getvalue()
    drawing = io.StringIO()
    chart.save(drawing, format="svg", scale_factor=1)
    return (drawing.getvalue() if suffix == ".svg" else page(drawing.getvalue(), title)).encode(
        "utf-8"
    )


def page(drawing: str, title: str) -> str:
    """Return a page that shows a drawing as an image, where nothing in it can run."""
    shown, data = (
        html.escape(literal(title)),
        base64.b64encode(drawing.encode("utf-8")).decode("ascii"),
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>{shown}</title>\n'
        "<style>body { margin: 2em; font-family: sans-serif } img { max-width: 100% "
        "}</style>\n</head>\n"
        f'<body>\n<img alt="{shown}" src="data:image/svg+xml;base64,{data}">\n</body>\n</html>\n'
    )
