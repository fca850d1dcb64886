"""What a sender must answer beside a broken promise: a contested announcement, a boycott, the
detention of a leader or candidate. And what ends all of it: a lame duck.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.processes.dated import Steps, by_day, until
from sim.processes.world import World, record, until_poll, wait_for
from sim.records.events import CandidateDetained, LeaderDetained, OccasionOpened, ResultContested

CONTEST, BOYCOTT, DETENTION = "contest", "boycott", "detention"
Answer = Callable[[World, str], Steps]


def start(world: World, answer: Answer) -> None:
    """Wait for each kind of occasion; `answer` plays the threat game over it."""
    world.env.process(_contest(world, answer))
    world.env.process(_boycott(world, answer))
    world.env.process(_detention(world, answer))


def sender(world: World) -> str:
    """Return who can threaten, "" where nobody can."""
    found = (key for key, actor in world.actors.items() if "threaten" in actor.decisions)
    return next(found, "")


def lame_duck(world: World) -> bool:
    """Return whether the incumbent has announced its own defeat, has left office or is about to: it
    signs nothing, receives nothing, and nobody threatens it.
    """
    said, held = world.aftermath.announcement, world.aftermath.office_holder
    lost = said is not None and said.winner not in ("incumbent", "none")
    return lost or world.aftermath.left or held != "incumbent"


def open_occasion(world: World, over: str, answer: Answer) -> Steps:
    """Let the sender answer, unless there is nobody left to threaten."""
    yield until(world, by_day(world, world.env.now))
    if not lame_duck(world):
        record(world, OccasionOpened(world.env.now, sender(world), over))
        yield from answer(world, over)


def _contest(world: World, answer: Answer) -> Steps:
    yield wait_for(world, ResultContested)
    yield until(world, world.env.now + world.p.sanctions.contest_days)
    yield from open_occasion(world, CONTEST, answer)


def _boycott(world: World, answer: Answer) -> Steps:
    yield from until_poll(world, world.p.sanctions.boycott_days)
    if world.conduct.boycott and world.conduct.held:
        yield from open_occasion(world, BOYCOTT, answer)


def _detention(world: World, answer: Answer) -> Steps:
    yield wait_for(world, CandidateDetained, LeaderDetained)
    yield until(world, world.env.now + world.p.sanctions.decision_days)
    yield from open_occasion(world, DETENTION, answer)
