"""From the table to the collected copy: handed over, not lost, carried to a scan centre, scanned,
published (docs/model/election_day.md, section 6.1).

Streams: `sheets/capacity` one normal, `sheets/copy` and `sheets/lost` M uniforms, `sheets/carry` M
normals, `sheets/minutes` M normals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.fast.normals import normal_of, normal_words, normals
from sim.fast.words import below, words
from sim.models.chain.levels import Floats, at_level, lognormal_minutes
from sim.models.polling_day.service_centre import served_at
from sim.records.parameters.vote.chain import Collection, Sheets
from sim.records.vote.count import Count, votes_at
from sim.rng import Streams

MINUTES = "sheets/minutes"
CAPACITY = "sheets/capacity"
COPY = "sheets/copy"
LOST = "sheets/lost"
CARRY = "sheets/carry"


def printed_minutes(closing: Floats, p: Sheets, streams: Streams) -> Floats:
    """Return when each sheet is printed: closing time and a lognormal count, (M,) float32."""
    z = normals(streams(MINUTES), closing.size)
    return np.asarray(
        closing + lognormal_minutes(p.count_minutes, p.count_sigma, z), dtype=np.float32
    )


def copy_level(p: Sheets, streams: Streams) -> float:
    """Return the level of copies handed over to those present: min(max, w / (.95 x .97)).

    w, the share collected before expulsion and stop, is drawn once a replicate: nobody knows
    beforehand how well the witnesses will do. The divisors are the witnesses' level and the share
    not lost.
    """
    z = float(streams(CAPACITY).standard_normal(dtype=np.float32))
    w = float(np.clip(p.capacity_mean + p.capacity_sd * z, p.capacity_low, p.capacity_high))
    return min(p.copy_level_max, w / max(p.witness_level * (1 - p.lost_share), 1e-9))


def copies_obtained(
    present: NDArray[np.bool_], share: Floats, size: Floats, p: Sheets, streams: Streams
) -> NDArray[np.bool_]:
    """Return where the witness is given a copy, (M,) bool; `share` and `size` as in `witnesses`."""
    u = streams(COPY).random(present.size, dtype=np.float32)
    offset = np.float32(p.copy_size_slope) * size - np.float32(p.copy_selectivity) * share
    return np.asarray(present & (u < at_level(copy_level(p, streams), offset)))


def copies_lost(obtained: NDArray[np.bool_], p: Sheets, streams: Streams) -> NDArray[np.bool_]:
    """Return which obtained copies are lost or seized before they are scanned, (M,) bool."""
    return np.asarray(obtained & below(words(streams(LOST), obtained.size), p.lost_share))


def scanned(
    held: NDArray[np.bool_],
    printed: Floats,
    zone: NDArray[np.int16],
    p: Collection,
    streams: Streams,
) -> Floats:
    """Return the minute at which each held copy is scanned at its zone's centre, (M,) float32; inf
    where none is held.
    """
    z = normal_words(streams(CARRY), held.size)
    where = np.flatnonzero(held)
    arrival = printed.take(where) + lognormal_minutes(
        p.carry_minutes, p.carry_sigma, normal_of(z.take(where))
    )
    done = np.full(held.size, np.inf, dtype=np.float32)
    done[where] = served_at(arrival, zone.take(where), p.operators, p.scan_minutes)
    return done


def selectivity(sheets: Count, collected: NDArray[np.bool_], row: int) -> float | None:
    """Return a candidate's share in the collected copies minus its share in all sheets; None
    without votes among them.
    """
    valid, whole = votes_at(sheets.valid, collected), sheets.totals
    return (
        float(votes_at(sheets.votes[row], collected) / valid - whole[row] / whole.sum())
        if valid
        else None
    )
