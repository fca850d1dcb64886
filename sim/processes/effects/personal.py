"""Personal relief: those who are designated lose less by leaving office."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.world import World


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night with a lower cost of leaving, never below 0."""
    if promise.part <= 0 or promise.exit_cost == 0:
        return inputs
    lower = np.maximum(inputs.exit_cost - promise.part * promise.exit_cost, 0.0)
    return replace(inputs, exit_cost=lower)


def deliver(world: World, issue: str, part: float) -> None:
    """Take designations off the cost of leaving."""
    world.sanctions.exit_cost_added -= part * world.p.sanctions.personal_relief_exit_cost


def undo(world: World, issue: str, part: float) -> None:
    """Put them back."""
    world.sanctions.exit_cost_added += part * world.p.sanctions.personal_relief_exit_cost


EFFECT = Effect(
    "personal",
    "designated persons are taken off the list",
    deliver,
    undo,
    night,
    frozenset({"exit_cost"}),
    after_vote=True,
    reversible=True,
)
