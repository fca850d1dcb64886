"""Probabilities with a stated national level: a logit with offsets whose mean over the tables is
that level.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.records.vote.count import Count
from sim.records.vote.register import Register

Floats = NDArray[np.float32]

STEPS = 30
PRECISION = 1e-6
CELLS = 2048
CENTRE_LOG_REGISTER = np.float32(7.0)


def logistic_of(x: Floats, clip: bool = True) -> Floats:
    """Return 1 / (1 + exp(-x)), float32, without overflow; clip False: whoever asks knows that |x|
    is below 80.
    """
    y: Floats = np.exp(-np.clip(x, -80, 80)) if clip else np.exp(-x)
    y += 1
    return np.asarray(np.reciprocal(y, out=y), dtype=np.float32)


def at_level(level: float, offset: Floats) -> Floats:
    """Return probabilities expit(a + offset), (M,) float32, a solved so that their mean is `level`
    within 1e-6.

    Newton's method, kept inside a shrinking bracket; level 0 or less gives zeros, 1 or more gives
    ones.
    """
    if offset.size == 0 or level <= 0 or level >= 1:
        return np.full(offset.size, min(max(level, 0.0), 1.0), dtype=np.float32)
    within = float(offset.min()), float(offset.max())
    low, high = -40.0 - within[1], 40.0 - within[0]
    a = _first_guess(level, offset, within)
    for _ in range(STEPS):
        p = logistic_of(offset + np.float32(a), clip=within[0] + a < -70 or within[1] + a > 70)
        mean = float(p.mean(dtype=np.float64))
        if abs(mean - level) < PRECISION:
            break
        low, high = (a, high) if mean < level else (low, a)
        a += (level - mean) / max(mean - float(np.square(p).mean(dtype=np.float64)), 1e-12)
        a = a if low < a < high else (low + high) / 2
    return p


def _first_guess(level: float, offset: Floats, within: tuple[float, float]) -> float:
    """Return a as solved on a histogram of the offsets, which all but finds it at a tenth of the
    work.
    """
    width = max((within[1] - within[0]) / CELLS, 1e-6)
    share = (
        np.bincount(((offset - np.float32(within[0])) * np.float32(1 / width)).astype(np.intp))
        / offset.size
    )
    middle = within[0] + width * (np.arange(share.size) + 0.5)
    a = math.log(level / (1 - level)) - float(share @ middle)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(np.minimum(-(middle + a), 700.0)))
        weighted = share * p
        short = level - float(weighted.sum())
        if abs(short) < PRECISION / 10:
            break
        a += min(max(short / max(float(weighted.sum() - weighted @ p), 1e-12), -5.0), 5.0)
    return a


def sheet_share(count: Count, row: int) -> Floats:
    """Return a candidate's share on each table's own sheet minus its mean over tables, (M,)
    float32; 0 without valid votes.
    """
    valid = count.valid.astype(np.float32)
    least, votes = valid.min(initial=1), count.votes[row].astype(np.float32)
    share = votes / (valid if least > 0 else np.maximum(valid, np.float32(1)))
    if least > 0:
        return np.asarray(share - np.float32(share.mean(dtype=np.float64)))
    some = valid > 0
    mean = np.float32(share[some].mean(dtype=np.float64)) if some.any() else np.float32(0)
    return np.asarray(np.where(some, share - mean, np.float32(0)), dtype=np.float32)


@derived
def log_register(register: Register) -> Floats:
    """Return ln(register of the table's centre) - 7, (M,) float32; computed once a register, not to
    be written to.
    """
    by_centre = (
        np.log(np.maximum(register.centre_registered, 1)).astype(np.float32) - CENTRE_LOG_REGISTER
    )
    by_table = np.asarray(by_centre[register.centre])
    by_table.flags.writeable = False
    return by_table


def lognormal_minutes(median: float, sigma: float, z: Floats) -> Floats:
    """Return median x exp(sigma z), float32."""
    return np.asarray(np.float32(median) * np.exp(np.float32(sigma) * z), dtype=np.float32)
