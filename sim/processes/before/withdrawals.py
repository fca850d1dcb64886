"""Minor candidates withdraw before the vote, and may endorse somebody (docs/model/strategy.md)."""

from __future__ import annotations

import math

from sim.actors.minor import ENDORSED
from sim.models.strategy.candidacy import shift_between, withdrawn
from sim.processes.before.candidacy import shares_now, shifted
from sim.processes.dated import Steps, until
from sim.processes.world import World, decide, forced_option, opening_day, record
from sim.records.decisions.view import View
from sim.records.events import CandidateWithdrew, Decided

WITHDRAWAL = "strategy/withdrawal/{candidate}"
ENDORSEMENT = "strategy/withdrawal/{candidate}/endorse"
DAYS_A_MONTH = 30.0


def start(world: World) -> None:
    """Let each minor candidate withdraw on the day that its hazard gives."""
    for key in world.who.minors:
        days = days_until(world, key)
        if days < math.inf:
            world.env.process(_withdraws(world, key, world.env.now + days))


def days_until(world: World, key: str) -> float:
    """Return the days until a minor candidate would withdraw, infinite where it never does."""
    rules, stream = world.p.candidacy, WITHDRAWAL.format(candidate=key)
    unit = float(world.streams(stream).standard_exponential())
    pledged = rules.withdrawal_pledged if key in rules.signatories else 1.0
    rate = rules.withdrawal_rate * pledged / DAYS_A_MONTH
    return unit / rate if rate > 0 else math.inf


def _withdraws(world: World, key: str, day: float) -> Steps:
    """Withdraw, unless the polls are open by then or a scenario fixes that it stays."""
    yield until(world, day)
    if not stands(world, key) or world.env.now >= opening_day(world):
        return
    fixed, now = forced_option(world, key, "withdraw"), world.env.now
    option = fixed or "yes"
    record(world, Decided(now, key, "withdraw", option, 1.0, fixed is not None))
    if option == "yes":
        withdraw(world, key)


def stands(world: World, key: str) -> bool:
    """Return whether a minor candidate can withdraw: it is on the ballot, the first round is to
    come, and nobody else's supporters were sent to it.
    """
    small = {world.contest.candidates[row].key for row in world.contest.small}
    gone = world.conduct.statuses.get(key) == "withdrawn"
    open_still = world.conduct.round == 1 and not gone
    return open_still and key in small and world.conduct.carrier != key


def withdraw(world: World, key: str) -> None:
    """Take a minor candidate off; part of its votes follows whom it endorses."""
    if not stands(world, key):
        return
    carrier = world.conduct.carrier or ""
    there = ENDORSED if carrier else ENDORSED[1:]
    view = View("endorse", world.env.now, available=there)
    option = decide(world, key, view, ENDORSEMENT.format(candidate=key)).option
    own = world.contest.candidates[world.contest.incumbent].key
    endorses = {"challenger": carrier, "incumbent": own}.get(option, "")
    world.conduct.statuses[key] = "withdrawn"
    record(world, CandidateWithdrew(world.env.now, key, endorses))
    move_votes(world, key, option)


def move_votes(world: World, key: str, option: str) -> None:
    """Let the part of the votes that follows an endorsement go where it leads."""
    rules, before = world.p.candidacy, shares_now(world)
    followed = rules.transfer_withdrawal_share
    weight = weight_left(world, key)
    after = withdrawn(
        before, weight, followed * (option == "challenger"), followed * (option == "incumbent")
    )
    shifted(world, shift_between(before, after, rules.turnout_reference_share), "withdrawal")


def weight_left(world: World, key: str) -> float:
    """Return a minor candidate's part of the votes of those minors who had not withdrawn before."""
    small = [world.contest.candidates[row] for row in world.contest.small]
    others = {c.key: c.small_weight for c in small if c.key != key}
    gone = sum(w for k, w in others.items() if world.conduct.statuses.get(k) == "withdrawn")
    own = sum(c.small_weight for c in small if c.key == key)
    return min(own / (1 - gone), 1.0) if gone < 1 else 1.0
