"""The three outcomes that are never merged, counted: who got most votes, who was announced, who
holds office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.output.report.draw.actors import ABSENT, rank
from sim.output.report.page.words import Chance, chance, chance_in
from sim.records.results.outcome import Value

MOMENTS = ("vote_winner", "announced_winner", "office_holder_inauguration")
Sets = Sequence[int | None]
Path3 = tuple[str, str, str]
"""Who got most votes, who was announced, who holds office."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the three outcomes: who it falls to, in the fixed order of the sides."""

    outcome: str
    chances: tuple[tuple[str, Chance], ...]

    def of(self, who: str) -> Chance:
        """Return how often it falls to a side."""
        n = sum(one.k for _, one in self.chances)
        return dict(self.chances).get(who) or chance(0, n)


def endings(columns: Mapping[str, Sequence[Value]]) -> list[Path3]:
    """Return the three outcomes of each replicate; [] where the run has not all three."""
    if any(name not in columns for name in MOMENTS):
        return []
    rows = zip(*(columns[name] for name in MOMENTS), strict=True)
    return [tuple(ABSENT if v is None else str(v) for v in row) for row in rows]  # type: ignore[misc]


def moments(paths: Sequence[Path3], sets: Sets = ()) -> tuple[Moment, ...]:
    """Return the counts at each of the three moments. sets: of assumptions, one a replicate."""
    found = []
    for place, outcome in enumerate(MOMENTS):
        counts = Counter(path[place] for path in paths)
        ordered = sorted(counts, key=rank)
        each = ((w, chance_in([path[place] == w for path in paths], sets)) for w in ordered)
        found.append(Moment(outcome, tuple(each)))
    return tuple(found)


def largest_crossing(paths: Sequence[Path3]) -> tuple[str, str, int] | None:
    """Return (who got most votes, who was announced, how often) of the commonest case in which they
    differ, or None.
    """
    counts = Counter((v, a) for v, a, _ in paths if v != a)
    if not counts:
        return None
    (v, a), k = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return v, a, k


def parted(paths: Sequence[Path3]) -> int:
    """Return in how many replicates another side is announced than got most votes."""
    return sum(v != a for v, a, _ in paths)


def same_side(paths: Sequence[Path3], sets: Sets = ()) -> Chance:
    """Return how often the side with most votes holds office."""
    return chance_in([v == o for v, _, o in paths], sets)
