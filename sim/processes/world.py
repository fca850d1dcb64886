"""The world of one replicate: references only. Functions here note events, ring bells and ask
actors; they own no state.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import simpy

from sim.actors.base import Actor
from sim.ledger import Event, Ledger
from sim.records.action import Action
from sim.records.contest import Contest
from sim.records.events import Decided
from sim.records.finding import Finding
from sim.records.forcing import Forcing
from sim.records.register import Register
from sim.records.view import View
from sim.rng import Streams

if TYPE_CHECKING:
    from sim.records.parameters.root import Parameters


MARGIN_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the authority will say, and when: totals (K,) in ballot order; `lead` is the announced
    lead of the challenger.
    """

    day: float
    winner: str
    lead: float
    share_counted: float
    totals: tuple[int, ...]
    tables_published: bool


class ElectoralDoor(Protocol):
    """The only door between the strategic layer and the electorate (strategy.md section 12,
    interface).

    Two implementations: the national electorate (processes/electorate.py) and the surrogate
    (processes/surrogate.py), with which the strategic layer runs alone. Days are house days; a lead
    is challenger minus incumbent.
    """

    def latent_lead(self) -> float:
        """Return the latent lead now (for polls and the government's own canvass, which add bias
        and noise to it).
        """

    def poll_bias_centre(self, family: str) -> float:
        """Return the centre of a poll family's bias: lead(mu_F) - lead(L_now) as of the start."""

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support; called by the process that notes the SupportShift."""

    def hold_election(self, world: World) -> None:
        """Compute the polling day (votes, queues, sheets, copies) at its opening; leaves the door
        able to answer below.
        """

    def internal_lead(self, day: float) -> float | None:
        """Return the lead in the tables that the authority has received by `day`, None when it has
        none.
        """

    def copies_expected_share(self) -> float:
        """Return tables whose copy a witness of the challenger holds, over tables closed."""

    def copies_scanned_share(self, day: float) -> float:
        """Return copies digitised by `day` over tables closed."""

    def copies_lead(self, day: float) -> float | None:
        """Return the lead in the copies held by `day` (scanned or not), None when there are
        none.
        """

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return the announcement that follows a night option in {count, altered_tables,
        totals_only}.
        """

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return what the estimators in use infer from the evidence that is out by `day`."""


@dataclass(slots=True)
class Breach:
    """A detected breach (occasion): `day` of detection."""

    day: float
    occasion: str


@dataclass(slots=True)
class LicenceState:
    """One licence in the book: status in {absent, in_force, winding_down, ended}; value in million
    USD a month.
    """

    key: str
    status: str
    value: float
    since: float
    ends: float | None = None


@dataclass(slots=True)
class Negotiation:
    """Columns of the two tracks and of what was agreed."""

    tracks: dict[str, str] = field(default_factory=dict)
    breaches: list[Breach] = field(default_factory=list)
    trusts: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    commitments: dict[str, Any] = field(default_factory=dict)
    status_quo: list[float] = field(default_factory=list)
    mediators: dict[str, bool] = field(default_factory=dict)
    ballot_open: bool = False


@dataclass(slots=True)
class Sanctions:
    """Columns of the licence book and of what it is worth."""

    book: dict[str, LicenceState] = field(default_factory=dict)
    relief_share: float = 0.0
    price_of_breach: float = 0.0
    q_imp: float = 0.0
    designated_names: int = 0
    exit_cost_added: float = 0.0


@dataclass(slots=True)
class Belief:
    """An actor's belief about (lead, bias of independent polls, bias of government-aligned
    polls).
    """

    mean: Any
    cov: Any


@dataclass(slots=True)
class Conduct:
    """Columns of candidacies, measures and the conduct of the day."""

    poll_day: float = 0.0
    held: bool = False
    statuses: dict[str, str] = field(default_factory=dict)
    carrier: str | None = None
    boycott: bool = False
    measures: list[str] = field(default_factory=list)
    observer_strength: float = 0.0
    broad_observation: bool = False
    guarantees: float = 0.0
    accreditation_factor: float = 1.0
    expulsion_share: float = 0.0
    stop_minute: float | None = None
    loyalty: float = 0.0


@dataclass(slots=True)
class Aftermath:
    """Columns of the announcement and of what follows it."""

    night_option: str | None = None
    announcement: Announcement | None = None
    contested: bool = False
    outrage: dict[str, float] = field(default_factory=dict)
    sheets_published: bool = False
    repression: int = 0
    protest_days: dict[int, int] = field(default_factory=dict)
    office_holder: str = "incumbent"
    left: bool = False


@dataclass(slots=True)
class World:
    """References that the processes share.

    No methods; the ledger is the only memory that outlives the run.
    """

    env: simpy.Environment
    streams: Streams
    p: Parameters
    contest: Contest
    register: Register | None
    ledger: Ledger
    actors: dict[str, Actor]
    forcings: tuple[Forcing, ...]
    door: ElectoralDoor
    negotiation: Negotiation = field(default_factory=Negotiation)
    sanctions: Sanctions = field(default_factory=Sanctions)
    beliefs: dict[str, Belief] = field(default_factory=dict)
    conduct: Conduct = field(default_factory=Conduct)
    aftermath: Aftermath = field(default_factory=Aftermath)
    bells: dict[type[Event], list[simpy.Event]] = field(default_factory=dict)


def note(world: World, event: Event) -> None:
    """Append an event to the ledger and wake the processes that wait for its type."""
    world.ledger.append(event)
    for bell in world.bells.pop(type(event), ()):
        if not bell.triggered:
            bell.succeed(event)


def bell(world: World, *kinds: type[Event]) -> simpy.Event:
    """Return a SimPy event that succeeds, with the noted event as value, when one of these types is
    noted next.
    """
    rung = world.env.event()
    for kind in kinds:
        world.bells.setdefault(kind, []).append(rung)
    return rung


def forced_option(
    world: World, actor: str, decision: str, target: str = "", own_lead: float | None = None
) -> str | None:
    """Return the option that the scenario fixes for this decision now; the latest matching forcing
    wins.

    own_lead: the challenger's lead in the actor's own count, for forcings that hold only when it is
    behind or ahead.
    """
    found = None
    for forcing in world.forcings:
        if forcing.when and (own_lead is None or (own_lead > 0) != (forcing.when == "behind")):
            continue
        if (
            forcing.actor == actor
            and forcing.decision == decision
            and forcing.target in ("", target)
        ):
            start = forcing_start(world, forcing)
            if start is not None and world.env.now >= start:
                found = forcing.option
    return found


def forcing_start(world: World, forcing: Forcing) -> float | None:
    """Return the day from which a forcing holds, None while the event that it follows has not
    happened.
    """
    if forcing.after is None:
        return float("-inf") if forcing.day is None else forcing.day
    for event in world.ledger:
        if type(event).__name__ == forcing.after:
            return event.day + forcing.days
    return None


def decide(world: World, actor: str, view: View, stream: str, target: str = "") -> Action:
    """Ask an actor.

    The draw is made first; a forced option replaces the drawn one, and no other draw moves.
    """
    action = world.actors[actor].decide(view, world.streams(stream))
    option = forced_option(world, actor, view.decision, target, view.internal_lead)
    if option is not None:
        action = replace(action, option=option, forced=True)
    note(
        world,
        Decided(
            world.env.now, actor, view.decision, action.option, action.probability, action.forced
        ),
    )
    return action


def until_poll(world: World, offset: float) -> Generator[simpy.Event, Any, None]:
    """Wait until poll_day + offset, however far the poll is postponed meanwhile (`yield from`)."""
    yield world.env.timeout(max(offset - world.env.now, 0.0))
    while world.env.now < world.conduct.poll_day + offset:
        yield world.env.timeout(world.conduct.poll_day + offset - world.env.now)


def election_fits(world: World) -> bool:
    """Return whether the poll lies early enough before the horizon to be simulated."""
    return world.conduct.poll_day < world.p.calendar.horizon_day - MARGIN_DAYS


def closing_day(world: World) -> float:
    """Return the day on which the polls are due to close."""
    return world.conduct.poll_day + world.p.calendar.closing_minute / 1440


def believed_lead(world: World, actor: str) -> tuple[float, float]:
    """Return (mean, sd) of the challenger's lead as an actor believes it; (0, 1) for an actor that
    holds no belief.
    """
    belief = world.beliefs.get(actor)
    return (
        (0.0, 1.0)
        if belief is None
        else (float(belief.mean[0]), math.sqrt(float(belief.cov[0][0])))
    )
