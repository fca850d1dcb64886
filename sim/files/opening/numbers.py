"""Cells as numbers: what each cell is, and its value. Empty is never zero; a rounded number is no
number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

EMPTY_WORDS = ("", "NA", "N/A", "n/a", "NaN", "nan", "-", "–", "—", "null", "NULL", "s/d")
LARGEST = 1e12
"""Larger numbers are no counts of anybody."""
OK, EMPTY, UNREADABLE, TEXT, ROUNDED, NEGATIVE, FRACTION = range(7)
ROUNDED_CELL = r"^[+-]?\d+(?:[.,]\d+)?[eE][+]?\d+$"
OTHER_DIGITS = {chr(first + k): str(k) for first in (0x660, 0x6F0, 0x966) for k in range(10)}
"""Arabic, Persian and Devanagari digits."""
SPACES = r"[\s\u00a0\u2009\u202f'’]"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a file writes numbers.

    decimal, thousands: marks, or None to find them. empty, unreadable: words in cells.
    """

    decimal: str | None = None
    thousands: str | None = None
    empty: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


STYLE = NumberStyle()


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A column as numbers.

    values: (n,) float64, NaN unless kind is OK, NEGATIVE or FRACTION; kind: (n,) int8.
    """

    values: NDArray[np.float64]
    kind: NDArray[np.int8]

    def shares(self) -> tuple[float, float]:
        """Return (whole cells, other cells with something in them), as shares of the cells that are
        not empty.
        """
        filled = int((self.kind != EMPTY).sum())
        whole = int(((self.kind == OK) | (self.kind == NEGATIVE)).sum())
        return whole / max(filled, 1), (filled - whole) / max(filled, 1)


def parse(cells: pl.Series, style: NumberStyle = STYLE) -> Numbers:
    """Return the numbers of a text column."""
    if style == STYLE:
        quick = whole_numbers(cells)
        if quick is not None:
            return quick
    text = western(cells.str.strip_chars())
    kind = np.zeros(len(text), dtype=np.int8)
    kind[text.is_in([*EMPTY_WORDS, *style.empty]).to_numpy()] = EMPTY
    if style.unreadable:
        kind[text.is_in(list(style.unreadable)).to_numpy()] = UNREADABLE
    bare = unmarked(text.str.replace_all(SPACES, ""), style)
    kind[(kind == OK) & bare.str.contains(ROUNDED_CELL).fill_null(False).to_numpy()] = ROUNDED
    values = (
        bare.cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy().astype(np.float64)
    )
    odd = ~np.isfinite(values) | (np.abs(np.nan_to_num(values)) > LARGEST)
    kind[(kind == OK) & odd] = TEXT
    with np.errstate(invalid="ignore"):
        kind[(kind == OK) & (values != np.round(values))] = FRACTION
        kind[(kind == OK) & (values < 0)] = NEGATIVE
    known = np.isin(kind, [OK, NEGATIVE, FRACTION])
    return Numbers(np.where(known, values, np.nan), kind)


def western(text: pl.Series) -> pl.Series:
    """Return text with the digits of other scripts written 0 to 9."""
    if not text.str.contains("[٠-٩۰-۹०-९]").any():
        return text
    return text.str.replace_many(list(OTHER_DIGITS), list(OTHER_DIGITS.values()))


def whole_numbers(cells: pl.Series) -> Numbers | None:
    """Return the numbers of a column of nothing but short whole numbers and empty cells, or None:
    the quick way.
    """
    values = cells.cast(pl.Int64, strict=False)
    empty = cells == ""
    if int(values.null_count()) != int(empty.sum()):
        return None
    out = values.to_numpy().astype(np.float64) if values.null_count() else values.to_numpy()
    blank = empty.to_numpy()
    kind = np.where(blank, EMPTY, np.where(np.nan_to_num(out) < 0, NEGATIVE, OK)).astype(np.int8)
    if np.abs(np.nan_to_num(out)).max(initial=0) > LARGEST:
        return None
    return Numbers(out.astype(np.float64), kind)


def unmarked(bare: pl.Series, style: NumberStyle) -> pl.Series:
    """Return cells with thousands marks gone and a full stop as decimal mark.

    A mark before groups of three digits separates thousands, unless the same mark stands before
    another number of digits in this column: then it is the decimal mark ("1.234" alone is 1234;
    beside "12.5" it is 1.234).
    """
    if style.thousands or style.decimal:
        if style.thousands:
            bare = bare.str.replace_all(style.thousands, "", literal=True)
        return bare.str.replace(style.decimal, ".", literal=True) if style.decimal else bare
    for mark in (".", ","):
        m, other = re.escape(mark), re.escape("," if mark == "." else ".")
        marked = bare.filter(bare.str.contains(m).fill_null(False))
        grouped = rf"^-?\d{{1,3}}(?:{m}\d{{3}})+(?:[.,]\d+)?$"
        if len(marked) and marked.str.contains(grouped).all():
            decimal = (
                marked.str.contains(rf"^-?0{m}").any()
                or marked.str.contains(rf"{other}.*{m}").any()
            )
            if not decimal:
                bare = bare.str.replace_all(m, "")
    return bare.str.replace(",", ".", literal=True)
