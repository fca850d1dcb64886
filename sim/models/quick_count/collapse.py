"""Thin strata of a sample: which other stratum is most like one, who stands in for a stratum
without returns, who lends spread.

A stratum keeps its weight however few returns it has. Collapsing serves the variance alone (Cochran
1977, 5A.12; Wolter 2007, 2.5; Rust and Kalton 1987): strata with fewer than the minimum of returns
are grouped by what was known before the election, never by what the returns say, and a group has
one spread about its mean. The mean's own differences between strata add to it, so the variance errs
on the wide side. Only a stratum with no return at all takes the mean of another one (quickcountmx).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
TIE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What is known of H strata before any return.

    weight: (H,) W_h, by which a stratum counts (N_h in a plain design); 0 for a stratum in which no
    table was drawn. tables: (H,) N_h, inf where the number of tables is not known: there is no
    finite-population factor then. likeness: (F, H) numbers that say which strata are alike, the
    most telling first (past share, size); NaN where unknown. outside: the part of all weight in
    strata that were not drawn from.
    """

    weight: Floats
    tables: Floats
    likeness: Floats
    outside: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class InUse:
    """The strata with returns. held: (H,) bool, U of them. weight, tables: (U,), those of strata
    without returns handed over.

    group: (U,) int64, 0-based: strata of one group share a spread. stand_ins: (stratum without
    returns, strata that stand in).
    """

    held: Flags
    weight: Floats
    tables: Floats
    group: Integers
    stand_ins: tuple[tuple[int, Integers], ...] = ()


def likest(likeness: Floats, h: int, among: Flags) -> Integers:
    """Return the strata of `among` (H,) most like stratum h: by the first row of likeness, ties by
    the next; all that tie.
    """
    near = among.copy()
    near[h] = False
    for row in likeness:
        apart = np.abs(row - row[h])
        apart[~near | np.isnan(apart)] = np.inf
        least = float(apart.min(initial=np.inf))
        if least < np.inf:
            near &= apart <= least + TIE * max(least, 1.0)
    return np.flatnonzero(near)


def grouped(n: Floats, thin: Flags, minimum: int, likeness: Floats) -> Integers:
    """Return (H,) the group of each stratum: each thin one joins the one most like it until its
    group has `minimum` returns.

    n: (H,) returns. All links of a round are made at once and ties are all linked, so that neither
    the names nor the order of strata matter. Further rounds compare the mean likeness of groups.
    """
    group = np.arange(len(n))
    while True:
        held, needy = np.bincount(group, n), np.bincount(group, thin) > 0
        short = np.flatnonzero(needy & (held < minimum))
        if not len(short) or len(held) == 1:
            return group
        size = np.bincount(group)
        alike = (
            np.stack([np.bincount(group, row) / size for row in likeness])
            if len(likeness)
            else likeness
        )
        everybody = np.ones(len(held), dtype=np.bool_)
        joined = np.arange(len(held))
        for g in short.tolist():
            for other in likest(alike, g, everybody).tolist():
                joined[joined == joined[other]] = joined[g]
        group = np.unique(joined, return_inverse=True)[1][group]


def handed_over(
    design: Design, held: Flags
) -> tuple[Floats, Floats, tuple[tuple[int, Integers], ...]]:
    """Return (weight, tables, stand-ins): strata without returns are counted by the strata with
    returns most like them.

    Of several that are equally like it each takes its part by weight, so that their common mean
    stands in.
    """
    weight, tables, pairs = design.weight.copy(), design.tables.copy(), []
    for h in np.flatnonzero(~held & (design.weight > 0)).tolist():
        near = likest(design.likeness, h, held)
        part = design.weight[near] / design.weight[near].sum()
        weight[near] += design.weight[h] * part
        tables[near] += design.tables[h] * part
        pairs.append((h, near))
    return weight, tables, tuple(pairs)


def in_use(n: Floats, design: Design, minimum: int) -> InUse:
    """Return how the strata are used, given the returns n (H,) of each.

    Raises:
        ValueError: no stratum that counts has a return.
    """
    if n.min(initial=minimum) >= minimum:
        return InUse(
            np.ones(len(n), dtype=np.bool_), design.weight, design.tables, np.arange(len(n))
        )
    held = (n > 0) & (design.weight > 0)
    if not held.any():
        raise ValueError("no return in any stratum of the sample")
    weight, tables, pairs = handed_over(design, held)
    n, weight, tables = n[held], weight[held], tables[held]
    thin = (n < minimum) & (n < tables)  # a stratum counted in full needs no spread
    return InUse(held, weight, tables, grouped(n, thin, minimum, design.likeness[:, held]), pairs)


def return_weights(n: Floats, design: Design, minimum: int) -> tuple[Floats, Floats]:
    """Return (weight of one return, finite-population factor 1 - n_h / N_h), (H,) both.

    n: (H,) returns of each stratum; 0 where it has none.
    """
    use = in_use(n, design, minimum)
    weight, finite, held = np.zeros(len(n)), np.zeros(len(n)), n[use.held]
    weight[use.held] = use.weight / held
    finite[use.held] = np.clip(1.0 - held / np.maximum(use.tables, held), 0.0, 1.0)
    return weight, finite
