"""The evening by region: each is announced when its last table is in, until the night's own
announcement.

Nobody decides on it and nobody acts on it; what is ordered in the night ends it.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any

import numpy as np
import simpy

from sim.models.chain.evidence import lead
from sim.models.chain.regions import region_bulletin, still_to_come
from sim.processes.dated import until
from sim.processes.day.announcement import planned_tabulation
from sim.processes.day.standing import Setting, Standing
from sim.processes.world import World, record
from sim.records.events import RegionAnnounced
from sim.records.vote.claim import NATION, Bulletin, last_of_nation
from sim.records.vote.contest import winner_of

COUNTING = (None, "delay", "count")


def announce_by_region(world: World) -> Generator[simpy.Event, Any, None]:
    """Announce the regions one by one; a stop of transmission may put them off meanwhile."""
    while (due := world.electorate.next_region()) is not None:
        day, region = due
        if day > world.env.now:
            yield until(world, day)
            continue
        if over(world):
            return
        record(world, world.electorate.announce_region(region, world.env.now))


def over(world: World) -> bool:
    """Return whether the nation has been announced, or an order of the night ends the count."""
    standing, now = world.electorate.standing, world.env.now
    out = () if standing is None else bulletins_by(standing, now)
    return last_of_nation(out) is not None or world.aftermath.night_option not in COUNTING


def bulletins_by(standing: Standing, day: float) -> tuple[Bulletin, ...]:
    """Return the bulletins that are out by a house day; the nation's may be fixed for later."""
    return tuple(b for b in standing.bulletins if b.day <= day)


def told(standing: Standing) -> tuple[str, ...]:
    """Return the regions announced so far."""
    return tuple(b.scope for b in standing.bulletins if b.scope != NATION)


def next_region(standing: Standing, given: Setting) -> tuple[float, int] | None:
    """Return (house day, region) of the next bulletin of a region, None where there is none."""
    chain = standing.day.chain
    coming = still_to_come(chain, given.register, told(standing))
    return (chain.hours.day_of(coming[0][0]), coming[0][1]) if coming else None


def announced_region(
    standing: Standing, region: int, day: float, given: Setting
) -> tuple[Standing, RegionAnnounced]:
    """Return the standing with the bulletin of a region, as tabulated, and the event of it. A
    bulletin of the nation that is fixed for later moves up by one number.
    """
    out = bulletins_by(standing, day)
    later = tuple(replace(b, number=b.number + 1) for b in standing.bulletins[len(out) :])
    chain = planned_tabulation(standing, given)
    about = chain, given.register, told(standing)
    new = region_bulletin(*about, region, len(out) + 1, day)
    event = _event(new, out, given)
    return replace(standing, bulletins=(*out, new, *later)), event


def _event(new: Bulletin, earlier: tuple[Bulletin, ...], given: Setting) -> RegionAnnounced:
    own = new.totals - earlier[-1].totals if earlier else new.totals
    role = given.contest.role_of(winner_of(own.tolist()))
    there = lead(np.asarray(own), given.contest) or 0.0
    so_far = tuple(int(v) for v in new.totals)
    return RegionAnnounced(new.day, new.scope, role, there, new.share_counted, new.number, so_far)
