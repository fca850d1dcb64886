"""Detained people go free."""

from __future__ import annotations

from sim.processes.before import detention
from sim.processes.effects.base import Effect, nothing
from sim.processes.world import World


def deliver(world: World, issue: str, part: float) -> None:
    """Set the leader free, if detained; who is held of the others shows in the status quo."""
    detention.release(world)


EFFECT = Effect("release", "detained people go free", deliver, nothing, after_vote=True)
