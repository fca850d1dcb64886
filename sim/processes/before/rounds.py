"""Rounds of talks: when they are held, what a successful one proposes, and whether both sides
sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.bargaining.base import ActorTable, Round
from sim.models.strategy.issue_parties import levels_now, party
from sim.models.strategy.resolution import resolve, spatial_point
from sim.models.strategy.utilities import feasible
from sim.processes.before.commitments import open_agreement
from sim.processes.world import World, decide, record
from sim.records.decisions.view import SigningView
from sim.records.events import AgreementSigned, RoundFailed, RoundHeld

ROUND_STREAM = "strategy/round/{track}"
SIGN_STREAM = "strategy/round/{track}/{number}/sign/{party}"
BLOCK = 40

Levels = tuple[tuple[float, ...], ...]


def round_days(world: World, track: str) -> Iterator[tuple[float, float]]:
    """Yield (day, uniform) of the track's meetings: a Poisson process from the start on, met only
    while there are talks.

    Gaps come in blocks of 40; a later block has its own stream, so that the first never depends on
    how long talks last.
    """
    name, day, block = ROUND_STREAM.format(track=track), world.env.now, 0
    gap_days = 30.0 / world.p.negotiation.round_rate
    while True:
        rng = world.streams(f"{name}/{block}" if block else name)
        gaps, uniforms = rng.standard_exponential(BLOCK).tolist(), rng.random(BLOCK).tolist()
        for gap, u in zip(gaps, uniforms, strict=True):
            day += gap * gap_days
            yield day, u
        block += 1


def hold_round(world: World, track: str, number: int, success: bool, table: ActorTable) -> bool:
    """Hold a meeting; return whether an agreement was signed. table: all actors, empty in a case
    without an issue space.
    """
    if not table.names:
        return _bare_round(world, track, success)
    levels = open_now(world)
    baseline = feasible(spatial_point("weighted_mean", table), levels)
    if not success:
        record(
            world, RoundHeld(world.env.now, track, world.p.negotiation.model, False, (), baseline)
        )
        return False
    settled = resolve(world.p.negotiation.model, the_round(world, track, levels, table))
    record(
        world,
        RoundHeld(world.env.now, track, world.p.negotiation.model, True, settled.package, baseline),
    )
    surpluses = {
        world.who.incumbent: settled.surplus_a,
        world.p.negotiation.tracks[track].other: settled.surplus_b,
    }
    willing = [_signs(world, track, number, side, surplus) for side, surplus in surpluses.items()]
    if not all(willing):
        record(world, RoundFailed(world.env.now, track, settled.surplus_a, settled.surplus_b))
        return False
    agreement = open_agreement(world, track, settled.package)
    record(
        world, AgreementSigned(world.env.now, track, settled.package, len(agreement.commitments))
    )
    return True


def _bare_round(world: World, track: str, success: bool) -> bool:
    """Hold a meeting without an issue space: every success is an agreement that binds nobody to
    anything.
    """
    record(world, RoundHeld(world.env.now, track, world.p.negotiation.model, success, (), ()))
    if success:
        record(world, AgreementSigned(world.env.now, track, (), 0))
    return success


def _signs(world: World, track: str, number: int, side: str, surplus: float) -> bool:
    view = SigningView("sign", world.env.now, surplus_self=surplus)
    return (
        decide(
            world, side, view, SIGN_STREAM.format(track=track, number=number, party=side), track
        ).option
        == "yes"
    )


def the_round(world: World, track: str, levels: Levels, table: ActorTable) -> Round:
    """Return the problem of a round at present trusts; the government is the first side."""
    space, p, trusts = world.p.issue_space, world.p.negotiation, world.negotiation.trusts
    home, other, patience = (
        world.who.incumbent,
        p.tracks[track].other,
        p.commitments.government_patience,
    )
    first = party(space, track, "a", mean(trusts[home, other]), patience)
    second = party(space, track, "b", mean(trusts[other, home]), p.tracks[track].other_patience)
    return Round(first, second, table, tuple(world.negotiation.status_quo), levels)


def mean(trust: tuple[float, float]) -> float:
    """Return the mean of a Beta trust."""
    return trust[0] / (trust[0] + trust[1])


def open_now(world: World) -> Levels:
    """Return the levels open on each issue: what the calendar has closed stays at the status
    quo.
    """
    quo, day, poll_day = world.negotiation.status_quo, world.env.now, world.conduct.poll_day
    limits = {
        "candidacies": poll_day - world.p.negotiation.commitments.candidacies_close_days,
        "observation": poll_day,
        "count_publication": poll_day,
    }
    closed = [issue for issue, limit in limits.items() if day >= limit]
    reopened = world.p.negotiation.ballot_open or day < world.p.calendar.ballot_closed_day
    return levels_now(world.p.issue_space, quo, reopened, closed)
