"""Guarantees of a safe exit: they count as long as the tables of all who give them stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.world import World


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night with guarantees of at least the promised level."""
    if promise.part <= 0:
        return inputs
    return replace(inputs, guarantees=np.maximum(inputs.guarantees, promise.level))


def deliver(world: World, issue: str, part: float) -> None:
    """Let the guarantees count."""
    world.negotiation.guaranteed.setdefault("", world.conduct.guarantees)
    world.negotiation.guaranteed[issue] = part * world.p.issues[issue].levels[-1]
    refresh(world)


def undo(world: World, issue: str, part: float) -> None:
    """Take the guarantees back."""
    world.negotiation.guaranteed.pop(issue, None)
    refresh(world)


def refresh(world: World) -> None:
    """Set what the incumbent can count on: what it had before, or the best of what was agreed."""
    world.conduct.guarantees = max(world.negotiation.guaranteed.values(), default=0.0)


EFFECT = Effect(
    "guarantee",
    "a safe exit for those who leave office",
    deliver,
    undo,
    night,
    frozenset({"guarantees"}),
    after_vote=True,
    disown=undo,
    while_talks_stand=True,
)
