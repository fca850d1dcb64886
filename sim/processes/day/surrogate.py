"""The stand-alone electorate: one latent lead and one number for witnesses' copies, behind the
strategic layer's only door.

It serves tests and studies of the strategic layer alone (strategy.md 6, 7.2); the joined model has
the national electorate.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.models.strategy.candidacy import Shift, shares_of_lead, shifted_lead
from sim.processes.world import Announcement, World, closing_day, election_fits, note, until_poll
from sim.records.count import Count
from sim.records.events import PollsClosed, PollsOpened, WitnessesExcluded
from sim.records.finding import Finding
from sim.records.parameters.root import Parameters
from sim.records.parameters.surrogate import Surrogate as SurrogateRules
from sim.records.truth import Truth
from sim.rng import Streams

LEAD = "strategy/lead"
DRIFT = "strategy/drift"
WITNESSES = "strategy/witnesses"


class Surrogate:
    """An ElectoralDoor of one table. `truth` is None until the election is held."""

    def __init__(self, p: Parameters, streams: Streams) -> None:
        if p.surrogate is None:
            raise ValueError("the stand-alone layer needs the section `surrogate`")
        self.p = p
        self.rules: SurrogateRules = p.surrogate
        self.lead = self.rules.lead_mean + self.rules.lead_sd * float(
            streams(LEAD).standard_normal()
        )
        self.minor_share = p.candidacy.minor_share
        self.turnout_logit_shift = 0.0
        z = float(streams(WITNESSES).standard_normal())
        self.capacity = min(
            max(self.rules.copies_mean + self.rules.copies_sd * z, self.rules.copies_low),
            self.rules.copies_high,
        )
        self.truth: Truth | None = None
        self.world: World | None = None

    def latent_lead(self) -> float:
        """Return the latent lead."""
        return self.lead

    def poll_bias_centre(self, family: str) -> float:
        """Return the centre of a family's bias, 0 for a family that the case does not name."""
        return self.rules.bias_centres.get(family, 0.0)

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support."""
        self.lead, self.minor_share = shifted_lead(
            self.lead, self.minor_share, Shift(d_logit_gov, d_log_minor, 0.0)
        )
        self.turnout_logit_shift += d_logit_turnout

    def turnout_share(self) -> float:
        """Return the turnout: the reference moved by the shifts so far."""
        return 1 / (
            1
            + (1 / self.p.candidacy.turnout_reference_share - 1)
            * math.exp(-self.turnout_logit_shift)
        )

    def hold_election(self, world: World) -> None:
        """Cast the votes at one table."""
        self.world = world
        world.conduct.held = True
        self.truth = one_table(self, world)
        if world.conduct.expulsion_share > 0:
            note(world, WitnessesExcluded(world.env.now, world.conduct.expulsion_share))

    def internal_lead(self, day: float) -> float | None:
        """Return the exact lead once the polls are closed."""
        return None if self.world is None or day < closing_day(self.world) else self.lead

    def copies_expected_share(self) -> float:
        """Return E = capacity * (1 - excluded) * accreditation * stop (strategy.md 7.2)."""
        if self.world is None:
            return 0.0
        conduct, stop = self.world.conduct, self.p.conduct.stop
        factor = 1.0 if conduct.stop_minute is None else stop.copies_factor
        return self.capacity * (1 - conduct.expulsion_share) * conduct.accreditation_factor * factor

    def copies_scanned_share(self, day: float) -> float:
        """Return the copies digitised, a straight line from the close over `scan_days`."""
        if self.world is None:
            return 0.0
        done = (day - closing_day(self.world)) / self.rules.scan_days
        return self.copies_expected_share() * min(max(done, 0.0), 1.0)

    def copies_lead(self, day: float) -> float | None:
        """Return the exact lead once there are copies."""
        return self.internal_lead(day) if self.copies_expected_share() > 0 else None

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return an announcement at once; under an override the announced lead replaces the
        count's.
        """
        lead = self.lead if option == "count" else announced_lead
        totals = () if self.world is None else totals_of(self, self.world, lead)
        return Announcement(decided, winner_of(lead), lead, 1.0, totals, option != "totals_only")

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return nothing: no estimator reads a surrogate."""
        return ()


def winner_of(lead: float) -> str:
    """Return who leads: opposition or incumbent."""
    return "opposition" if lead > 0 else "incumbent"


def totals_of(door: Surrogate, world: World, lead: float) -> tuple[int, ...]:
    """Return votes in ballot order with this lead; minors share by their weights, turnout moves the
    sum.
    """
    votes = door.rules.valid_votes * door.turnout_share() / door.p.candidacy.turnout_reference_share
    shares, rows = shares_of_lead(lead, door.minor_share), world.contest.candidates
    found = [shares.minor * candidate.small_weight for candidate in rows]
    found[world.contest.incumbent], found[world.contest.challenger] = (
        shares.incumbent,
        shares.challenger,
    )
    return tuple(round(votes * share) for share in found)


def one_table(door: Surrogate, world: World) -> Truth:
    """Return the votes as cast at one table."""
    votes = np.array(totals_of(door, world, door.lead), dtype=np.int32)[:, None]
    ballots = np.array([int(votes.sum())], dtype=np.int32)
    zero, none = np.zeros(1, dtype=np.float32), np.zeros(1, dtype=np.int32)
    close = np.full(
        1, world.p.calendar.closing_minute - world.p.calendar.opening_minute, dtype=np.float32
    )
    return Truth(Count(votes, none), ballots, ballots, none, close, zero, zero, zero)


def start(world: World) -> None:
    """Start the drift and the polling day of a surrogate; any other door runs its own."""
    if isinstance(world.door, Surrogate):
        world.env.process(_drift(world, world.door))
        world.env.process(_poll(world, world.door))


def _drift(world: World, door: Surrogate) -> Generator[simpy.Event, Any, None]:
    """Move the lead by one normal step at a uniform day between now and the scheduled day."""
    rng = world.streams(DRIFT)
    day, z = rng.random(), rng.standard_normal()
    yield world.env.timeout(max(-world.env.now, 0.0) * day)
    shares = shares_of_lead(door.lead + door.rules.drift_sd * float(z), door.minor_share)
    door.lead = shares.challenger - shares.incumbent


def _poll(world: World, door: Surrogate) -> Generator[simpy.Event, Any, None]:
    yield from until_poll(world, world.p.calendar.opening_minute / 1440)
    if not election_fits(world):
        return
    note(world, PollsOpened(world.env.now, 1, 0.0))
    door.hold_election(world)
    yield world.env.timeout(closing_day(world) - world.env.now)
    if door.truth is not None:
        note(
            world,
            PollsClosed(world.env.now, int(door.truth.registered[0]), door.turnout_share(), 0.0),
        )
