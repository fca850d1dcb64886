"""Scan centres, sheet by sheet: the specification of models/service_centre.py. One resource of
operators for each zone.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Any

import simpy


def run_centres(
    arrivals: Sequence[float], zones: Sequence[int], operators: int, service: float
) -> list[float]:
    """Return when each sheet has been scanned, in the order given; a sheet that never arrives (inf)
    is never scanned (inf).
    """
    env = simpy.Environment()
    centres = {zone: simpy.Resource(env, capacity=operators) for zone in sorted(set(zones))}
    done = [math.inf] * len(arrivals)
    for sheet, (arrival, zone) in enumerate(zip(arrivals, zones, strict=True)):
        if math.isfinite(arrival):
            env.process(_sheet(env, centres[zone], sheet, arrival, service, done))
    env.run()
    return done


def _sheet(
    env: simpy.Environment,
    centre: simpy.Resource,
    sheet: int,
    arrival: float,
    service: float,
    done: list[float],
) -> Generator[simpy.Event, Any, None]:
    yield env.timeout(arrival)
    with centre.request() as turn:
        yield turn
        yield env.timeout(service)
        done[sheet] = env.now
