"""Rows of text within a width: names cut with an ellipsis, numbers right-aligned."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 2


def plain(text: str) -> str:
    """Return text of a user's file with control characters spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def cut(text: str, width: int) -> str:
    """Return a text of at most `width` characters, the lost end shown by an ellipsis."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def digits_for(span: float) -> int:
    """Return how many decimals tell a thousandth of a scale of this span apart, 0 to 6."""
    return max(0, min(6, 3 - math.floor(math.log10(span)))) if span > 0 else 2


def figure(x: float, digits: int) -> str:
    """Return a number with so many decimals; no minus before a zero."""
    text = f"{x:.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, texts: int) -> list[str]:
    """Return lines of a table whose first `texts` columns are words and whose others are numbers.

    Where the lines would be wider than `width`, columns of words are cut, the widest first.
    """
    cells = [list(head), *map(list, rows)]
    sizes = [max(len(row[i]) for row in cells) for i in range(len(head))]
    while sum(sizes) + GAP * (len(sizes) - 1) > width and max(sizes[:texts]) > 4:
        sizes[int(np.argmax(sizes[:texts]))] -= 1
    return [
        (" " * GAP)
        .join(
            cut(cell, size).ljust(size) if i < texts else cell.rjust(size)
            for i, (cell, size) in enumerate(zip(row, sizes, strict=True))
        )
        .rstrip()
        for row in cells
    ]


def spread(length: int, most: int) -> NDArray[np.intp]:
    """Return at most `most` (at least 2) of the places 0..length-1, first and last among them."""
    return np.unique(np.linspace(0, length - 1, min(length, max(most, 2))).round().astype(np.intp))


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text as lines of at most `width` characters, later ones indented."""
    import textwrap

    return textwrap.wrap(text, max(width, 20), subsequent_indent=indent) or [""]
