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
from sim.processes.columns import Aftermath, Announcement, Belief, Conduct, Negotiation, Sanctions
from sim.processes.day.standing import Standing
from sim.processes.moments import horizon, moment, polling_hours
from sim.records.decisions.action import Action
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import View
from sim.records.events import Decided, MeasureNotCarriedOut, RegionAnnounced
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
from sim.records.vote.claim import Claim
from sim.records.vote.clock import MARGIN_DAYS
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.records.vote.truth import Truth
from sim.records.who import Who
from sim.rng import Streams

if TYPE_CHECKING:
    from sim.records.parameters.root import Parameters


class Electorate(Protocol):
    """What the strategic layer knows of the electorate and can do to it (docs/model/strategy.md,
    section 5). It holds no world.

    Two fill it: the national electorate (processes/day/electorate.py) and the surrogate
    (processes/day/surrogate.py), with which the strategic layer runs alone. Days are house days; a
    lead is challenger minus incumbent over valid votes.
    """

    @property
    def standing(self) -> Standing | None:
        """Return the election as it stands; None before it is held, or where no day is left
        behind.
        """

    @property
    def contest(self) -> Contest:
        """Return who stands in the round that is held, or was held last."""

    @property
    def truth(self) -> Truth | None:
        """Return the votes as cast, for those who measure a finished replicate."""

    def start(self, world: World) -> None:
        """Start the processes of the polling day."""

    def latent_lead(self, day: float) -> float:
        """Return the latent lead; polls and the government's own canvass add bias and noise to
        it.
        """

    def poll_bias_centre(self, family: str) -> float:
        """Return the centre of a poll family's bias: lead(mu_F) - lead(L_now) as of the start."""

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support; called by the process that notes the SupportShift."""

    def hold(self, conduct: Conduct, day: float) -> None:
        """Hold the election as it is conducted: votes, queues, sheets, copies."""

    def call_second_round(self, two: tuple[int, int]) -> None:
        """Let the next polling day be a second round of these two rows of the ballot."""

    def stop_transmission(self, minute: float) -> None:
        """Carry out a stop of transmission at this minute after opening."""

    def publish_tables(self, day: float) -> None:
        """Let results by table be public from a day on."""

    def internal_lead(self, day: float) -> float | None:
        """Return the lead of the strongest large rival over the incumbent on the sheets that the
        authority has received by `day`, None before any.
        """

    def copies_expected_share(self) -> float:
        """Return tables whose copy a witness of the challenger holds, over tables closed."""

    def copies_scanned_share(self, day: float) -> float:
        """Return copies digitised by `day` over tables closed."""

    def copies_lead(self, day: float, *, own: bool = False) -> float | None:
        """Return that lead on the copies held by `day`, scanned or not, None when there are none.

        own: the challenger's lead over every other large candidate instead.
        """

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return what follows a night option in {count, altered_tables, totals_only}."""

    def next_announcement(self, day: float) -> Announcement | None:
        """Return a further bulletin with what has come in by `day`, None where there is none."""

    def next_region(self) -> tuple[float, int] | None:
        """Return (house day, region) of the next bulletin of a region as the count stands now, None
        where there is none.
        """

    def announce_region(self, region: int, day: float) -> RegionAnnounced:
        """Announce a region, an index into the register's states, and return the event."""

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return what the estimators in use infer from the evidence that is out by `day`."""

    def claim(self, day: float) -> Claim | None:
        """Return what has been announced by `day`, None where no election was held."""

    def evidence(self, day: float) -> Evidence | None:
        """Return all that can be seen by `day`, None where there is nothing to see."""

    def forget(self) -> None:
        """Drop the day's arrays: the replicate is measured."""


@dataclass(slots=True)
class World:
    """References that the processes share. No methods; the ledger is the only memory that outlives
    the run.
    """

    env: simpy.Environment
    streams: Streams
    p: Parameters
    contest: Contest
    register: Register | None
    ledger: Ledger
    actors: dict[str, Actor]
    forcings: tuple[Forcing, ...]
    electorate: Electorate
    as_of_day: float
    who: Who
    negotiation: Negotiation = field(default_factory=Negotiation)
    sanctions: Sanctions = field(default_factory=Sanctions)
    beliefs: dict[str, Belief] = field(default_factory=dict)
    conduct: Conduct = field(default_factory=Conduct)
    aftermath: Aftermath = field(default_factory=Aftermath)
    bells: dict[type[Event], list[simpy.Event]] = field(default_factory=dict)


def record(world: World, event: Event) -> None:
    """Append an event to the ledger and wake the processes that wait for its type."""
    world.ledger.append(event)
    for wait_for in world.bells.pop(type(event), ()):
        if not wait_for.triggered:
            wait_for.succeed(event)


def wait_for(world: World, *kinds: type[Event]) -> simpy.Event:
    """Return a SimPy event that succeeds, with the noted event as value, when one of these types is
    noted next.
    """
    rung = world.env.event()
    for kind in kinds:
        world.bells.setdefault(kind, []).append(rung)
    return rung


def forced_option(world: World, actor: str, decision: str, target: str = "") -> str | None:
    """Return the option that the scenario fixes for this decision now; the latest matching forcing
    wins.
    """
    found = None
    for forcing in world.forcings:
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
    """Return the day from which a forcing holds, None while what it hangs on has not
    happened.
    """
    return float("-inf") if forcing.at is None else moment(world, forcing.at)


def decide(world: World, actor: str, view: View, stream: str, target: str = "") -> Action:
    """Ask an actor. The draw is made first; a forced option replaces the drawn one, and no other
    draw moves. A forced option that is not available now is passed over, noted once.
    """
    action = world.actors[actor].decide(view, world.streams(stream))
    option = forced_option(world, actor, view.decision, target)
    if option is not None and view.available is not None and option not in view.available:
        pass_over(world, option)
    elif option is not None:
        action = replace(action, option=option, forced=True)
    record(
        world,
        Decided(
            world.env.now, actor, view.decision, action.option, action.probability, action.forced
        ),
    )
    return action


def pass_over(world: World, option: str) -> None:
    """Note, once, that what a scenario fixes does not exist here now."""
    noted = {e.measure for e in world.ledger.of(MeasureNotCarriedOut) if e.reason == "unavailable"}
    if option not in noted:
        record(world, MeasureNotCarriedOut(world.env.now, option, "unavailable"))


def until_poll(world: World, offset: float) -> Generator[simpy.Event, Any, None]:
    """Wait until poll_day + offset, however far the poll is postponed meanwhile (`yield from`)."""
    yield world.env.timeout(max(offset - world.env.now, 0.0))
    while world.env.now < world.conduct.poll_day + offset:
        yield world.env.timeout(world.conduct.poll_day + offset - world.env.now)


def election_fits(world: World) -> bool:
    """Return whether the poll lies early enough before the horizon to be simulated."""
    return world.conduct.poll_day < horizon(world) - MARGIN_DAYS


def opening_day(world: World) -> float:
    """Return the day on which the polls are due to open, with the hour."""
    return polling_hours(world).opening


def closing_day(world: World) -> float:
    """Return the day on which the polls are due to close, with the hour."""
    return polling_hours(world).close


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
