"""Rounds of talks: when they are held, what a successful one proposes, and whether both sides
sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.bargaining.base import ActorTable, Bilateral, BilateralModel, Round
from sim.models.bargaining.register import BARGAINING
from sim.models.strategy.table.deals import package, surpluses
from sim.models.strategy.table.issue_parties import levels_now, party
from sim.models.strategy.table.resolution import resolve, spatial_point
from sim.models.strategy.table.talks import in_office_hours
from sim.models.strategy.table.utilities import feasible
from sim.processes.before.commitments import open_agreement
from sim.processes.before.packages import level_now
from sim.processes.before.stakes import effect_of, items, offers
from sim.processes.moments import deadline
from sim.processes.world import World, decide, record
from sim.records.decisions.view import SigningView
from sim.records.events import AgreementSigned, RoundFailed, RoundHeld
from sim.records.parameters.before.negotiation import Negotiation

ROUND_STREAM = "strategy/round/{track}"
SIGN_STREAM = "strategy/round/{track}/{number}/sign/{party}"
BLOCK = 40

Levels = tuple[tuple[float, ...], ...]


def round_days(world: World, track: str) -> Iterator[tuple[float, float]]:
    """Yield (day, uniform) of the track's meetings: a Poisson process from the start on, moved
    forward to working hours, met only while there are talks.

    Gaps come in blocks of 40; a later block has its own stream, so that the first never depends on
    how long talks last.
    """
    name, day, block = ROUND_STREAM.format(track=track), world.env.now, 0
    p, first = world.p.negotiation, world.p.vote.days[0].weekday()
    gap_days, met = 30.0 / rounds_a_month(p, track), day
    while True:
        rng = world.streams(f"{name}/{block}" if block else name)
        gaps, uniforms = rng.standard_exponential(BLOCK).tolist(), rng.random(BLOCK).tolist()
        hours = rng.random(BLOCK).tolist()
        for gap, u, hour in zip(gaps, uniforms, hours, strict=True):
            day += gap * gap_days
            met = max(met, in_office_hours(day, hour, first, p.hours))
            yield met, u
        block += 1


def rounds_a_month(p: Negotiation, track: str) -> float:
    """Return the meetings a month of a track: more where one side has offered talks for months."""
    return p.round_rate * (p.offer_rounds if p.tracks[track].offered_by else 1.0)


def hold_round(world: World, track: str, number: int, success: bool, table: ActorTable) -> bool:
    """Hold a meeting; return whether an agreement was signed. table: all actors, empty in a case
    without an issue space.
    """
    if world.p.deals.stakes == "game" and world.p.issues:
        return game_round(world, track, number, success, table)
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
    return _signed(world, track, number, settled.package, (settled.surplus_a, settled.surplus_b))


def _signed(
    world: World, track: str, number: int, levels: tuple[float, ...], gained: tuple[float, float]
) -> bool:
    """Ask both sides to sign; write the agreement down if they do."""
    sides = (world.who.incumbent, world.p.negotiation.tracks[track].other)
    willing = [
        _signs(world, track, number, side, surplus)
        for side, surplus in zip(sides, gained, strict=True)
    ]
    if not all(willing):
        record(world, RoundFailed(world.env.now, track, *gained))
        return False
    agreement = open_agreement(world, track, levels)
    record(world, AgreementSigned(world.env.now, track, levels, len(agreement.commitments)))
    return True


def game_round(world: World, track: str, number: int, success: bool, table: ActorTable) -> bool:
    """Hold a meeting on what packages do to election night; the weighted mean of all actors'
    positions is noted beside it where the case has positions.
    """
    model = world.p.negotiation.model
    baseline: tuple[float, ...] = ()
    if table.names:
        baseline = feasible(spatial_point("weighted_mean", table), open_now(world))
    on_table = offers(world, track) if success else []
    if not on_table:
        record(world, RoundHeld(world.env.now, track, model, False, (), baseline))
        return False
    found = items(world, track, on_table)
    gains = surpluses(found, both_trusts(world, track))
    bilateral = BARGAINING[model]
    assert isinstance(bilateral, BilateralModel)
    best = bilateral.settle(Bilateral(gains[0], gains[1], *patiences(world, track)))
    chosen = dict(zip([own[0].issue for own in on_table], package(best, found), strict=True))
    levels = tuple(chosen.get(key, level_now(world, key)) for key in world.p.issues)
    record(world, RoundHeld(world.env.now, track, model, True, levels, baseline))
    return _signed(world, track, number, levels, (float(gains[0, best]), float(gains[1, best])))


def both_trusts(world: World, track: str) -> tuple[float, float]:
    """Return the incumbent's trust in the other side of a table, and its trust in the incumbent."""
    trusts, home = world.negotiation.trusts, world.who.incumbent
    other = world.p.negotiation.tracks[track].other
    return mean(trusts[home, other]), mean(trusts[other, home])


def patiences(world: World, track: str) -> tuple[float, float]:
    """Return the discount factors of a month of both sides; who has offered talks for months is
    the more patient.
    """
    p, terms = world.p.negotiation, world.p.negotiation.tracks[track]
    offerer = terms.offered_by == terms.other
    waits = max(p.offer_patience, terms.other_patience) if offerer else terms.other_patience
    return p.commitments.government_patience, waits


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
    space, trusts, patience = (
        world.p.issue_space,
        both_trusts(world, track),
        patiences(world, track),
    )
    first = party(space, track, "a", trusts[0], patience[0])
    second = party(space, track, "b", trusts[1], patience[1])
    return Round(first, second, table, tuple(world.negotiation.status_quo), levels)


def mean(trust: tuple[float, float]) -> float:
    """Return the mean of a Beta trust."""
    return trust[0] / (trust[0] + trust[1])


def open_now(world: World) -> Levels:
    """Return the levels open on each issue: what the calendar has closed stays at the status
    quo.
    """
    quo, day = world.negotiation.status_quo, world.env.now
    issues = world.p.issue_space.issues
    closed = [issue for issue in issues if day >= effect_of(world, issue).closes(world)]
    closes = deadline(world, world.p.calendar.ballot_closed)
    reopened = world.p.negotiation.ballot_open or day < closes
    return levels_now(world.p.issue_space, quo, reopened, closed)
