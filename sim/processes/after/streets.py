"""Protest after a contested announcement: mobilisation, events by day, deaths and arrests."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.models.strategy.mobilisation import (
    SLOTS,
    arrests_mean,
    cluster_times,
    daily_counts,
    deaths_mean,
    expected_immigrants,
    offspring_mean,
    poisson_inverse,
)
from sim.processes.world import World, decide, record, wait_for
from sim.records.decisions.view import MobilisationView, ProtestView
from sim.records.events import (
    ArrestsReported,
    CommitmentKept,
    DeathsReported,
    ProtestDay,
    RepressionLevel,
)

MOBILISE = "strategy/aftermath/mobilise"
FRAILTY = "strategy/frailty"
PROTEST = "strategy/protest"
BLOCK = "strategy/protest/block"
DEATHS = "strategy/deaths"


def start(world: World) -> None:
    """Wait until the government has decided how hard it represses, which it does where an
    announcement is contested.
    """
    world.env.process(_streets(world))


def _streets(world: World) -> Generator[simpy.Event, Any, None]:
    yield wait_for(world, RepressionLevel)
    announced = world.env.now
    counts = draw_protest(world, announced, mobilise(world))
    world.aftermath.protest_days = {
        int(announced // 1) + i: int(n) for i, n in enumerate(counts) if n
    }
    world.env.process(_casualties(world))
    for day, events in world.aftermath.protest_days.items():
        yield world.env.timeout(day + 1 - world.env.now)
        record(world, ProtestDay(world.env.now, events))


def mobilise(world: World) -> bool:
    """Ask the challenger whether it calls people to the streets."""
    outrage = world.aftermath.outrage[world.who.challenger]
    view = MobilisationView("mobilise", world.env.now, outrage=outrage, measures=standing(world))
    return decide(world, world.who.challenger, view, MOBILISE).option == "yes"


def standing(world: World) -> tuple[str, ...]:
    """Return the measures that stand: a kept promise on detentions undoes one batch of arrests."""
    measures = list(world.conduct.measures)
    for event in world.ledger.of(CommitmentKept):
        if (
            world.negotiation.commitments[event.commitment].issue == "detentions"
            and "arrests" in measures
        ):
            measures.remove("arrests")
    return tuple(measures)


def draw_protest(world: World, announced: float, mobilised: bool) -> NDArray[np.int64]:
    """Return protest events by house day, from the day of the announcement to the horizon."""
    p, repressed = world.p.aftermath.protest, world.aftermath.repression
    frailty = float(world.streams(FRAILTY).gamma(p.frailty_shape)) / p.frailty_shape
    days = max(int(world.p.calendar.horizon_day - announced // 1) - 1, 0)
    if not world.who.citizens:
        return np.zeros(days, dtype=np.int64)
    outrage = world.aftermath.outrage[world.who.citizens]
    mean = expected_immigrants(outrage, frailty, mobilised, p)
    view = ProtestView("protest", announced, protest_level=mean)
    if decide(world, world.who.citizens, view, PROTEST).option != "yes":
        return np.zeros(days, dtype=np.int64)
    immigrants = max(poisson_inverse(mean, 1 - float(world.streams(PROTEST).random())), 1)
    block = world.streams(BLOCK).random((2, SLOTS))
    return daily_counts(
        cluster_times(immigrants, offspring_mean(repressed, p), p.decay_days, p.kernel_days, block),
        announced,
        days,
    )


def _casualties(world: World) -> Generator[simpy.Event, Any, None]:
    """Report deaths and arrests at the limit: they follow the events up to then."""
    limit = world.conduct.poll_day + world.p.aftermath.limit_days
    u = world.streams(DEATHS).random(2)
    yield world.env.timeout(max(limit - world.env.now, 0.0))
    events = sum(event.n_events for event in world.ledger.of(ProtestDay) if event.day <= limit)
    p, repressed = world.p.aftermath.protest, world.aftermath.repression
    record(
        world,
        DeathsReported(
            world.env.now, poisson_inverse(deaths_mean(events, repressed, p), float(u[0]))
        ),
    )
    record(
        world,
        ArrestsReported(
            world.env.now, poisson_inverse(arrests_mean(events, repressed, p), float(u[1]))
        ),
    )
