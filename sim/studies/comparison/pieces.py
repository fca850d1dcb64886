"""What is compared of one outcome: whether it exists, and its value or each of its categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.records.results.outcome import Measure
from sim.studies.comparison.result import EXISTS, Compared
from sim.studies.equivalence import Sets, difference, distance, no_spread

if TYPE_CHECKING:
    import polars as pl

SHARE_MARGIN = 0.02
SPREAD_MARGIN = 0.10


class Piece(NamedTuple):
    """What one comparison is of: an outcome, or one category of it, in both runs."""

    name: str
    category: str
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    binary: bool
    distance: float
    missing_a: int
    missing_b: int
    sets: Sets = (None, None)


def pieces_of(measure: Measure, a: pl.DataFrame, b: pl.DataFrame, paired: bool) -> list[Piece]:
    """Return what is compared for one outcome: whether it exists (where it may not), and its value
    where it exists in both.

    A value is one number, or one 0/1 column for each category.
    """
    name, kind = measure.name, measure.kind
    left, right, sets = a[name], b[name], (a["set"], b["set"])
    missing = (left.null_count(), right.null_count())
    found: list[Piece] = []
    if any(missing) and missing != (len(left), len(right)):
        x, y = ones(left.is_not_null()), ones(right.is_not_null())
        gap = abs(float(x.mean() - y.mean()))
        found.append(Piece(name, EXISTS, x, y, True, gap, *missing, numbers(*sets)))
    keep = left.is_not_null(), right.is_not_null()
    if paired:
        keep = (keep[0] & keep[1],) * 2
    left, right = left.filter(keep[0]), right.filter(keep[1])
    if len(left) == 0 or len(right) == 0:
        return found
    both = numbers(sets[0].filter(keep[0]), sets[1].filter(keep[1]))
    if kind != "category":
        x, y = ones(left), ones(right)
        return [*found, Piece(name, "", x, y, kind == "bool", distance(x, y), *missing, both)]
    columns = [(c, ones(left == c), ones(right == c)) for c in sorted({*left, *right})]
    variation = 0.5 * sum(abs(float(x.mean() - y.mean())) for _, x, y in columns)
    return [*found, *(Piece(name, c, x, y, True, variation, *missing, both) for c, x, y in columns)]


def settled(piece: Piece) -> bool:
    """Return whether two unpaired samples hold one and the same value throughout, so that they
    cannot be called different.
    """
    return no_spread(piece.a, piece.b, paired=False) and piece.a[0] == piece.b[0]


def row_of(
    piece: Piece, measure: Measure, margins: Mapping[str, float], alpha: float, paired: bool
) -> Compared:
    """Return one row of a comparison: the difference at this error rate, against its margin."""
    unit = "share" if piece.binary else measure.unit
    spread = float(np.std(piece.a)) or float(np.std(piece.b))
    default = SHARE_MARGIN if unit == "share" else SPREAD_MARGIN * spread
    # a margin is in the unit of the outcome's values
    stated = piece.name in margins and piece.category != EXISTS
    margin = margins[piece.name] if stated else default
    result = difference(
        piece.a, piece.b, margin, alpha, paired=paired, binary=piece.binary, sets=piece.sets
    )
    return Compared(
        piece.name,
        piece.category,
        unit,
        result,
        stated,
        piece.distance,
        piece.missing_a,
        piece.missing_b,
        measure.kind,
        measure.definition,
    )


def numbers(a: pl.Series, b: pl.Series) -> Sets:
    """Return the numbers of the sets of both runs, None where assumptions are fixed."""
    first, second = (None if one.null_count() else one.to_numpy() for one in (a, b))
    return first, second


def ones(column: pl.Series) -> NDArray[np.float64]:
    """Return a column as numbers; yes is 1."""
    return np.asarray(column.cast(float).to_numpy(), dtype=np.float64)
