"""Distance, utility, attitudes to risk, and how one actor sees another's utility (KTAB's spatial
model of politics).
"""

from __future__ import annotations

import numpy as np

from sim.models.bargaining.base import Array

SMALL = 1e-10
OWN_SHARE = {
    "none": 0.0,
    "third": 1.0 / 3.0,
    "half": 1.0 / 2.0,
    "two_thirds": 2.0 / 3.0,
    "full": 1.0,
}
"""Weight of an actor's own attitude to risk in another's view of it; the rest is the attitude of
the one who looks.
"""


def utility(distance: Array, risk: Array) -> Array:
    """Return U(d, R) = (1 - d)(1 + R d) for d <= 1, else (1 - d)(1 + R), element by element."""
    return (1.0 - distance) * (1.0 + risk * np.minimum(distance, 1.0))


def distances(position: Array, salience: Array, points: Array) -> Array:
    """Return d_i(y) (n, M): distance of points (M, D) from each actor, weighted by its saliences
    (n, D).
    """
    gap = salience[:, None, :] * (position[:, None, :] - points[None, :, :])
    norm = np.sqrt((salience**2).sum(axis=1))
    return np.asarray(np.sqrt((gap**2).sum(axis=2)) / np.where(norm > 0, norm, 1.0)[:, None])


def risks(chance: Array, span: str = "mid") -> Array:
    """Return R (n,) from the chance (n,) of each position: the likeliest is at 1, the least likely
    at -1/2 (`mid`), 0 or -1.

    0 for all when the chances do not differ.
    """
    top, bottom = chance.max(), chance.min()
    if top - bottom < SMALL:
        return np.zeros_like(chance)
    if span == "min":
        return np.asarray((chance - bottom) / (top - bottom))
    if span == "max":
        return np.asarray((2.0 * chance - (top + bottom)) / (top - bottom))
    return np.asarray((3.0 * chance - (top + 2.0 * bottom)) / (2.0 * (top - bottom)))


def seen_by(i: int, distance: Array, risk: Array, view: str = "third") -> Array:
    """Return u (n, n): how i believes that each actor k values each position, with R = (1 - t) R_i
    + t R_k, t as in `OWN_SHARE`.
    """
    if view == "third":
        seen = (2.0 * risk[i] + risk) / 3.0
    else:
        seen = (1.0 - OWN_SHARE[view]) * risk[i] + OWN_SHARE[view] * risk
    return utility(distance, seen[:, None])
