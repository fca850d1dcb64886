"""What keeps a confirmed sum from being a reading: names that stand twice, coalitions, parts and
wholes, unplaced counts.
"""

from __future__ import annotations

import re

import numpy as np

from sim.files.refusal import RefusalError
from sim.files.roles.candidates import Reading
from sim.files.roles.scene import Scene
from sim.files.roles.sums import best_runs, bits, holding
from sim.files.roles.words import COUNTED, RARELY, fold

TENTH, FEW = 0.1, 0.3
NEARLY_ALL = 0.95
MAPPING = "save this mapping, correct it, and run again with --mapping"


def doubt_about_names(scene: Scene, best: Reading) -> RefusalError | None:
    """Return the refusal for candidates without a name, of one name, or named after others
    together.
    """
    names = [scene.table.names[k] for k in best.candidates]
    if not all(names):
        at = best.candidates[names.index("")] + 1
        return RefusalError(
            "header",
            f"column {at} holds a candidate's votes but has no name in the header",
            MAPPING,
        )
    idle = [k for k in best.candidates if scene.role[k] in RARELY and not scene.block[:, k].any()]
    if idle:
        said = (
            f"{scene.table.shown(idle[0])!r} would be a candidate without a vote: there are "
            "fewer than two candidates"
        )
        return RefusalError("candidates_missing", said, MAPPING)
    double = [n for n in names if names.count(n) > 1]
    if double:
        numbers = [k + 1 for k in best.candidates if scene.table.names[k] == double[0]]
        said = (
            f"two columns have the same name {double[0]!r} (columns {', '.join(map(str, numbers))})"
        )
        return RefusalError(
            "name_twice", said, f"{MAPPING}: it names them by number; give each its own name"
        )
    for name in names:
        parts = [p for p in re.split(r"[_\-/+&, ]+", name) if p]
        others = {fold(n) for n in names if n != name}
        if len(parts) >= 2 and all(fold(p) in others for p in parts):
            said = (
                f"{name!r} is a coalition of other columns' parties: whose candidate gets its "
                "votes?"
            )
            return RefusalError(
                "coalitions", said, f'{MAPPING}: "Candidate" = ["A", "B", "A_B"] adds columns up'
            )
    return None


def doubt_about_parts(scene: Scene, best: Reading) -> RefusalError | None:
    """Return the refusal where a candidate is the sum of other columns, or another column the sum
    of some candidates.
    """
    outside = [
        k
        for k in scene.free()
        if k not in best.candidates and k not in best.silent and not scene.is_code(k)
    ]
    inside = list(best.candidates)
    for whole, parts, word in [
        *((o, inside, "is the sum of candidates") for o in outside if scene.role[o] not in RARELY),
        *((c, outside, "is a candidate and the sum of other columns") for c in inside),
    ]:
        target = scene.block[:, whole]
        counts = scene.counts(target)
        for start, stop, holds in (
            best_runs(scene.block[:, parts], target, counts, 1) if len(parts) > 1 else []
        ):
            everything = stop - start == len(inside) and parts is inside
            if (
                not everything
                and holds >= NEARLY_ALL * counts.sum()
                and bits(holds, target, counts, len(parts) ** 2) >= 20
            ):
                name = scene.table.shown(whole)
                said = (
                    f"two readings fit: {name!r} {word} "
                    f"({', '.join(scene.table.shown(k) for k in parts[start:stop])})"
                )
                return RefusalError("two_readings", said, MAPPING)
    return None


def doubt_about_numbers(scene: Scene, best: Reading, plan: object) -> RefusalError | None:
    """Return the refusal where two or more other columns hold counts as large as votes, without a
    word.
    """
    target = scene.total(best.target)
    level = TENTH * float(np.median(target[scene.counts(target)]))
    others = [
        k
        for k in scene.columns.whole
        if scene.role[k] not in (*COUNTED, *RARELY)
        and k not in best.candidates
        and k not in best.invalid
        and not scene.is_code(k)
        and is_count(scene, k, level)
        and not is_total(scene, k, best)
    ]
    if len(others) < 2:
        return None
    names = ", ".join(repr(scene.table.shown(k)) for k in others[:4])
    said = f"{len(others)} columns hold counts as large as votes and belong to no sum: {names}"
    return RefusalError(
        "unplaced_numbers",
        said,
        f"{MAPPING}: name only what belongs to this count, then the rest is not read",
    )


def is_total(scene: Scene, k: int, best: Reading) -> bool:
    """Return whether a column without a word repeats the candidates' sum, or that of all
    ballots.
    """
    total = scene.block[:, k]
    rows = scene.counts(total)
    sums = (best.candidates, (*best.candidates, *best.invalid))
    return any(
        holding(scene.block[:, list(c)], total, rows) >= NEARLY_ALL * rows.sum() for c in sums
    )


def is_count(scene: Scene, k: int, level: float) -> bool:
    """Return whether a column holds counts above this level: many values, in no order, no running
    numbers.
    """
    cells = scene.block[:, k][scene.rows]
    if len(cells) < 3 or np.median(cells) <= level:
        return False
    steps = np.diff(cells)
    ordered = (
        (steps >= 0).all()
        or (steps <= 0).all()
        or (steps == 1).mean() > 0.5
        or (steps == 0).mean() > 0.5
    )
    return not ordered and len(np.unique(cells)) > FEW * min(len(cells), 300)
