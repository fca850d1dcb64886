"""Where the bars and ribbons of the flow picture lie, in replicates; no drawing here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sim.output.report.draw.actors import rank
from sim.output.report.page.words import FEW
from sim.output.report.run.moments import Path3

GAP = 0.04
"""Space between two bars, of the whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A side at one of the three moments: it begins at `start` and holds `size` replicates; `gaps`
    spaces lie before it.
    """

    moment: int
    who: str
    start: int
    gaps: int
    size: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Replicates that go from one bar to the next, coloured by who got most votes. starts, gaps: at
    both ends.
    """

    moment: int
    winner: str
    starts: tuple[int, int]
    gaps: tuple[int, int]
    size: int


def bars(paths: Sequence[Path3]) -> list[Bar]:
    """Return the bars, moment by moment in the fixed order of the sides."""
    found = []
    for moment in range(3):
        counts = Counter(path[moment] for path in paths)
        start = 0
        for gaps, who in enumerate(sorted(counts, key=rank)):
            found.append(Bar(moment, who, start, gaps, counts[who]))
            start += counts[who]
    return found


def ribbons(paths: Sequence[Path3]) -> list[Ribbon]:
    """Return the ribbons. Of fewer than 20 replicates each has a ribbon of its own."""
    counts = Counter(paths)
    starts = [_starts(counts, moment) for moment in range(3)]
    index = {(bar.moment, bar.who): bar.gaps for bar in bars(paths)}
    found = []
    for moment in (0, 1):
        for path in sorted(counts, key=lambda p: tuple(map(rank, p))):
            ends = (starts[moment][path], starts[moment + 1][path])
            gaps = (index[moment, path[moment]], index[moment + 1, path[moment + 1]])
            single = len(paths) < FEW
            for i in range(counts[path] if single else 1):
                size = 1 if single else counts[path]
                found.append(Ribbon(moment, path[0], (ends[0] + i, ends[1] + i), gaps, size))
    return found


def _starts(counts: Counter[Path3], moment: int) -> dict[Path3, int]:
    """Return where each ending begins at a moment: by the side there, then by the votes."""
    order = sorted(counts, key=lambda p: (rank(p[moment]), *map(rank, p)))
    found, start = {}, 0
    for path in order:
        found[path] = start
        start += counts[path]
    return found
