"""Identities between the counts of a reading, tested on every row: which hold, in how many rows,
with what evidence.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.counting.prepared import Prepared
from sim.files.counting.rows import Judged
from sim.files.roles.sums import bits
from sim.records.tally import Confirmed

Floats = NDArray[np.float64]
TRIED = ("C = V", "C + I = F", "C + I = T", "C + I = S", "V + I = F", "S + L = D", "C + I + L = D")
ROLES = {
    "V": "valid",
    "F": "ballots_found",
    "S": "ballots_issued",
    "L": "ballots_left",
    "D": "ballots_received",
    "R": "registered",
    "T": "total",
}
SHAPE = re.compile(r"[CIVFSLDRT](?: *\+ *[CIVFSLDRT])* *= *[CIVFSLDRT]")


def letters(ready: Prepared) -> dict[str, Floats]:
    """Return the counts by letter, NaN where a row has none."""
    cells = ready.cells
    out = {letter: cells.counts[role] for letter, role in ROLES.items() if role in cells.counts}
    out["C"] = np.where(np.isnan(cells.votes).all(axis=0), np.nan, np.nansum(cells.votes, axis=0))
    if cells.kinds:
        out["I"] = np.nansum(np.stack(list(cells.kinds.values())), axis=0)
    return out


def tested(identity: str, known: dict[str, Floats], rows: NDArray[np.bool_]) -> Confirmed | None:
    """Return in how many rows an identity holds, or None where a letter is missing."""
    left, right = (part.strip() for part in identity.split("="))
    parts = [p.strip() for p in left.split("+")]
    if right not in known or any(p not in known for p in parts):
        return None
    total = np.sum([known[p] for p in parts], axis=0)
    target = known[right]
    use = rows & np.isfinite(target) & np.isfinite(total) & (target > 0)
    holds = int((total[use] == target[use]).sum())
    whole = np.nan_to_num(target).astype(np.int64)
    return Confirmed(identity, holds, int(use.sum()), bits(holds, whole, use))


def confirmed_by(ready: Prepared, judged: Judged) -> list[Confirmed]:
    """Return the identities that hold in at least half of the rows that name a table, the strongest
    first.
    """
    known = letters(ready)
    names = ("header_again", "total_row", "no_key", "filtered")
    aside = [judged.names.index(name) for name in names if name in judged.names]
    rows = ~np.isin(judged.reason, aside)
    found = [t for identity in TRIED if (t := tested(identity, known, rows)) is not None]
    return [t for t in found if t.of and t.rows >= 0.5 * t.of]


def failed(ready: Prepared, judged: Judged, identities: tuple[str, ...], limit: float) -> list[str]:
    """Return sentences for the identities that a mapping asks for and that fail in more rows than
    the limit.

    Raises:
        InputError: an identity that cannot be read, or that needs a count that is not there.
    """
    known, out = letters(ready), []
    for identity in identities:
        if not SHAPE.fullmatch(identity.strip()):
            hint = "letters C, I, V, F, S, L, D, R, T: C + I = F"
            raise InputError(
                Problem(f"{identity!r} is no identity", path="checks.identities", hint=hint)
            )
        one = tested(identity.strip(), known, judged.reason < 0)
        if one is None:
            raise InputError(
                Problem(
                    f"{identity!r} needs a count that no column holds", path="checks.identities"
                )
            )
        if one.of - one.rows > limit * one.of:
            out.append(f"{identity} fails in {one.of - one.rows:,} of {one.of:,} rows")
    return out
