"""The examiner: read a finished world and measure it. It opens every record; no part of the model
ever calls it.
"""

from __future__ import annotations

from sim.measures.base import Played
from sim.measures.register import COMPUTE
from sim.processes.day.electorate import NationalElectorate
from sim.processes.day.surrogate import Surrogate
from sim.processes.world import World, closing_day
from sim.records.finding import Finding
from sim.records.outcome import Value
from sim.replicate.build import Case


def played(world: World) -> Played:
    """Return what the measures read of a finished world."""
    door, end = world.door, world.p.calendar.horizon_day
    if isinstance(door, Surrogate):
        return Played(world.p, world.contest, world.ledger, world.conduct.poll_day, door.truth)
    assert isinstance(door, NationalElectorate)
    if door.polled is None:
        return Played(world.p, world.contest, world.ledger, world.conduct.poll_day, None)
    polled = door.followed()
    return Played(
        world.p,
        world.contest,
        world.ledger,
        world.conduct.poll_day,
        polled.truth,
        polled.chain,
        polled.quick_count,
        tuple(door.done),
        door.claim(end),
        polled.reports,
        polled.boxes,
        _by_hour(world, door),
    )


def _by_hour(
    world: World, door: NationalElectorate
) -> tuple[tuple[float, tuple[Finding, ...]], ...]:
    close = closing_day(world)
    return tuple(
        (hour, door.findings(close + hour / 24)) for hour in world.p.monitoring.finding_hours
    )


def examine(world: World, case: Case) -> dict[str, Value]:
    """Return every outcome of a finished replicate, in register order."""
    record = played(world)
    return {name: compute(record) for name, compute in COMPUTE.items()}
