"""Unity of the challenger's coalition, as it moves during a replicate."""

from __future__ import annotations

from sim.models.strategy.unity import bounded, following_share
from sim.processes.world import World, record
from sim.records.events import UnityMoved


def move(world: World, by: float) -> None:
    """Move unity, within 0 and 1, and note it."""
    before = world.conduct.unity
    world.conduct.unity = bounded(before + by)
    moved = world.conduct.unity - before
    if moved:
        record(world, UnityMoved(world.env.now, world.who.challenger, world.conduct.unity, moved))


def following(world: World, share: float) -> float:
    """Return the share of supporters who follow to somebody else as things stand."""
    return following_share(share, world.conduct.unity, world.p.candidacy.unity_transfer)
