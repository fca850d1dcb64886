"""One replicate: a pure function of (case, entropy, replicate)."""

from __future__ import annotations

import traceback
import warnings

from sim.errors import ReplicatesFailed
from sim.processes.moments import horizon
from sim.processes.world import World
from sim.records.results.outcome import Failures, Outcome
from sim.replicate.build import Case, build_world, start_processes
from sim.replicate.carried import Carried
from sim.replicate.measure import measure


def play(case: Case, entropy: int, replicate: int, carried: Carried | None = None) -> World:
    """Build a world, run its clock to the horizon and return it with ledger, truth, claim and
    evidence. carried: as of `build_world`.
    """
    world = build_world(case, entropy, replicate, carried)
    start_processes(world)
    world.env.run(until=horizon(world))
    return world


def run_replicate(
    case: Case, entropy: int, replicate: int, carried: Carried | None = None
) -> Outcome:
    """Return the outcomes of one replicate; a failure becomes an Outcome with its error, never a
    lost sweep. carried: as of `build_world`.
    """
    try:
        world = play(case, entropy, replicate, carried)
        outcome = Outcome(replicate, measure(world, case), set=case.set_of(replicate))
        world.electorate.forget()  # clock, processes and world refer to one another and wait for gc
        return outcome
    except Exception as error:  # noqa: BLE001 - whatever a replicate raises is a row of the result
        return Outcome(replicate, {}, told(error), case.set_of(replicate))


def told(error: BaseException) -> str:
    """Return an error of a replicate in one line: its type, what it says and where in this package
    it arose.
    """
    return f"{type(error).__name__}: {error} ({place_of(error)})"


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


def warn_of(failed: Failures | None) -> None:
    """Warn whoever called a verb of this package that replicates failed; the command line says so
    itself.
    """
    if failed is not None:
        warnings.warn(ReplicatesFailed(failed.words()), stacklevel=3)


def run_block(case: Case, entropy: int, replicates: range) -> list[Outcome]:
    """Return the outcomes of a block of replicates (the unit of work that a worker receives)."""
    carried = Carried()
    return [run_replicate(case, entropy, replicate, carried) for replicate in replicates]
