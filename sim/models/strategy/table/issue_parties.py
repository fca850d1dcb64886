"""From the issue space of a case to the hashable records of a round: the actors' table, the sides,
the levels that are open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sim.models.bargaining.base import ActorTable, Party
from sim.models.strategy.table.utilities import composite, open_levels
from sim.records.parameters.before.issue_space import IssueSpace


def row(space: IssueSpace, table: Mapping[str, float]) -> tuple[float, ...]:
    """Return a table by issue as a tuple (K,) in the order of issues."""
    return tuple(float(table[issue]) for issue in space.issues)


def actor_table(space: IssueSpace) -> ActorTable:
    """Return all actors of the space; build it once a replicate."""
    actors = space.actors.values()
    return ActorTable(
        tuple(space.actors),
        tuple(float(actor.capability) for actor in actors),
        tuple(row(space, actor.position) for actor in actors),
        tuple(row(space, actor.salience) for actor in actors),
    )


def party(space: IssueSpace, track: str, side: str, trust: float, patience: float) -> Party:
    """Return side "a" or "b" of a track: one actor, or the composite of several, with its trust and
    patience.
    """
    members = space.tracks[track].a if side == "a" else space.tracks[track].b
    rows = [
        (w, row(space, space.actors[key].position), row(space, space.actors[key].salience))
        for key, w in members.items()
    ]
    return composite(rows, trust, patience)


def levels_now(
    space: IssueSpace, status_quo: Sequence[float], ballot_open: bool, closed: Collection[str] = ()
) -> tuple[tuple[float, ...], ...]:
    """Return the levels open on each issue: caps hold while the ballot is closed, a closed issue
    stays at the status quo.
    """
    caps = (
        {}
        if ballot_open
        else {space.issues.index(k): float(v) for k, v in space.caps_when_ballot_closed.items()}
    )
    return open_levels(status_quo, space.grid_step, caps, [space.issues.index(k) for k in closed])
