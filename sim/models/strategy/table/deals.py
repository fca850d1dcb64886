"""What a package is worth to the two sides of a table: the change that it makes to election night.

Commitment problems start from what an item does to power (Fearon 1995; Powell 2006). V is what the
night is worth to an incumbent who believes the lead to be N(mean, sd): keeping the office where he
is ahead, else the better of an honest count and an override. Vo is the other side's chance that
the challenger takes office. Items add up (this project's reduction: a joint package is worth less
than the sum by about a third, docs/model/strategy.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.models.strategy.night.night_inputs import NightInputs, NightValues, join
from sim.models.strategy.response import logistic

Floats = NDArray[np.float64]

NODES = np.array([-1.75, -0.75, 0.0, 0.75, 1.75])
WEIGHTS = np.array([0.12, 0.23, 0.30, 0.23, 0.12])

Value = Callable[[NightInputs], NightValues]


@dataclass(frozen=True, slots=True)
class Item:
    """One level of one issue. given: by the first side. worth: beside the night, to either side.

    dv: change of V of the first side; dvo: of Vo of the second; all in units of the office.
    """

    level: float
    given: bool
    dv: float = 0.0
    dvo: float = 0.0
    worth: tuple[float, float] = (0.0, 0.0)


def gains(item: Item, trusts: tuple[float, float]) -> tuple[float, float]:
    """Return what an item adds to the perceived surplus of either side: what a side gives counts
    in full, what it receives by its trust that the other delivers.
    """
    first, second = (1.0, trusts[1]) if item.given else (trusts[0], 1.0)
    return first * (item.dv + item.worth[0]), second * item.dvo + item.worth[1]


def surpluses(issues: Sequence[Sequence[Item]], trusts: tuple[float, float]) -> Floats:
    """Return the perceived surpluses (2, number of packages) of all packages, the first issue
    varying slowest; each list of items begins with the status quo.
    """
    total = np.zeros((2, 1))
    for items in issues:
        own = np.array([gains(item, trusts) for item in items]).T
        total = (total[:, :, np.newaxis] + own[:, np.newaxis, :]).reshape(2, -1)
    return total


def package(index: int, issues: Sequence[Sequence[Item]]) -> tuple[float, ...]:
    """Return the levels (K,) of the package with this number."""
    places = np.unravel_index(index, tuple(len(items) for items in issues))
    return tuple(items[int(k)].level for items, k in zip(issues, places, strict=True))


def at_nodes(base: NightInputs, mean: float, sd: float) -> NightInputs:
    """Return the situation (1 row) at five leads of a belief, (5,) rows."""
    return replace(join(*[base] * len(NODES)), lead=mean + sd * NODES)


def changes(nodes: NightInputs, after: Sequence[NightInputs], value: Value) -> Floats:
    """Return (V, Vo) of the status quo and of what follows from each item alone, (2, 1 + N); an
    item that leaves the situation as it is is not evaluated again.
    """
    moved = [k for k, inputs in enumerate(after) if inputs is not nodes]
    stacked = join(nodes, *(after[k] for k in moved))
    means = worths(stacked, value(stacked)).reshape(2, -1, len(NODES)) @ WEIGHTS
    found = np.repeat(means[:, :1], 1 + len(after), axis=1)
    for place, k in enumerate(moved, 1):
        found[:, 1 + k] = means[:, place]
    return np.asarray(found)


def worths(inputs: NightInputs, values: NightValues) -> Floats:
    """Return (V, Vo) of each row, (2, S)."""
    best = values.utility.argmax(axis=1)
    standing = np.concatenate((np.zeros((len(best), 1)), values.survival), axis=1)
    leaves = 1.0 - standing[np.arange(len(best)), best]
    ahead = inputs.lead <= 0
    return np.stack(
        (np.where(ahead, 1.0, values.utility.max(axis=1)), np.where(ahead, 0.0, leaves))
    )


def keeps(patience: float, lag: float, at_stake: float, dv: float, slope: float) -> float:
    """Return P(kept) of a promise that cannot be taken back before the vote, L(slope (d^L s + dV)).

    at_stake: worth of the relief that a breach is expected to cost; lag L: months until it does;
    dv: what keeping does to the night now, below 0 where it tempts to break (Fearon 1998).
    """
    return logistic(slope * (patience**lag * at_stake + dv))
