"""Sixth stage, first half: the candidates. Words name what they must add up to; sums, row by row,
say which they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.files.roles.scene import Scene
from sim.files.roles.sums import Found, bits, grown, holding, rivals, search, trimmed
from sim.files.roles.words import RARELY

NEEDED_BITS, MARGIN_BITS, HALF = 20.0, 10.0, 0.5
MOST_INVALID, MOST_SUMMED = 6, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A set of candidates and the identity that speaks for it.

    target: columns that add up to what candidates and invalid kinds make. letter: V, F, S or T.
    holds of `of` filled rows.
    """

    candidates: tuple[int, ...]
    invalid: tuple[int, ...]
    target: tuple[int, ...]
    letter: str
    holds: int
    of: int
    evidence: float
    silent: tuple[int, ...] = ()
    rival: Found | None = None
    margin: float = 0.0

    @property
    def identity(self) -> str:
        """Return the identity in the letters of the documentation."""
        return f"C{' + I' if self.invalid else ''} = {self.letter}"

    @property
    def confirmed(self) -> bool:
        """Return whether the evidence is enough, whatever stands beside it."""
        return self.evidence >= NEEDED_BITS and self.holds >= HALF * self.of


def goal_of(scene: Scene, target: tuple[int, ...], invalid: tuple[int, ...]) -> NDArray[np.int64]:
    """Return (n,) what the candidates must add up to."""
    return scene.total(target) - (scene.total(invalid) if invalid else 0)


def examined(
    scene: Scene, found: Found, target: tuple[int, ...], invalid: tuple[int, ...], letter: str
) -> Reading:
    """Return a set found on some rows as a reading tested on every row, grown there once more,
    edges trimmed.
    """
    goal, total = goal_of(scene, target, invalid), scene.total(target)
    counts = scene.counts(total, (*target, *invalid))
    free = [k for k in scene.free() if k not in target]
    whole = grown(scene.block, goal, counts, found.columns, free)
    clean = counts & ~scene.spoilt[:, list(whole.columns)].any(axis=1)
    kept, silent = trimmed(scene.block, goal, clean, Found(whole.columns, 0))
    holds = holding(scene.block[:, list(kept.columns)], goal, clean)
    filled = int(scene.counts(total).sum())
    told = widest((total, *(scene.block[:, k] for k in kept.columns)), clean)
    strength = bits(holds, told, clean, tried(len(scene.near()), len(free)))
    first = best_rival(scene, Found(kept.columns, holds), goal, clean, free)
    spread = float(np.log2(1 + np.ptp(told[clean]))) if clean.any() else 0.0
    margin = (holds - (first.holds if first else 0)) * spread
    return Reading(
        kept.columns, invalid, target, letter, holds, filled, strength, silent, first, margin
    )


def widest(columns: tuple[NDArray[np.int64], ...], rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return, of the target and its parts, the column of the widest range: where the target is the
    same on every row, its parts still tell.
    """
    if not rows.any():
        return columns[0]
    return max(columns, key=lambda column: int(np.ptp(column[rows])))


def tried(near: int, free: int) -> int:
    """Return how many readings the search tries for one target: runs of neighbours, then columns
    added and dropped.
    """
    return max(near * (near - 1) // 2, 1) + 2 * free


def best_rival(
    scene: Scene,
    found: Found,
    goal: NDArray[np.int64],
    counts: NDArray[np.bool_],
    free: Iterable[int],
) -> Found | None:
    """Return the nearest reading with other candidates.

    One that needs a column that is rarely a candidate needs more rows.
    """
    others = [k for k in free if k not in found.columns]
    out = rivals(scene.block, goal, counts, found, others)
    serious = [
        r
        for r in out
        if r.holds >= found.holds or not any(scene.role[k] in RARELY for k in r.columns)
    ]
    return serious[0] if serious else None


def readings_of(
    scene: Scene, target: tuple[int, ...], invalid: tuple[int, ...], letter: str, deep: bool = True
) -> list[Reading]:
    """Return the readings under which the candidates add up to the target less the invalid kinds,
    best first.
    """
    some = scene.some
    goal, total = goal_of(scene, target, invalid)[some], scene.total(target)[some]
    counts = total > 0
    near = [k for k in scene.near() if k not in target]
    free = [k for k in scene.free() if k not in target]
    block = scene.block[some]
    found = search(block, goal, counts, near, free, deep)
    if deep and (not found or found[0].holds < HALF * counts.sum()):
        found += search(block, goal, counts, free, free, deep)
        found.sort(key=lambda one: (-one.holds, len(one.columns)))
    return [examined(scene, one, target, invalid, letter) for one in found[:2]]


def to_valid(scene: Scene) -> list[Reading]:
    """Return the best reading C = V for each column of valid votes."""
    out = []
    for column in scene.of("valid"):
        ranked = sorted(readings_of(scene, (column,), (), "V"), key=lambda r: likely(scene, r))
        out += ranked[:1]
    return sorted(out, key=lambda r: likely(scene, r))


def rank(reading: Reading) -> tuple[int, int, int]:
    """Return the order of readings: most rows, fewest columns, fewest summed."""
    return -reading.holds, len(reading.candidates), len(reading.target) + len(reading.invalid)


def likely(scene: Scene, reading: Reading) -> tuple[bool, int, int, int]:
    """Return the order of readings: confirmed ones before those whose candidates' words all say
    that they are none (men and women).
    """
    rare = all(scene.role[k] in RARELY for k in reading.candidates)
    return rare or not reading.confirmed, *rank(reading)


def targets(scene: Scene) -> list[tuple[str, tuple[int, ...]]]:
    """Return what candidates and invalid kinds may add up to: ballots found, the total, ballots
    issued; or sums of these.
    """
    out = []
    for letter, role in (("F", "found"), ("T", "total"), ("S", "issued")):
        columns = scene.of(role)
        sizes = range(1, MOST_SUMMED + 1 if len(columns) <= MOST_INVALID and letter != "T" else 2)
        out += [(letter, c) for size in sizes for c in itertools.combinations(columns, size)]
    return out


def invalid_sets(scene: Scene) -> list[tuple[int, ...]]:
    """Return the sets of columns with an invalid word, the fullest first."""
    columns = scene.of("invalid")
    if len(columns) > MOST_INVALID:
        return [tuple(columns), *((k,) for k in columns), ()]
    sizes = range(len(columns), -1, -1)
    return [c for size in sizes for c in itertools.combinations(columns, size)]


def to_ballots(scene: Scene) -> list[Reading]:
    """Return readings C + I = F, S or T, best first: where no column of valid votes stands in the
    file.
    """
    quick: list[tuple[int, str, tuple[int, ...], tuple[int, ...]]] = []
    for letter, target in targets(scene):
        for invalid in invalid_sets(scene):
            goal, total = (
                goal_of(scene, target, invalid)[scene.some],
                scene.total(target)[scene.some],
            )
            near = [k for k in scene.near() if k not in target]
            found = search(scene.block[scene.some], goal, total > 0, near, near, False)
            quick.append((found[0].holds if found else 0, letter, target, invalid))
    quick.sort(key=lambda one: (-one[0], len(one[2]), len(one[3])))
    out = [
        r
        for _, letter, target, invalid in quick[:4]
        for r in readings_of(scene, target, invalid, letter)[:1]
    ]
    if not any(r.confirmed for r in out):
        tried = [(letter, target) for letter, target in targets(scene) if len(target) == 1][:4]
        out += [
            r
            for letter, target in tried
            for i in invalid_sets(scene)[:3]
            for r in readings_of(scene, target, i, letter)[:1]
        ]
    order = {"F": 0, "T": 1, "S": 2}

    def place(r: Reading) -> tuple[int, ...]:
        first, rows, names, summed = likely(scene, r)
        return first, rows, names, order[r.letter], summed

    return sorted(out, key=place)


def to_anything(scene: Scene) -> Reading | None:
    """Return the best reading C = a column without a word: it proposes, and never confirms."""
    best = None
    for column in scene.near()[:60]:
        for one in readings_of(scene, (column,), (), "V", deep=False)[:1]:
            if one.confirmed and (best is None or rank(one) < rank(best)):
                best = one
    return best
