"""An effect: what delivery of an agreed issue does to election night and to the world.

One file each; the register lists them. Contract: at the status quo `night` returns the same
object; it changes only what it says it touches; `undo` takes back what `deliver` did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Promise:
    """How much of an issue is promised. part: 0 (status quo) to 1. level: as the issue writes it.

    relief: chance of an answer times the relief share that comes with it. exit_cost: what personal
    relief takes off the cost of leaving. copies: expected share once accreditation is free.
    credibility, reach: (M,) of all observers who could be there.
    """

    part: float
    level: float = 0.0
    relief: float = 0.0
    exit_cost: float = 0.0
    copies: float = 0.0
    credibility: tuple[float, ...] = ()
    reach: tuple[float, ...] = ()


def unchanged(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the same situation: the issue does not touch the night."""
    return inputs


def never(world: World) -> float:
    """Return no last day: the calendar does not close the issue."""
    return float("inf")


def always(world: World) -> bool:
    """Return True: nothing but the calendar keeps the issue off the table."""
    return True


def nothing(world: World, issue: str, part: float) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an agreed issue does. touches: fields of NightInputs. closes: last day on which it can
    be agreed and paid. from_vote: it falls due so long after the vote, not after the signature.
    after_vote: it can still be agreed then. reversible: the giver can take it back. expect: what
    the signature alone does; disown: what ends when the promise is broken or lapses.
    while_talks_stand: what was delivered lapses with the talks.
    """

    key: str
    meaning: str
    deliver: Callable[[World, str, float], None]
    undo: Callable[[World, str, float], None]
    night: Callable[[NightInputs, Promise], NightInputs] = unchanged
    touches: frozenset[str] = frozenset()
    closes: Callable[[World], float] = never
    from_vote: bool = False
    after_vote: bool = False
    reversible: bool = False
    expect: Callable[[World, str, float], None] = nothing
    disown: Callable[[World, str, float], None] = nothing
    while_talks_stand: bool = False
    available: Callable[[World], bool] = always
