"""The patient rule induction method: boxes in the space of inputs where an outcome is frequent.

Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9: peel
a small share off one side of one input at a time, choosing what raises the mean inside most for
what it costs, then paste back what does not lower it. Outputs are chances in 0 to 1 (an estimated
probability at each point, or 0 and 1); density is their mean in a box, coverage their sum in the
box over their sum everywhere (Bryant and Lempert 2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Box:
    """Limits (d,) of each input, both ends inside; excluded: (input, category) pairs that are
    outside. inside: (n,).
    """

    low: Floats
    high: Floats
    excluded: frozenset[tuple[int, float]]
    inside: Flags

    def mass(self) -> float:
        """Return the share of points inside."""
        return float(self.inside.mean())


@dataclass(frozen=True, slots=True)
class Settings:
    """peel, paste: share of the points inside that one step takes or gives; min_mass: share of all
    points that must stay.
    """

    peel: float = 0.05
    paste: float = 0.05
    min_mass: float = 0.05


DEFAULT = Settings()


def density(box: Box, y: Floats) -> float:
    """Return the mean chance of the outcome inside."""
    return float(y[box.inside].mean())


def coverage(box: Box, y: Floats) -> float:
    """Return the share of all the outcome's occurrences that lie inside; 1 when it never occurs."""
    total = float(y.sum())
    return float(y[box.inside].sum()) / total if total > 0 else 1.0


def whole(x: Floats) -> Box:
    """Return the box that holds every point of (n, d) inputs."""
    return Box(x.min(axis=0), x.max(axis=0), frozenset(), np.ones(len(x), dtype=np.bool_))


def restricted(box: Box, x: Floats) -> list[int]:
    """Return the inputs that the box restricts."""
    everything = whole(x)
    categories = {j for j, _ in box.excluded}
    return [
        j
        for j in range(x.shape[1])
        if box.low[j] > everything.low[j] or box.high[j] < everything.high[j] or j in categories
    ]


def trajectory(
    x: Floats, y: Floats, nominal: Flags | None = None, settings: Settings = DEFAULT
) -> list[Box]:
    """Return the boxes from the whole space to the smallest, one peel apart.

    Args:
        x: (n, d) inputs; categories as numbers in the columns that `nominal` (d,) flags.
        y: (n,) chances.
    """
    flags = np.zeros(x.shape[1], dtype=np.bool_) if nominal is None else nominal
    boxes = [whole(x)]
    while True:
        best = _best_peel(boxes[-1], x, y, flags, settings)
        if best is None:
            return boxes
        boxes.append(best)


def _best_peel(box: Box, x: Floats, y: Floats, nominal: Flags, settings: Settings) -> Box | None:
    """Return the peel with the largest gain in density for the share of points that it costs, or
    None.
    """
    inside, before = int(box.inside.sum()), density(box, y)
    best, most = None, 0.0
    for candidate in _peels(box, x, nominal, settings.peel):
        left = int(candidate.inside.sum())
        if left == 0 or left == inside or left < settings.min_mass * len(y):
            continue
        gain = (density(candidate, y) - before) * inside / (inside - left)
        if gain > most * (1 + 1e-12):
            best, most = candidate, gain
    return best


def _peels(box: Box, x: Floats, nominal: Flags, share: float) -> Iterator[Box]:
    for j in range(x.shape[1]):
        column = x[box.inside, j]
        if nominal[j]:
            for category in np.unique(column):
                excluded = box.excluded | {(j, float(category))}
                yield Box(box.low, box.high, excluded, box.inside & (x[:, j] != category))
            continue
        ordered = np.sort(column)
        take = max(1, int(share * len(ordered)))
        above = ordered[ordered > ordered[take - 1]]
        below = ordered[ordered < ordered[-take]]
        if len(above):
            yield Box(
                _put(box.low, j, above[0]),
                box.high,
                box.excluded,
                box.inside & (x[:, j] >= above[0]),
            )
        if len(below):
            yield Box(
                box.low,
                _put(box.high, j, below[-1]),
                box.excluded,
                box.inside & (x[:, j] <= below[-1]),
            )


def _put(limits: Floats, j: int, value: float) -> Floats:
    found = limits.copy()
    found[j] = value
    return found


def paste(box: Box, x: Floats, y: Floats, settings: Settings = DEFAULT) -> Box:
    """Return the box widened step by step at restricted ends as long as its density does not
    fall.
    """
    while True:
        now = density(box, y)
        wider = [
            candidate
            for candidate in _pastes(box, x, settings.paste)
            if density(candidate, y) >= now
        ]
        if not wider:
            return box
        box = max(wider, key=lambda candidate: (density(candidate, y), int(candidate.inside.sum())))


def _pastes(box: Box, x: Floats, share: float) -> Iterator[Box]:
    step = max(1, int(share * int(box.inside.sum())))
    for j in restricted(box, x):
        others = _inside(
            replace(box, low=_put(box.low, j, -np.inf), high=_put(box.high, j, np.inf)), x
        )
        over = np.sort(x[others & (x[:, j] > box.high[j]), j])
        under = np.sort(x[others & (x[:, j] < box.low[j]), j])
        if len(over):
            yield _recount(replace(box, high=_put(box.high, j, over[min(step, len(over)) - 1])), x)
        if len(under):
            yield _recount(replace(box, low=_put(box.low, j, under[-min(step, len(under))])), x)


def _inside(box: Box, x: Floats) -> Flags:
    inside: Flags = np.all((x >= box.low) & (x <= box.high), axis=1)
    for j, category in box.excluded:
        inside &= x[:, j] != category
    return inside


def _recount(box: Box, x: Floats) -> Box:
    return replace(box, inside=_inside(box, x))


def choose(boxes: list[Box], y: Floats, wanted: float) -> Box:
    """Return the first, so the largest, box of a trajectory whose density reaches `wanted`; else
    the densest.
    """
    return next(
        (box for box in boxes if density(box, y) >= wanted),
        max(boxes, key=lambda box: density(box, y)),
    )


def find_box(
    x: Floats, y: Floats, wanted: float, nominal: Flags | None = None, settings: Settings = DEFAULT
) -> Box:
    """Return the largest box on the peeling path with mean chance of at least `wanted`, pasted;
    needless limits are lifted.
    """
    return prune(
        paste(choose(trajectory(x, y, nominal, settings), y, wanted), x, y, settings), x, y
    )


def prune(box: Box, x: Floats, y: Floats) -> Box:
    """Return the box without those restricted inputs whose release does not lower its density."""
    for j in restricted(box, x):
        freed = _recount(_free(box, j), x)
        if density(freed, y) >= density(box, y):
            box = replace(
                freed,
                low=np.maximum(freed.low, x.min(axis=0)),
                high=np.minimum(freed.high, x.max(axis=0)),
            )
    return box


def _free(box: Box, j: int) -> Box:
    excluded = frozenset(pair for pair in box.excluded if pair[0] != j)
    return replace(
        box, low=_put(box.low, j, -np.inf), high=_put(box.high, j, np.inf), excluded=excluded
    )
