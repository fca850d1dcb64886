"""The street after a contested announcement: who calls for protest, how much comes of it day by
day, deaths and arrests (docs/model/night.md).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from sim.models.numbers.poisson import poisson_inverse
from sim.models.strategy.after import streets as models
from sim.models.strategy.after.daily_count import daily_counts
from sim.models.strategy.after.mobilisation import arrests_mean, deaths_mean
from sim.processes.before.types import first
from sim.processes.columns import Street
from sim.processes.dated import until
from sim.processes.world import World, decide, record
from sim.records.decisions.view import MobilisationView, ProtestView
from sim.records.events import ArrestsReported, CommitmentKept, DeathsReported, ProtestDay
from sim.records.parameters.after.streets import REFERENCE_VOTERS

MOBILISE = "strategy/aftermath/mobilise"
FRAILTY = "strategy/frailty"
PROTEST = "strategy/protest"
COME_OUT = "strategy/aftermath/protest"
DEATHS = "strategy/deaths"
DAYS = 200


@dataclass(frozen=True, slots=True)
class Named:
    """The streams of one run of protests: the call to it, its days, whether anybody comes."""

    call: str
    days: str
    come: str


CONTEST = Named(MOBILISE, PROTEST, COME_OUT)


def begin(world: World) -> Street:
    """Let the street answer a contested announcement; return its columns."""
    street = gathered(world, outrage(world), CONTEST)
    world.env.process(_casualties(world))
    return street


def gathered(world: World, outraged: float, named: Named) -> Street:
    """Ask who calls people to the streets and whether they come; return the street's columns."""
    p = world.p.streets
    drawn = float(world.streams(FRAILTY).gamma(p.frailty_shape)) / p.frailty_shape
    frailty = first(world.p.types.frailty, drawn)
    mobilised = mobilise(world, outraged, named.call)
    uniforms = world.streams(named.days).random(DAYS).tolist()
    level = scale(world) * p.immigrants_per_day * frailty * (1 + p.mobilised * mobilised)
    view = ProtestView("protest", world.env.now, protest_level=level * p.decay_days)
    who = world.who.citizens
    if not who or decide(world, who, view, named.come).option != "yes":
        level = 0.0
    fading = level * np.exp(-np.arange(DAYS) / p.decay_days)
    return Street(world.env.now, fading, uniforms, branching(world), scale(world))


def scale(world: World) -> float:
    """Return how many protests this country has beside that for which their numbers are stated."""
    stated = world.p.streets.scale
    if stated is not None:
        return stated
    if world.register is None:
        return 1.0
    return int(world.register.registered.sum(dtype=np.int64)) / REFERENCE_VOTERS


def outrage(world: World) -> float:
    """Return A as it stands, 0 where nothing can be doubted."""
    return 0.0 if world.aftermath.signal is None else world.aftermath.signal.outrage


def branching(world: World) -> float:
    """Return the mean number of protests that one sets off on the next day."""
    return float(models.branching(world.aftermath.repression, world.p.streets))


def look_ahead(world: World, street: Street) -> None:
    """Count the protests of all days that have not begun, with the outrage of now."""
    outraged = outrage(world)
    if street.counts and outraged == street.outrage:
        return
    begun = int(world.env.now - street.began) + 1 if street.counts else 0
    kept, street.outrage = street.counts[:begun], outraged
    later = daily_counts(
        (street.fading[begun:] * outraged).tolist(),
        street.branching,
        street.uniforms[begun:],
        before=kept[-1] if kept else 0,
    )
    street.counts = kept + later


def tell(world: World, events: int) -> None:
    """Note the protests of a day that is over."""
    record(world, ProtestDay(world.env.now, events))


def mobilise(world: World, outraged: float, stream: str) -> bool:
    """Ask the platform whether it calls people to the streets."""
    view = MobilisationView(
        "mobilise",
        world.env.now,
        outrage=outraged,
        unity=world.conduct.unity,
        measures=standing(world),
    )
    return decide(world, world.who.challenger, view, stream).option == "yes"


def standing(world: World) -> tuple[str, ...]:
    """Return the measures that stand: a kept promise of releases undoes one batch of arrests."""
    measures = list(world.conduct.measures)
    releases = {key for key, issue in world.p.issues.items() if issue.effect == "release"}
    for event in world.ledger.of(CommitmentKept):
        if (
            world.negotiation.commitments[event.commitment].issue in releases
            and "arrests" in measures
        ):
            measures.remove("arrests")
    return tuple(measures)


def _casualties(world: World) -> Generator[simpy.Event, Any, None]:
    """Report deaths and arrests at the limit: they follow the events from the vote up to then."""
    poll, limit = world.conduct.poll_day, world.conduct.poll_day + world.p.aftermath.limit_days
    u = world.streams(DEATHS).random(2)
    yield until(world, limit)
    days = (event for event in world.ledger.of(ProtestDay) if poll <= event.day <= limit)
    events = sum(event.n_events for event in days)
    p, repressed, now = world.p.streets, world.aftermath.repression, world.env.now
    deaths = poisson_inverse(deaths_mean(events, repressed, p), float(u[0]))
    arrests = poisson_inverse(arrests_mean(events, repressed, p), float(u[1]))
    record(world, DeathsReported(now, deaths))
    record(world, ArrestsReported(now, arrests))
