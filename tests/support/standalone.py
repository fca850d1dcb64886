"""The strategic layer alone, from bare parameters and forcings: no scenario file, no register."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import simpy

from sim.actors.register import actors_of
from sim.ledger import Ledger
from sim.measures.base import Played
from sim.measures.strategy import STRATEGY
from sim.models.electorate.contest import contest_of
from sim.processes.day.surrogate import Surrogate
from sim.processes.moments import horizon
from sim.processes.world import Electorate, World
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import Value
from sim.records.vote.contest import Contest
from sim.records.who import who_of
from sim.replicate.build import start_processes
from sim.rng import Streams

AS_OF_DAY = -26.0


def bare_world(
    p: Parameters,
    streams: Streams,
    electorate: Callable[[Parameters, Contest, Streams, float], Electorate],
    forcings: Sequence[Forcing],
    start_day: float,
) -> World:
    """Return a world at its start in which nothing has begun."""
    contest = contest_of(p.candidates, p.candidacy.minor_share, 1)
    return World(
        env=simpy.Environment(initial_time=start_day),
        streams=streams,
        p=p,
        contest=contest,
        register=None,
        ledger=Ledger(),
        actors=actors_of(p),
        forcings=tuple(forcings),
        electorate=electorate(p, contest, streams, start_day),
        as_of_day=start_day,
        who=who_of(p.cast, p.candidates),
    )


def standalone_world(
    p: Parameters,
    entropy: int,
    replicate: int = 0,
    forcings: Sequence[Forcing] = (),
    start_day: float = AS_OF_DAY,
) -> World:
    """Return a world at its start, all processes of the strategic layer begun."""
    streams = Streams(entropy, replicate)
    world = bare_world(p, streams, Surrogate, forcings, start_day)
    start_processes(world)
    return world


def run_standalone(
    p: Parameters,
    entropy: int,
    replicate: int = 0,
    forcings: Sequence[Forcing] = (),
    start_day: float = AS_OF_DAY,
) -> World:
    """Run one replicate of the strategic layer to its horizon and return its world."""
    world = standalone_world(p, entropy, replicate, forcings, start_day)
    world.env.run(until=horizon(world))
    return world


def outcomes_of(world: World) -> dict[str, Value]:
    """Return the outcomes of the strategic layer in a finished world."""
    about = world.p, world.contest, world.ledger, world.conduct.poll_day
    played = Played(*about, world.electorate.truth)
    return {name: compute(played) for name, (_, compute) in STRATEGY.items()}
