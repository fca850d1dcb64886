"""The classic challenge model (Bueno de Mesquita's expected-utility model as Scholz, Calbert and
Smith 2011 write it down).

CONTESTED. No published program reproduces the published forecasts, and the open replications
disagree with one another on the same data. A `Variant` holds what they disagree on; `VARIANTS`
names four readings:

- `text`: the chance to win is the support for the challenger over the votes cast on that pair of
  positions;
- `all_pairs`: over the votes cast on all ordered pairs, votes taken at each voter's risk exponent,
  and of several compromises
  the one at the lowest position. It reproduces one replication's nine published rounds, whose
  author calls the last rule a slip;
- `salient_power`: the denominator is the sum of capability times salience, as if everybody voted at
  full strength;
- `half_met`: the text with Q = 1/2, a challenge is met half of the time.

On the EU car-emission data of 1994 the text settles at 7.0 in three rounds, `all_pairs` never
settles (median 7 to 9.96), `salient_power` drifts to 10 and `half_met` to 4. On DEU III (178
odd-numbered issues, at most 12 turns) the four err by 28.95, 30.73, 30.81 and 29.00 points on
average, the weighted mean by 22.55 and the constant 50 by 26.32: all four lose to both. Use the
model beside others, never alone. Each dimension is negotiated on its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.models.bargaining.base import Array, Challenge, Path, Spatial, SpatialModel
from sim.models.bargaining.condorcet_median import weighted_median

SAME = 1e-9
KINDS = ("confrontation", "compromise", "capitulation")


@dataclass(frozen=True, slots=True)
class Variant:
    """What is divided by what, at which risk votes are taken, which compromise is kept, and Q: how
    surely a challenge is met.
    """

    denominator: str = "pair"
    votes_at_risk: bool = False
    compromise: str = "nearest"
    met_share: float = 1.0


VARIANTS = {
    "text": Variant(),
    "all_pairs": Variant("all_pairs", True, "lowest"),
    "salient_power": Variant("salient_power"),
    "half_met": Variant(met_share=0.5),
}


def chances(x: Array, power: Array, width: float, denominator: str, risk: Array) -> Array:
    """Return P_ij (n, n): support for i against j over the denominator; 1/2 where nobody has
    anything to vote on.

    x (n,) positions, power (n,) = capability times salience, risk (n,) exponents of the voters'
    distances (ones: plain).
    """
    loss = (np.abs(x[:, None] - x[None, :]) / width) ** risk[:, None]
    votes = power[:, None, None] * (loss[:, None, :] - loss[:, :, None])
    support = np.maximum(votes, 0.0).sum(axis=0)
    cast = np.abs(votes).sum(axis=0)
    if denominator == "all_pairs":
        cast = np.full_like(cast, cast.sum())
    elif denominator == "salient_power":
        cast = np.full_like(cast, power.sum())
    return np.asarray(np.where(cast > 1e-15, support / np.where(cast > 1e-15, cast, 1.0), 0.5))


def expected(
    x: Array,
    salience: Array,
    chance: Array,
    risk: float,
    width: float,
    middle: float,
    met_share: float,
) -> Array:
    """Return E_ij (n, n), what i expects from a challenge to j, in the view of an actor with risk
    exponent r.

    With D = |x_i - x_j| / width: Us = 2 - 4 (.5 - .5 D)^r, Uf = 2 - 4 (.5 + .5 D)^r, Usq = 2 - 4
    (.5)^r; unchallenged, things get better or worse by (|x_i - middle| + |x_i - x_j|) / (4 width).
    An actor not interested (1 - s_j) gives in.
    """
    far = np.abs(x[:, None] - x[None, :]) / width
    won = 2.0 - 4.0 * np.maximum(0.5 - 0.5 * far, 0.0) ** risk
    lost = 2.0 - 4.0 * (0.5 + 0.5 * far) ** risk
    met = (
        salience[None, :] * (chance * won + (1.0 - chance) * lost) + (1.0 - salience[None, :]) * won
    )
    aside = np.abs(x - middle)[:, None] / width
    better = aside < far
    drift = 0.25 * (aside + far) * np.where(better, -1.0, 1.0)
    unmet = 2.0 - 4.0 * np.clip(0.5 + drift, 0.0, 1.0) ** risk
    return np.asarray(met - met_share * (2.0 - 4.0 * 0.5**risk) - (1.0 - met_share) * unmet)


def risk_exponents(neutral: Array) -> Array:
    """Return r (n,) in 1/2..2 from E (n, n) at r = 1: how an actor stands against all challengers,
    between worst and best.
    """
    threat = neutral.sum(axis=0) - np.diag(neutral)
    top, bottom = threat.max(), threat.min()
    if top - bottom < SAME:
        return np.ones(len(threat))
    lean = (2.0 * threat - top - bottom) / (top - bottom)
    return np.asarray((1.0 - lean / 3.0) / (1.0 + lean / 3.0))


def offer(
    x_i: float, x_j: float, mine: float, theirs: float, compromise: str
) -> tuple[int, float, float] | None:
    """Return (class, rank within it, position) of j's offer to i: confrontation 0, compromise 1,
    capitulation 2; None if none.
    """
    if theirs <= 0 or abs(x_j - x_i) < SAME:
        return None
    if mine > 0:
        return (0, abs(x_j - x_i), x_j) if theirs > mine else None
    if theirs > -mine:
        to = x_i - (x_j - x_i) * mine / theirs
        return 1, to if compromise == "lowest" else abs(to - x_i), to
    return 2, abs(x_j - x_i), x_j


def turn(
    x: Array, power: Array, salience: Array, width: float, variant: Variant
) -> tuple[Array, Array, list[Challenge]]:
    """Return (positions (n,) of one dimension one turn later, risk exponents (n,), the offers that
    were taken).
    """
    n, middle, q = len(x), weighted_median(x, power), variant.met_share
    plain = chances(x, power, width, variant.denominator, np.ones(n))
    r = risk_exponents(expected(x, salience, plain, 1.0, width, middle, q))
    chance = chances(x, power, width, variant.denominator, r) if variant.votes_at_risk else plain
    after, taken = x.copy(), []
    for i in range(n):
        view = expected(x, salience, chance, float(r[i]), width, middle, q)
        made = [
            (
                offer(
                    float(x[i]),
                    float(x[j]),
                    float(view[i, j]),
                    float(view[j, i]),
                    variant.compromise,
                ),
                j,
            )
            for j in range(n)
        ]
        best = min(
            ((o, j) for o, j in made if o is not None), key=lambda pair: pair[0][:2], default=None
        )
        if best is not None:
            (kind, _, after[i]), j = best
            moved = bool(abs(after[i] - x[i]) >= SAME)
            taken.append(
                Challenge(
                    0, j, i, float(chance[j, i]), float(view[j, i]), False, moved, KINDS[kind]
                )
            )
    return after, r, taken


def resolve(problem: Spatial, turns: int = 10, variant: Variant = VARIANTS["text"]) -> Path:
    """Return the path of at most `turns` turns; the outcome of a state is the weighted median of
    its positions.

    It is settled when nobody moves. The width of a dimension is the range of its first positions.
    With one dimension, the attitudes to risk are the exponents of each turn: above 1 averse to
    risk, below 1 ready for it.
    """
    states, found, settled = [problem.position], [], False
    exponents: list[Array] = []
    width = np.ptp(problem.position, axis=0)
    for number in range(1, turns + 1):
        after = states[-1].copy()
        for k in np.flatnonzero(width > SAME):
            s = problem.salience[:, k]
            after[:, k], r, taken = turn(
                states[-1][:, k], problem.capability * s, s, float(width[k]), variant
            )
            found += [replace(c, turn=number, dimension=int(k)) for c in taken]
            exponents.append(r)
        settled = bool(np.abs(after - states[-1]).max() < SAME)
        if settled:
            found = [c for c in found if c.turn < number]
            break
        states.append(after)
    weight = problem.capability[:, None] * problem.salience
    outcomes = [[weighted_median(x[:, k], weight[:, k]) for k in range(x.shape[1])] for x in states]
    none = np.empty((0, len(problem.capability)))
    risk = (
        np.stack(exponents[: len(states)]) if exponents and problem.position.shape[1] == 1 else none
    )
    return Path(np.stack(states), np.array(outcomes), none, risk, tuple(found), settled)


MODEL = SpatialModel(
    "challenge",
    resolve,
    frozenset(
        {
            "unanimity",
            "within_range",
            "mirror_symmetry",
            "scale_invariance",
            "capability_units",
            "separability",
        }
    ),
    "classic challenge model; contested: its replications disagree",
    contested=True,
)
