"""Who may stand: the ballot is opened again to those who were kept off it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.moments import deadline
from sim.processes.world import World

NEEDED = 2 / 3


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night against a stronger challenger."""
    if promise.part < NEEDED or promise.level <= 0:
        return inputs
    return replace(
        inputs,
        lead=inputs.lead + promise.level,
        opinion_lead=inputs.opinion_lead + promise.level,
        opinion=np.clip(inputs.opinion + promise.level, 0.0, 1.0),
    )


def deliver(world: World, issue: str, part: float) -> None:
    """Open the ballot again."""
    world.negotiation.ballot_open = world.negotiation.ballot_open or part >= NEEDED


def undo(world: World, issue: str, part: float) -> None:
    """Close it again."""
    world.negotiation.ballot_open = world.p.negotiation.ballot_open


def closes(world: World) -> float:
    """Return the last day on which a candidacy can be changed."""
    return world.conduct.poll_day - world.p.negotiation.commitments.candidacies_close_days


def available(world: World) -> bool:
    """Return whether the ballot is open, or a package may open it again."""
    opened = world.p.negotiation.ballot_open or world.negotiation.ballot_open
    return opened or world.env.now < deadline(world, world.p.calendar.ballot_closed)


EFFECT = Effect(
    "ballot",
    "those kept off the ballot may stand",
    deliver,
    undo,
    night,
    frozenset({"lead", "opinion", "opinion_lead"}),
    closes,
    available=available,
)
