"""Utilities on the issue space, the composite government, the grid of packages, and surpluses as a
side perceives them.

u_i(y) = sum_k s_ik (1 - |y_k - x_ik| / 100) / sum_k s_ik. The grid is the product of the levels
that are open on each issue, the first issue varying slowest, with the status quo put first.
Surpluses are sums over issues, so the whole grid costs six additions of arrays that grow by one
axis each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.models.bargaining.base import Array, Party

SCALE = 100.0


def utility(
    position: Sequence[float], salience: Sequence[float], package: Sequence[float]
) -> float:
    """Return u(y) in 0..1 of a package (K,) for an actor with position and salience (K,), all on
    0..100.
    """
    near = sum(
        s * (1.0 - abs(y - x) / SCALE) for x, s, y in zip(position, salience, package, strict=True)
    )
    return near / sum(salience)


def composite(
    members: Sequence[tuple[float, Sequence[float], Sequence[float]]],
    trust: float = 1.0,
    patience: float = 0.9,
) -> Party:
    """Return one side made of members (weight, position, salience): s = sum w s_m, x_k = sum w s_mk
    x_mk / s_k.

    An issue that no member cares about takes the plain weighted mean of positions. One member of
    weight 1 is itself.
    """
    total = sum(weight for weight, _, _ in members)
    position, salience = [], []
    for k in range(len(members[0][1])):
        s = sum(w * m_s[k] for w, _, m_s in members)
        x = sum(w * m_s[k] * m_x[k] for w, m_x, m_s in members)
        position.append(x / s if s > 0 else sum(w * m_x[k] for w, m_x, _ in members) / total)
        salience.append(s)
    return Party(tuple(position), tuple(salience), trust, patience)


def open_levels(
    status_quo: Sequence[float],
    step: float = 20.0,
    caps: Mapping[int, float] | None = None,
    closed: Sequence[int] = (),
) -> tuple[tuple[float, ...], ...]:
    """Return the levels open on each issue: multiples of `step` in 0..100, at most the cap, the
    status quo where closed.
    """
    grid = tuple(float(x) for x in np.arange(0.0, SCALE + 1e-9, step))
    bounds = caps or {}
    return tuple(
        (float(sq),)
        if k in closed
        else tuple(y for y in grid if y <= bounds.get(k, SCALE)) or (float(sq),)
        for k, sq in enumerate(status_quo)
    )


def gain(party: Party, issue: int, before: float, after: float) -> float:
    """Return f(g) of one issue: what a side receives counts by its trust that it will be delivered,
    what it gives in full.
    """
    x, share = party.position[issue], party.salience[issue] / sum(party.salience)
    plain = share * (abs(before - x) - abs(after - x)) / SCALE
    return party.trust * plain if plain > 0 else plain


def perceived_surplus(party: Party, status_quo: Sequence[float], package: Sequence[float]) -> float:
    """Return the perceived surplus of one package (K,) over the status quo (K,); trust 1 gives u(y)
    - u(sq).
    """
    return sum(
        gain(party, k, sq, y) for k, (sq, y) in enumerate(zip(status_quo, package, strict=True))
    )


def grid_surpluses(
    party: Party, status_quo: Sequence[float], levels: Sequence[Sequence[float]]
) -> Array:
    """Return the perceived surplus (1 + prod of level counts,) of the status quo and of every
    package of the grid.
    """
    gains = [
        np.array([gain(party, k, sq, y) for y in open_])
        for k, (sq, open_) in enumerate(zip(status_quo, levels, strict=True))
    ]
    total = np.zeros(1)
    for issue in gains[:-1]:
        total = (total[:, None] + issue).ravel()
    grid = np.zeros(1 + len(total) * len(gains[-1]))
    np.add(total[:, None], gains[-1], out=grid[1:].reshape(len(total), -1))
    return grid


def package_at(
    index: int, status_quo: Sequence[float], levels: Sequence[Sequence[float]]
) -> tuple[float, ...]:
    """Return the package (K,) in row `index` of the grid; row 0 is the status quo."""
    if index == 0:
        return tuple(float(sq) for sq in status_quo)
    places = np.unravel_index(index - 1, tuple(len(open_) for open_ in levels))
    return tuple(float(open_[int(place)]) for open_, place in zip(levels, places, strict=True))


def feasible(package: Sequence[float], levels: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return a package cut to what is open: at most the greatest open level, and the only one where
    an issue is closed.
    """
    return tuple(
        float(min(max(y, open_[0]), open_[-1])) for y, open_ in zip(package, levels, strict=True)
    )
