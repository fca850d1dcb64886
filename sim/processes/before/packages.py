"""From the levels of a package to what is promised, and the new status quo once it is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.models.strategy.licences import delivered_part
from sim.processes.world import World
from sim.records.decisions.agreement import Commitment


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised level of an issue, and which part of full delivery it is, 0 to 1."""

    issue: str
    level: float
    part: float


def promised(world: World, package: Sequence[float]) -> Iterator[Promised]:
    """Yield what lies above the status quo: no other level binds anybody."""
    if not package:
        return
    space = world.p.issue_space
    if world.p.deals.stakes == "game":
        for issue, level in zip(world.p.issues, package, strict=True):
            if level > level_now(world, issue):
                yield Promised(issue, level, level / world.p.issues[issue].levels[-1])
        return
    for issue, level, quo in zip(space.issues, package, world.negotiation.status_quo, strict=True):
        if level > quo:
            start, full = space.status_quo[issue], world.p.issues[issue].full_level
            yield Promised(issue, level, delivered_part(level, start, full))


def level_now(world: World, issue: str) -> float:
    """Return what has been delivered of an issue, as it writes its levels."""
    return world.negotiation.levels.get(issue, world.p.issues[issue].levels[0])


def reached(world: World, commitment: Commitment) -> None:
    """Let what was delivered be the new status quo of its issue."""
    issue, space = commitment.issue, world.p.issue_space
    world.negotiation.levels[issue] = commitment.part * world.p.issues[issue].levels[-1]
    if world.p.deals.stakes == "space" and issue in space.issues:
        quo, done = space.status_quo[issue], 1.0
        if commitment.tranche:
            done = commitment.tranche / world.p.negotiation.commitments.tranches
        place = space.issues.index(issue)
        world.negotiation.status_quo[place] = quo + done * (commitment.level - quo)
