"""The examiner: read a finished world and measure it. It opens every record; no part of the model
ever calls it.
"""

from __future__ import annotations

from sim.measures.base import Played
from sim.measures.own import checked
from sim.measures.register import COMPUTE
from sim.processes.moments import horizon
from sim.processes.world import World, closing_day
from sim.records.results.outcome import Value
from sim.replicate.build import Case


def played(world: World) -> Played:
    """Return what the measures read of a finished world."""
    electorate, close = world.electorate, closing_day(world)
    about = world.p, world.contest, world.ledger, world.conduct.poll_day
    if electorate.standing is None:
        return Played(*about, electorate.truth, named=world.who)
    day = electorate.standing.day
    hours = world.p.monitoring.finding_hours
    return Played(
        *about,
        day.truth,
        day.chain,
        day.quick_count,
        day.done,
        electorate.claim(horizon(world)),
        day.reports,
        day.boxes,
        tuple((hour, electorate.findings(close + hour / 24)) for hour in hours),
        world.who,
    )


def measure(world: World, case: Case) -> dict[str, Value]:
    """Return every outcome of a finished replicate: of the register, of the case, of the user."""
    record = played(world)
    found = {name: compute(record) for name, compute in COMPUTE.items()}
    for name, own in case.measures.items():
        found[name] = checked(own.measure, own.compute(record))
    return found
