"""Witnesses are accredited freely, hardly any is kept out, and each takes a copy home."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.world import World

EXPULSION_CAP = 0.1


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night with the copies that free accreditation would leave."""
    if promise.part <= 0:
        return inputs
    return replace(inputs, copies=np.maximum(inputs.copies, promise.copies))


def deliver(world: World, issue: str, part: float) -> None:
    """Free accreditation, and bound how many witnesses are kept out."""
    world.conduct.copies_agreed, world.conduct.accreditation_factor = True, 1.0


def undo(world: World, issue: str, part: float) -> None:
    """Lift both again."""
    world.conduct.copies_agreed = False


def closes(world: World) -> float:
    """Return the day before the vote."""
    return world.conduct.poll_day - 1.0


EFFECT = Effect(
    "copies",
    "witnesses are accredited and keep copies of the sheets",
    deliver,
    undo,
    night,
    frozenset({"copies"}),
    closes,
)
