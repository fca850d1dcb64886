"""Which columns add up to which: the search for sets of columns whose sum is a target, row by row.

Runs of neighbours are tried first; then single columns are added and dropped while more rows hold;
then least squares, whose coefficients are 0 or 1 where a sum exists among columns that are no
neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
ROUNDS, TRIM = 8, 0.8
NEAR = 0.02


@dataclass(frozen=True, slots=True)
class Found:
    """A set of columns whose sum equals the target in `holds` rows."""

    columns: tuple[int, ...]
    holds: int


def holding(block: Ints, target: Ints, counts: Flags) -> int:
    """Return in how many of the rows that count the columns of block (n, c) add up to target
    (n,).
    """
    return int(((block.sum(axis=1) == target) & counts).sum())


def best_runs(
    block: Ints, target: Ints, counts: Flags, keep: int = 3
) -> list[tuple[int, int, int]]:
    """Return (start, stop, rows) of the runs of two or more columns that add up most often; of
    equals the shortest.
    """
    rows = block[counts]
    goal = target[counts]
    sums = np.concatenate(
        [np.zeros((len(rows), 1), dtype=np.int64), np.cumsum(rows, axis=1)], axis=1
    )
    found: list[tuple[int, int, int]] = []
    for start in range(block.shape[1] - 1):
        holds = (sums[:, start + 2 :] - sums[:, [start]] == goal[:, None]).sum(axis=0)
        top = [int(at) for at in np.argsort(-holds, kind="stable")[:2] if holds[at] > 0]
        found += [(start, start + 2 + at, int(holds[at])) for at in top]
    found.sort(key=lambda one: (-one[2], one[1] - one[0]))
    return found[:keep]


def grown(
    block: Ints, target: Ints, counts: Flags, start: Sequence[int], others: Sequence[int]
) -> Found:
    """Return the set reached by adding and dropping single columns while more rows hold."""
    chosen = set(start)
    rest = target - block[:, sorted(chosen)].sum(axis=1)
    holds = int(((rest == 0) & counts).sum())
    for _ in range(len(block[0])):
        add = {j: int(((rest == block[:, j]) & counts).sum()) for j in others if j not in chosen}
        drop = (
            {j: int(((rest == -block[:, j]) & counts).sum()) for j in chosen}
            if len(chosen) > 2
            else {}
        )
        options = [(n, 0, j) for j, n in add.items()] + [(n, 1, j) for j, n in drop.items()]
        if not options:
            break
        top, dropping, column = max(options, key=lambda one: (one[0], one[1], -one[2]))
        if top <= holds:
            break
        rest = rest + block[:, column] if dropping else rest - block[:, column]
        chosen ^= {column}
        holds = top
    return Found(tuple(sorted(chosen)), holds)


def by_least_squares(
    block: Ints, target: Ints, counts: Flags, columns: Sequence[int]
) -> Found | None:
    """Return the set of columns with coefficient 1 where all others have 0, rows that fit worst
    left out step by step.
    """
    use = np.flatnonzero(counts)
    x = block[use][:, np.array(columns)].astype(np.float64)
    y = target[use].astype(np.float64)
    inside = np.ones(len(use), dtype=np.bool_)
    for _ in range(ROUNDS):
        if inside.sum() < len(columns) + 2:
            return None
        square = x[inside].T @ x[inside]  # whole numbers: exact enough for coefficients of 0 and 1
        weights = np.linalg.lstsq(square, x[inside].T @ y[inside], rcond=None)[0]
        whole = np.round(weights)
        if (
            np.abs(weights - whole).max() < NEAR
            and set(np.unique(whole)) <= {0.0, 1.0}
            and whole.sum() >= 2
        ):
            chosen = tuple(c for c, w in zip(columns, whole, strict=True) if w == 1)
            return Found(chosen, holding(block[:, list(chosen)], target, counts))
        off = np.abs(x @ weights - y)
        inside = off <= np.quantile(off[inside], TRIM)
    return None


def search(
    block: Ints,
    target: Ints,
    counts: Flags,
    near: Sequence[int],
    all_free: Sequence[int],
    deep: bool = True,
) -> list[Found]:
    """Return sets of columns that add up to the target, best first.

    Args:
        block: (n, m) numbers, 0 where there is none. counts: (n,) rows that may count. near:
        columns in file order whose
            runs are tried. all_free: columns that may join. deep: whether to grow sets and to try
            least squares.
    """
    if len(near) < 2 or not counts.any():
        return []
    order: list[int] = [int(k) for k in near]
    runs = best_runs(block[:, order], target, counts)
    if not deep:
        return [Found(tuple(order[a:b]), holds) for a, b, holds in runs]
    found = [
        grown(block, target, counts, [order[k] for k in range(a, b)], all_free) for a, b, _ in runs
    ]
    if not found or found[0].holds < 0.9 * counts.sum():
        extra = by_least_squares(block, target, counts, list(near))
        if extra is not None:
            found.append(grown(block, target, counts, extra.columns, all_free))
    unique = {one.columns: one for one in found if one.holds > 0}
    return sorted(unique.values(), key=lambda one: (-one.holds, len(one.columns)))


def trimmed(
    block: Ints, target: Ints, counts: Flags, found: Found
) -> tuple[Found, tuple[int, ...]]:
    """Return (the set without columns at its edges that are 0 wherever it holds, those columns)."""
    columns = list(found.columns)
    rows = (block[:, columns].sum(axis=1) == target) & counts
    silent = {c for c in columns if not block[rows, c].any()}
    kept = list(columns)
    while len(kept) > 2 and kept[0] in silent:
        kept.pop(0)
    while len(kept) > 2 and kept[-1] in silent:
        kept.pop()
    return Found(tuple(kept), found.holds), tuple(c for c in columns if c not in kept)


def rivals(
    block: Ints, target: Ints, counts: Flags, found: Found, others: Sequence[int]
) -> list[Found]:
    """Return the readings with other candidates that differ by one column: added, dropped or
    exchanged.

    A column that is 0 wherever the winner holds makes no other reading.
    """
    rest = target - block[:, list(found.columns)].sum(axis=1)
    rows = (rest == 0) & counts
    loud = [c for c in (*found.columns, *others) if block[rows, c].any()]
    inside = [c for c in found.columns if c in loud]
    outside = [c for c in others if c in loud]
    out = []
    for j in outside:
        out.append(
            Found(tuple(sorted({*found.columns, j})), int(((rest == block[:, j]) & counts).sum()))
        )
        for c in inside:
            change = int(((rest + block[:, c] == block[:, j]) & counts).sum())
            if change:
                out.append(Found(tuple(sorted({*found.columns, j} - {c})), change))
    if len(found.columns) > 2:
        for c in inside:
            fewer = tuple(sorted(set(found.columns) - {c}))
            out += [Found(fewer, int(((rest == -block[:, c]) & counts).sum()))]
    return sorted(out, key=lambda one: -one.holds)


def bits(holds: int, target: Ints, counts: Flags, tried: int = 1) -> float:
    """Return the evidence of an identity: rows that hold times log2(1 + range of the target), less
    log2(readings tried).
    """
    if not counts.any():
        return 0.0
    spread = float(np.ptp(target[counts]))
    return holds * float(np.log2(1 + spread)) - float(np.log2(max(tried, 1)))
