"""The licence book: the only functions that move a licence, and the relief that follows from it.

A licence goes absent -> in_force -> winding_down -> ended; it can be renewed or amended while in
force and issued again after it has ended. Each step notes its event and keeps `relief_share`,
`price_of_breach` and `q_imp` of the world current. A step that is impossible from the present state
does nothing and returns False.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from sim.models.strategy.licences import COUNTED, relief_share, value_in_force
from sim.models.strategy.threat_game import Responses, price_of_breach, solve, stakes
from sim.processes.before.occasions import lame_duck, sender
from sim.processes.columns import Breach, LicenceState
from sim.processes.world import World, record
from sim.records.events import (
    BreachDetected,
    DesignationsAdded,
    LicenceAmended,
    LicenceEnded,
    LicenceIssued,
    LicenceRenewed,
    ReliefChanged,
    ReliefLost,
    RevenueBegan,
    ThreatDropped,
    WindDownBegan,
)
from sim.records.parameters.before.sanctions import Licence

WITHDRAWN = "relief_withdrawn"


def value(world: World) -> float:
    """Return the million USD a month of all licences that count."""
    return value_in_force(
        (licence.status, licence.value) for licence in world.sanctions.book.values()
    )


def revenue(world: World) -> float:
    """Return the revenue of all licences that bring some by now, over the reference value."""
    book = world.sanctions.book.values()
    flowing = ((licence.status, licence.value) for licence in book if licence.flows)
    return relief_share(value_in_force(flowing), world.p.sanctions.reference_value)


def refresh(world: World) -> None:
    """Recompute relief share, price of a breach and chance that sanctions are imposed; note
    ReliefChanged when relief moved.
    """
    columns, p = world.sanctions, world.p.sanctions
    now_worth = value(world)
    relief = relief_share(now_worth, p.reference_value)
    before = columns.relief_share
    moved, columns.relief_share = relief != columns.relief_share, relief
    columns.revenue_share = revenue(world)
    game = stakes(p.threat, relief, dropped=len(world.ledger.of(ThreatDropped)))
    responses = solve(game)
    talks = world.p.negotiation.shadow * max(world.negotiation.shadows.values(), default=0.0)
    at_stake = p.threat.relief_weight * (relief + talks)
    known = known_answers(world, responses)
    columns.q_imp = known.impose if known.threaten > 0 else 0.0
    columns.price_of_breach = price_of_breach(known, at_stake)
    if moved:
        record(world, ReliefChanged(world.env.now, relief, now_worth))
    if relief < before:
        lose(world, before - relief, everything=relief == 0)


def known_answers(world: World, game: Responses) -> Responses:
    """Return the responses of the threat game with what the scenario fixes without a date:
    everybody reckons with it.
    """
    fixed = {
        f.decision: f.option
        for f in world.forcings
        if f.actor == sender(world) and f.at is None and not f.target
    }
    threat, answer = fixed.get("threaten"), fixed.get("punish")
    return Responses(
        game.threaten if threat is None else float(threat == "yes"),
        game.concede,
        game.impose if answer is None else float(answer != "warn"),
    )


def lose(world: World, share: float, *, everything: bool) -> None:
    """Note relief that was lost; who takes all of it back is held to break its word."""
    by = sender(world)
    record(world, ReliefLost(world.env.now, by, share))
    if everything and by:
        world.negotiation.breaches.append(Breach(world.env.now, WITHDRAWN, by))
        record(world, BreachDetected(world.env.now, WITHDRAWN, 0.0))


def open_book(world: World) -> None:
    """Fill the book from the licences of the case."""
    for key, terms in world.p.licences.items():
        status = "in_force" if terms.renewed else terms.status
        ends = world.env.now + terms.wind_down_days if status == "winding_down" else None
        world.sanctions.book[key] = LicenceState(key, status, terms.value, terms.issued_day, ends)
        if ends is not None:
            world.env.process(_wound_down(world, key, ends))
    refresh(world)


def issue(world: World, key: str, worth: float) -> bool:
    """Bring an absent or ended licence into force, or stop a wind-down; `worth` in million USD a
    month, which comes some time later. A lame duck receives none.
    """
    licence = world.sanctions.book[key]
    if licence.status == "in_force" or lame_duck(world):
        return False
    licence.flows = licence.status == "winding_down" and licence.flows
    licence.status, licence.value, licence.since, licence.ends = (
        "in_force",
        worth,
        world.env.now,
        None,
    )
    record(world, LicenceIssued(world.env.now, key, worth))
    refresh(world)
    if not licence.flows:
        world.env.process(_begins_to_pay(world, key, licence.since))
    return True


def renew(world: World, key: str) -> bool:
    """Renew a licence that is in force."""
    if world.sanctions.book[key].status != "in_force":
        return False
    world.sanctions.book[key].since = world.env.now
    record(world, LicenceRenewed(world.env.now, key))
    return True


def amend(world: World, key: str, worth: float) -> bool:
    """Change what a licence that counts is worth."""
    licence = world.sanctions.book[key]
    if licence.status not in COUNTED or licence.value == worth:
        return False
    licence.value = worth
    record(world, LicenceAmended(world.env.now, key, worth))
    refresh(world)
    return True


def wind_down(world: World, key: str) -> bool:
    """Begin to wind a licence down; it counts in full until it has ended, at once where there is no
    wind-down.
    """
    licence = world.sanctions.book[key]
    if licence.status != "in_force":
        return False
    ends = world.env.now + terms_of(world, key).wind_down_days
    licence.status, licence.ends = "winding_down", ends
    record(world, WindDownBegan(world.env.now, key, ends))
    if ends <= world.env.now:
        return end(world, key)
    world.env.process(_wound_down(world, key, ends))
    return True


def end(world: World, key: str) -> bool:
    """End a licence now."""
    licence = world.sanctions.book[key]
    if licence.status not in COUNTED:
        return False
    licence.status, licence.ends = "ended", None
    record(world, LicenceEnded(world.env.now, key))
    refresh(world)
    return True


def designate(world: World, names: int) -> None:
    """Add names to the list of designated persons; each batch adds to the exit cost and moves
    loyalty.
    """
    world.sanctions.designated_names += names
    world.sanctions.exit_cost_added += world.p.sanctions.designation_exit_cost
    gained, conduct = world.p.sanctions.designation_loyalty, world.conduct
    conduct.loyalty = min(max(conduct.loyalty + gained, 0.0), 1.0)
    conduct.loyalty_seen = min(max(conduct.loyalty_seen + gained, 0.0), 1.0)
    record(world, DesignationsAdded(world.env.now, names))


def terms_of(world: World, key: str) -> Licence:
    """Return the terms of a licence."""
    return world.p.licences[key]


def _begins_to_pay(world: World, key: str, since: float) -> Generator[simpy.Event, Any, None]:
    """Let revenue begin, unless the licence has ended meanwhile."""
    yield world.env.timeout(world.p.sanctions.revenue_lag_days)
    licence = world.sanctions.book[key]
    if licence.status in COUNTED and not licence.flows and issued(world, key) == since:
        licence.flows = True
        refresh(world)
        record(world, RevenueBegan(world.env.now, key, licence.value))


def issued(world: World, key: str) -> float:
    """Return the day of a licence's last issue."""
    days = [event.day for event in world.ledger.of(LicenceIssued) if event.key == key]
    return days[-1] if days else -math.inf


def _wound_down(world: World, key: str, ends: float) -> Generator[simpy.Event, Any, None]:
    yield world.env.timeout(ends - world.env.now)
    licence = world.sanctions.book[key]
    if licence.status == "winding_down" and licence.ends == ends:
        end(world, key)
