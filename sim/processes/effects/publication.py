"""Results by table with the bulletin, and audits after it: totals alone are then an open breach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.moments import deadline
from sim.processes.world import World


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night on which results by table are owed."""
    if promise.part <= 0:
        return inputs
    return replace(inputs, audited=np.maximum(inputs.audited, 1.0))


def owe(world: World, issue: str, part: float) -> None:
    """Let everybody expect results by table."""
    world.conduct.audited = 1.0


def undo(world: World, issue: str, part: float) -> None:
    """Let nobody expect them."""
    world.conduct.audited = 0.0


def closes(world: World) -> float:
    """Return the limit of tabulation."""
    return deadline(world, world.p.calendar.tabulation_limit)


EFFECT = Effect(
    "publication",
    "results by table with the bulletin, audits after it",
    owe,
    undo,
    night,
    frozenset({"audited"}),
    closes,
    from_vote=True,
    expect=owe,
    disown=undo,
)
