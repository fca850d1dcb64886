"""Support by centre and table: the national share spread over the country
(docs/model/election_day.md, section 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.models.electorate.past_support import REFERENCE_LOG_VOTERS
from sim.records.parameters.vote.electorate import Support
from sim.records.vote.register import Register

RESIDUAL = 1e-7
NEWTON_STEPS = 50

Floats = NDArray[np.float64]
Float32s = NDArray[np.float32]
F = TypeVar("F", np.float32, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Geography:
    """Columns of a register that every replicate needs. Over centres (C,): weight, float64
    registered voters; log_size, ln(registered) - 7; past, logit minus its register-weighted mean.
    registered: (M,) float32. abroad: centre numbers.
    """

    weight: Floats
    home_weight: Floats
    log_size: Floats
    past: Floats
    registered: Float32s
    abroad: NDArray[np.int64]


@derived
def geography(register: Register) -> Geography:
    """Return a register's fixed columns, computed once a process."""
    weight = register.centre_registered.astype(np.float64)
    past = register.centre_past - np.average(register.centre_past, weights=weight)
    log_size = np.log(weight) - REFERENCE_LOG_VOTERS
    home_weight = np.where(register.centre_abroad, 0.0, weight)
    abroad = np.flatnonzero(register.centre_abroad)
    return Geography(
        weight, home_weight, log_size, past, register.registered.astype(np.float32), abroad
    )


def expit(x: NDArray[F]) -> NDArray[F]:
    """Return 1 / (1 + exp(-x)) in the precision of x."""
    y: NDArray[F] = np.exp(-np.clip(x, -80, 80))
    y += 1
    np.reciprocal(y, out=y)
    return y


def intercept(offset: Floats, weight: Floats, share: float) -> float:
    """Return a with sum weight expit(offset + a) / sum weight = share, to 1e-7, by Newton's method
    inside a bracket.

    offset, weight: (n,). share: strictly between 0 and 1.
    """
    total = float(weight.sum())
    target = math.log(share / (1 - share))
    low, high = target - float(offset.max()), target - float(offset.min())
    a = _start(offset, weight, total, target)
    for _ in range(NEWTON_STEPS):
        p = expit(offset + a)
        weighted = p * weight
        residual = float(weighted.sum()) / total - share
        if abs(residual) < RESIDUAL:
            break
        low, high = (low, a) if residual > 0 else (a, high)
        slope = float(weighted.sum() - _dot(weighted, p)) / total
        a = a - residual / slope if slope > 0 else math.inf
        if not low <= a <= high:
            a = (low + high) / 2
    return a


def _dot(a: Floats, b: Floats) -> float:
    """Return sum a b without the threads of a linear-algebra library, which stall when every core
    has its own replicate.
    """
    return float(np.einsum("i,i", a, b))


def _start(offset: Floats, weight: Floats, total: float, target: float) -> float:
    """Return the intercept that would serve if the offsets were normal (logistic-normal mean,
    MacKay 1992): saves steps.
    """
    weighted = offset * weight
    mean = float(weighted.sum()) / total
    variance = max(_dot(weighted, offset) / total - mean**2, 0.0)
    return target * math.sqrt(1 + math.pi * variance / 8) - mean


def support_offsets(
    register: Register, p: Support, state_z: Float32s, centre_z: Float32s
) -> Floats:
    """Return l_c before its intercept, (C,): rho (past - mean) + state + centre. state_z: (S,),
    centre_z: (C,).
    """
    offset = p.rho * geography(register).past
    offset += (p.state_sd * state_z.astype(np.float64)).take(register.centre_state)
    offset += p.centre_sd * centre_z
    return offset


def table_logits(
    centre_logit: Floats, register: Register, trials: Float32s, dispersion: float, z: Float32s
) -> Float32s:
    """Return the logit at each table, (M,) float32: its centre's, plus a spread that makes chi2/df
    = `dispersion`.

    sd = sqrt((dispersion - 1) / (n p q)). centre_logit: (C,). trials: (M,), n at each table. z:
    (M,).
    """
    p = expit(centre_logit)
    spread = np.sqrt((dispersion - 1) / (p * (1 - p))).astype(np.float32)
    logit: Float32s = np.divide(z, np.sqrt(trials), dtype=np.float32)
    logit *= spread.take(register.centre)
    logit += centre_logit.astype(np.float32).take(register.centre)
    return logit
