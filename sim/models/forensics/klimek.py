"""The fingerprint model of Klimek, Yegorov, Hanel and Thurner (2012): its likelihood.

a ~ N(a, s_a) and v ~ N(v, s_v) on 0..1; of N registered W = N a v for the winner, O = N a (1 - v)
for others. At a share f_i of tables x = |N(0, theta)|, at f_e x = 1 - |N(0, .075)|: W' = W + x (N -
W - O) + x^alpha O, O' = O - x^alpha O.

Given x the map from (a, v) to what is seen, abstention r = (1 - a)(1 - x) and others o = a (1 -
v)(1 - x^alpha), is one to one: a = 1 - r/(1 - x), v = 1 - o/(a (1 - x^alpha)), with density f(a)
f(v)/((1 - x) a (1 - x^alpha)). The likelihood of a table is therefore one sum over cells of x; no
simulation is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
EXTREME_SPREAD = 0.075
LEAST_MASS = 1e-6
LEAST_CHANCE = 1e-140  # of a normal law on 0..1: its constant stays finite
LOWEST = np.array([-1, np.log(0.001), -1, np.log(0.001), np.log(0.001), -30, -30, np.log(0.001)])
HIGHEST = np.array([2, np.log(3.0), 2, np.log(3.0), np.log(3.0), 30, 30, np.log(20.0)])
STRAY = 2e-3  # density of tables that no class explains, on the triangle r + o <= 1
EDGES = 1 - np.exp(
    -np.concatenate(
        [[0, 0.01, 0.025, 0.05, 0.08], np.arange(0.12, 2.4, 0.09), np.arange(2.4, 6.3, 0.3)]
    )
)
LOG_ROOT_2PI = 0.5 * np.log(2 * np.pi)
NAMES = (
    "turnout",
    "turnout_sd",
    "share",
    "share_sd",
    "spread",
    "incremental_share",
    "extreme_share",
    "alpha",
)


def natural(t: Floats) -> Floats:
    """Return (8,) parameters in the order of NAMES from the free scale (a, log s_a, v, log s_v, log
    theta, ...), held within LOWEST and HIGHEST: equal tables would drive the spreads to nothing.
    """
    t = np.clip(t, LOWEST, HIGHEST)
    f_i, f_e = 1 / (1 + np.exp(-t[5])), 1 / (1 + np.exp(-t[6]))
    return np.array(
        [t[0], np.exp(t[1]), t[2], np.exp(t[3]), np.exp(t[4]), f_i * (1 - f_e), f_e, np.exp(t[7])]
    )


def incremental_mass(spread: float) -> Floats:
    """Return the chance of each cell of x for x = |N(0, spread)| below 1."""
    mass = np.diff(2 * ndtr(EDGES / spread) - 1)
    return np.asarray(mass / mass.sum())


MIDDLE = 0.5 * (EDGES[1:] + EDGES[:-1])
EXTREME_MASS = np.diff(2 * ndtr((EDGES - 1) / EXTREME_SPREAD))
EXTREME_MASS /= EXTREME_MASS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """The (table, cell of x) pairs that a stuffed table can come from, (m,) each, by table; most
    pairs cannot be.

    density: given x, without the constants of the two normal laws. z_a, z_v: turnout and share
    before stuffing, in sd.
    """

    tables: int
    table: NDArray[np.intp]
    cell: NDArray[np.intp]
    density: Floats
    z_a: Floats
    z_v: Floats

    def summed(self, weight: Floats, factor: Floats | float = 1.0) -> Floats:
        """Return (n,) sum over each table's cells of density x factor (m,) x weight (cells,)."""
        return np.bincount(
            self.table, self.density * factor * weight[self.cell], minlength=self.tables
        ).astype(np.float64)


def _core(r: Floats, o: Floats, x: Floats, p: Floats) -> _Pairs:
    """Return the pairs of tables (n,) and x (cells,) at which 0 < a and 0 <= v."""
    left, kept = 1 - x, (1 - x ** p[7] if x[-1] > 0 else np.ones(1))
    # a (1 - x); the share v is at least 0 where o (1 - x) <= a (1 - x) (1 - x^alpha)
    room = left - r[:, None]
    inside = room > 1e-3 * left
    room *= kept
    inside &= room >= o[:, None] * left
    table, cell = np.divmod(np.flatnonzero(inside), len(x))
    at_a = 1 - r[table] / left[cell]
    scale = at_a * kept[cell]
    z_a, z_v = (at_a - p[0]) / p[1], (1 - o[table] / scale - p[2]) / p[3]
    return _Pairs(
        len(r), table, cell, np.exp(-0.5 * (z_a * z_a + z_v * z_v)) / (scale * left[cell]), z_a, z_v
    )


def _log_norm(mean: float, sd: float) -> float:
    """Return the log of the constant of a normal law cut to 0..1."""
    return float(
        np.log(sd)
        + LOG_ROOT_2PI
        + np.log(max(float(ndtr((1 - mean) / sd) - ndtr(-mean / sd)), LEAST_CHANCE))
    )


def _norm_slopes(mean: float, sd: float) -> tuple[float, float]:
    """Return the derivatives of `_log_norm` in the mean and in the log of the sd."""
    h, base = 1e-5, _log_norm(mean, sd)
    return (_log_norm(mean + h, sd) - base) / h, (_log_norm(mean, sd * np.exp(h)) - base) / h


def _class(r: Floats, o: Floats, x: Floats, masses: Floats, p: Floats) -> Floats:
    """Return (1 + 4 + m, n): density, its derivatives in (a, log s_a, v, log s_v), and the density
    under other masses (m).
    """
    use = masses[0] > LEAST_MASS
    w = masses[:, use]
    pairs = _core(r, o, x[use], p)
    scale = np.exp(-_log_norm(p[0], p[1]) - _log_norm(p[2], p[3]))
    out = [pairs.summed(w[0])]
    for z, (mean, sd) in ((pairs.z_a, p[0:2]), (pairs.z_v, p[2:4])):
        by_mean, by_sd = _norm_slopes(mean, sd)
        out.append(pairs.summed(w[0], z) / sd - by_mean * out[0])
        out.append(pairs.summed(w[0], z * z) - by_sd * out[0])
    return np.asarray(np.stack([*out, *(pairs.summed(other) for other in w[1:])]) * scale)


def _one(r: Floats, o: Floats, x: Floats, mass: Floats, p: Floats) -> Floats:
    use = mass > LEAST_MASS
    scale = np.exp(-_log_norm(p[0], p[1]) - _log_norm(p[2], p[3]))
    return np.asarray(_core(r, o, x[use], p).summed(mass[use]) * scale)


def log_density(t: Floats, r: Floats, o: Floats) -> Floats:
    """Return (n,) log likelihood of each table at free parameters t."""
    p = natural(t)
    total = (1 - p[5] - p[6]) * _one(r, o, np.zeros(1), np.ones(1), p) + STRAY
    if p[5] + p[6] > 1e-9:
        total += p[5] * _one(r, o, MIDDLE, incremental_mass(p[4]), p) + p[6] * _one(
            r, o, MIDDLE, EXTREME_MASS, p
        )
    return np.asarray(np.log(total))


def scores(t: Floats, r: Floats, o: Floats) -> Floats:
    """Return (8, n) derivatives of each table's log density in the free parameters."""
    p, h = natural(t), 1e-4
    moved = p.copy()
    moved[7] *= np.exp(h)
    masses = np.stack([incremental_mass(p[4]), incremental_mass(p[4] * np.exp(h))])
    fair = _class(r, o, np.zeros(1), np.ones((1, 1)), p)
    stuffed = _class(r, o, MIDDLE, masses, p)
    extreme = _class(r, o, MIDDLE, EXTREME_MASS[None], p)
    by_alpha = [
        (_one(r, o, MIDDLE, mass, moved) - part[0]) / h
        for mass, part in ((masses[0], stuffed), (EXTREME_MASS, extreme))
    ]
    share = 1 - p[5] - p[6]
    total = share * fair[0] + p[5] * stuffed[0] + p[6] * extreme[0] + STRAY
    f_i, f_e = p[5] / (1 - p[6]), p[6]
    out = np.empty((8, len(r)))
    out[:4] = share * fair[1:5] + p[5] * stuffed[1:5] + p[6] * extreme[1:5]
    out[4] = p[5] * (stuffed[5] - stuffed[0]) / h
    out[5] = (1 - f_e) * f_i * (1 - f_i) * (stuffed[0] - fair[0])
    out[6] = f_e * (1 - f_e) * (extreme[0] - f_i * stuffed[0] - (1 - f_i) * fair[0])
    out[7] = p[5] * by_alpha[0] + p[6] * by_alpha[1]
    return np.asarray(out / total)
