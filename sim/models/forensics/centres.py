"""Which groups of tables can be polling centres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records.seen.evidence import Frame

Groups = NDArray[np.int64]
# share of tables in groups too large or in several regions above which the groups are no centres
MOST_STRAY = 0.05


def not_centres(frame: Frame, largest: int) -> tuple[NDArray[np.bool_], str]:
    """Return ((M,) which tables of the frame stand in a possible centre, why its groups are not
    polling centres or "").

    A centre has at most `largest` tables and lies in one region. A few groups that are larger are
    left out; where more than one table in twenty is in such a group, the groups are something else
    (a town, a region).
    """
    centre, size = frame.centre, np.bincount(frame.centre)
    low, high = np.full(len(size), np.iinfo(np.int32).max), np.full(len(size), -1)
    np.minimum.at(low, centre, frame.region)
    np.maximum.at(high, centre, frame.region)
    large, spread = (size > largest)[centre], (low < high)[centre]
    fits = ~(large | spread)
    if large.mean() > MOST_STRAY:
        most = f"hold up to {size.max():,} tables; a polling centre has 2 to {largest}"
        return fits, f"the groups given as centres {most}"
    if spread.mean() > MOST_STRAY:
        return (
            fits,
            "the groups given as centres lie in several regions; a polling centre is one place",
        )
    if size.max(initial=0) < 2:
        return fits, "the file does not say which tables share a centre"
    return fits, ""


def centres_of(frame: Frame | None, table: NDArray[np.int32], largest: int) -> tuple[Groups, str]:
    """Return (n,) centre numbers, tables that stand in no possible centre each alone, and why there
    are no centres, or "".
    """
    if frame is None:
        return table.astype(np.int64), "the file does not say which tables share a centre"
    fits, why = not_centres(frame, largest)
    alone = frame.centre.max(initial=0) + 1 + table.astype(np.int64)
    together = np.zeros(len(table), dtype=np.bool_) if why else fits[table]
    return np.where(together, frame.centre[table], alone), why
