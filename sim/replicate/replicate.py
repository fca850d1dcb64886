"""One replicate: a pure function of (case, entropy, replicate)."""

from __future__ import annotations

import traceback

from sim.processes.day.electorate import NationalElectorate
from sim.processes.world import World
from sim.records.outcome import Outcome
from sim.replicate.build import Case, build_world, start_processes
from sim.replicate.measure import examine


def play(case: Case, entropy: int, replicate: int) -> World:
    """Build a world, run its clock to the horizon and return it with ledger, truth, claim and
    evidence.
    """
    world = build_world(case, entropy, replicate)
    start_processes(world)
    world.env.run(until=world.p.calendar.horizon_day)
    return world


def run_replicate(case: Case, entropy: int, replicate: int) -> Outcome:
    """Return the outcomes of one replicate; a failure becomes an Outcome with its error, never a
    lost sweep.
    """
    try:
        world = play(case, entropy, replicate)
        outcome = Outcome(replicate, examine(world, case))
        let_go(world)
        return outcome
    except Exception as error:  # noqa: BLE001 - whatever a replicate raises is a row of the result
        return Outcome(replicate, {}, f"{type(error).__name__}: {error} ({place_of(error)})")


def let_go(world: World) -> None:
    """Drop the arrays of a world that nobody will look at again, some 20 MB; estimators' caches
    keep its last sheets and sample.

    Clock, processes and world refer to one another, so without this they would wait for the
    collector of such knots, several replicates long: three times the memory, and none of it still
    in the processor's cache.
    """
    if isinstance(world.door, NationalElectorate):
        vars(world.door).clear()


def place_of(error: BaseException) -> str:
    """Return file and line of this package in which an error arose; SimPy hands on the first error
    as the cause of its own.
    """
    while error.__cause__ is not None:
        error = error.__cause__
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/sim/" in f.filename and "/simpy/" not in f.filename] or list(
        frames
    )
    return f"{own[-1].filename.rsplit('/sim/', 1)[-1]}:{own[-1].lineno}" if own else "unknown place"


def run_block(case: Case, entropy: int, replicates: range) -> list[Outcome]:
    """Return the outcomes of a block of replicates (the unit of work that a worker receives)."""
    return [run_replicate(case, entropy, replicate) for replicate in replicates]
