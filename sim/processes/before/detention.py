"""The leader of the challenger's coalition is detained, and goes free again."""

from __future__ import annotations

from sim.models.strategy.candidacy import raised, shift_between
from sim.processes.before import unity
from sim.processes.before.candidacy import shares_now, shifted
from sim.processes.world import World, record
from sim.records.events import LeaderDetained, MeasureUndone

UNITY = "strategy/unity"
MEASURE = "detain_leader"


def detain(world: World) -> None:
    """Detain the leader: the coalition falls out or closes ranks, and the lead moves a little
    either way.
    """
    rules, u = world.p.candidacy, world.streams(UNITY).random(2).tolist()
    record(world, LeaderDetained(world.env.now, world.who.challenger, rules.leader))
    span = rules.unity_detained_until - rules.unity_detained_from
    unity.move(world, -(rules.unity_detained_from + u[0] * span))
    before = shares_now(world)
    after = raised(before, rules.detained_lead * (2 * u[1] - 1))
    shifted(world, shift_between(before, after, rules.turnout_reference_share), "detention")


def release(world: World) -> None:
    """Set the leader free; what it did to unity stays."""
    if MEASURE in world.conduct.measures:
        world.conduct.measures.remove(MEASURE)
        record(world, MeasureUndone(world.env.now, MEASURE))
