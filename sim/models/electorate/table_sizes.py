"""Registers of the tables inside a centre: nearly equal, never above the divisor, summing to the
centre's register.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def table_registers(
    centre_registered: Ints, tables: Ints, caps: Ints, sd: float, z: Floats
) -> Ints:
    """Return registered voters of each table, (M,) int64, centre after centre.

    centre_registered, tables, caps: (C,), caps = most voters that a table of the centre may have
    (at least R / m). sd: relative spread inside a centre. z: (M,) standard normal numbers.
    """
    centre = np.repeat(np.arange(len(tables)), tables)
    several = (tables > 1)[centre]
    wanted = np.where(several, np.maximum(1 + sd * z, 0.05), 1.0)
    cap = np.where(several, caps[centre], centre_registered[centre]).astype(np.float64)
    wanted = _clipped(wanted, centre, centre_registered.astype(np.float64), cap)
    return _hand_out(
        np.floor(wanted + 1e-9).astype(np.int64), centre, centre_registered, cap.astype(np.int64)
    )


def _clipped(wanted: Floats, centre: Ints, total: Floats, cap: Floats) -> Floats:
    """Scale each centre's tables to its register; what exceeds the cap goes to the centre's other
    tables in proportion.
    """
    full = np.zeros(len(wanted), dtype=bool)
    while True:
        free_sum = np.bincount(centre, np.where(full, 0.0, wanted), len(total))
        left = total - np.bincount(centre, np.where(full, cap, 0.0), len(total))
        scale = np.divide(left, free_sum, out=np.zeros_like(left), where=free_sum > 0)
        scaled = np.where(full, cap, wanted * scale[centre])
        over = ~full & (scaled > cap)
        if not over.any():
            return scaled
        full |= over


def _hand_out(parts: Ints, centre: Ints, total: Ints, cap: Ints) -> Ints:
    """Give each centre's remaining voters, one a pass, to its first tables with room; returns parts
    that sum to `total`.
    """
    starts = np.flatnonzero(np.r_[True, centre[1:] != centre[:-1]])
    while True:
        missing = total - np.bincount(centre, parts, len(total)).astype(np.int64)
        if not missing.any():
            return parts
        room = parts < cap
        seen = np.cumsum(room)
        rank: Ints = seen - (seen[starts] - room[starts])[centre]
        parts = parts + (room & (rank <= missing[centre]))
