"""Who may observe: missions in the country, and what they see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.effects.base import Effect, Promise
from sim.processes.world import World


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night with all observers there, each with this part of its weight at least."""
    if promise.part <= 0 or not promise.reach:
        return inputs
    credibility, reach = (
        promise.part * np.asarray(values) for values in (promise.credibility, promise.reach)
    )
    return replace(
        inputs,
        credibility=np.maximum(inputs.credibility, credibility),
        reach=np.maximum(inputs.reach, reach),
    )


def deliver(world: World, issue: str, part: float) -> None:
    """Invite missions, also those that were sent away."""
    c, conduct = world.p.negotiation.commitments, world.conduct
    conduct.uninvited = False
    conduct.observer_strength = min(
        1.0, conduct.observer_strength + c.observation_gain_share * part
    )
    conduct.broad_observation = conduct.broad_observation or part >= c.broad_observation_share


def undo(world: World, issue: str, part: float) -> None:
    """Withdraw the invitations."""
    c, conduct = world.p.negotiation.commitments, world.conduct
    conduct.observer_strength = max(
        0.0, conduct.observer_strength - c.observation_gain_share * part
    )
    conduct.broad_observation = world.p.conduct.broad_observation


def closes(world: World) -> float:
    """Return the last day on which a mission can still be sent."""
    return world.conduct.poll_day - world.p.negotiation.commitments.observation_lead_days


EFFECT = Effect(
    "observation",
    "missions may observe the vote",
    deliver,
    undo,
    night,
    frozenset({"credibility", "reach"}),
    closes,
)
