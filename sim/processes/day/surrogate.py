"""The stand-alone electorate: one table, and one number for witnesses' copies, where the strategic
layer runs alone.

Its lead is the national electorate's, drawn by the same function from the same streams; it serves
tests and studies of the strategic layer alone (docs/model/strategy.md).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.models.electorate.second_round import Runoff, in_the_nation, runoff
from sim.models.electorate.support import (
    NO_SHIFTS,
    draw_national,
    lead_on,
    others_share,
    poll_bias_centre,
    small_total,
    turnout_share,
)
from sim.models.strategy.candidacy import shares_of_lead
from sim.processes.columns import Announcement, Conduct
from sim.processes.dated import until_moment
from sim.processes.world import World, closing_day, election_fits, record
from sim.records.events import PollsClosed, PollsOpened, RegionAnnounced, WitnessesExcluded
from sim.records.moments import OPENING
from sim.records.parameters.root import Parameters
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
from sim.records.vote.claim import Claim
from sim.records.vote.clock import horizon_day, hours_of
from sim.records.vote.contest import Contest
from sim.records.vote.contest import winner_of as row_that_wins
from sim.records.vote.count import Count
from sim.records.vote.truth import Truth
from sim.rng import Streams

WITNESSES = "strategy/witnesses"


class Surrogate:
    """An `Electorate` of one table. `truth` and `closes` (house day) are None until the election is
    held.
    """

    standing = None
    """Nothing stands behind the one table: no chain, no evidence."""

    def __init__(self, p: Parameters, contest: Contest, streams: Streams, as_of_day: float) -> None:
        self.p, self.contest, self.streams = p, contest, streams
        self.run: Runoff | None = None
        self.rules = p.surrogate
        days = int(np.ceil(horizon_day(p.calendar, p.vote) - as_of_day))
        drawn = streams, p.support, p.turnout, p.ballot, contest
        self.national = draw_national(*drawn, as_of_day, days)
        self.shifts = NO_SHIFTS
        z = float(streams(WITNESSES).standard_normal())
        copies = self.rules.copies_mean + self.rules.copies_sd * z
        self.copies_share = min(max(copies, self.rules.copies_low), self.rules.copies_high)
        self.lead, self.come = 0.0, 1.0
        self.truth: Truth | None = None
        self.closes: float | None = None

    def start(self, world: World) -> None:
        """Start the polling day."""
        world.env.process(_poll(world, self))

    def latent_lead(self, day: float) -> float:
        """Return the latent lead on a house day, that of the second round once it is called."""
        return lead_on(self.national, day, self.shifts) if self.run is None else self._again(day)[1]

    def _again(self, day: float) -> tuple[float, float]:
        assert self.run is not None
        return in_the_nation(self.run, self.p.ballot, self.national, self.shifts, day)

    def call_second_round(self, two: tuple[int, int]) -> None:
        """Let the next polling day be a second round of these two rows of the ballot."""
        self.run = runoff(self.contest, two, self.p.vote.transfer, self.streams)

    def poll_bias_centre(self, family: str) -> float:
        """Return lead(mu_F) - lead(L_now) as of the start."""
        return poll_bias_centre(self.national, getattr(self.p.support, family, None))

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support."""
        self.shifts = self.shifts.plus(d_logit_gov, d_log_minor, d_logit_turnout)

    def turnout_share(self) -> float:
        """Return ballots over register."""
        return turnout_share(self.national, self.shifts) * self.come

    def hold(self, conduct: Conduct, day: float) -> None:
        """Cast the votes at one table; witnesses are kept out and refused as has been ordered by
        now.
        """
        hours = hours_of(self.p.vote, conduct.poll_day)
        self.closes = hours.close
        self.lead = self.latent_lead(day)
        if self.run is not None:
            self.contest, self.come = self.run.two, self._again(day)[0]
        self.truth = one_table(self.totals(self.lead), hours.open_minutes)
        self.copies_share *= 1 - conduct.expulsion_share
        self.copies_share *= conduct.accreditation_factor

    def stop_transmission(self, minute: float) -> None:
        """Lose the copies that a stop costs."""
        self.copies_share *= self.p.conduct.stop.copies_factor

    def publish_tables(self, day: float) -> None:
        """Do nothing: there is one table."""

    def internal_lead(self, day: float) -> float | None:
        """Return the exact lead of the strongest rival once the polls are closed."""
        return None if self.closes is None or day < self.closes else self._strongest()

    def copies_expected_share(self) -> float:
        """Return capacity x (1 - excluded) x accreditation x stop (docs/model/strategy.md, section
        6), 0 before the day.
        """
        return 0.0 if self.closes is None else self.copies_share

    def copies_scanned_share(self, day: float) -> float:
        """Return the copies digitised, a straight line from the close over `scan_days`."""
        if self.closes is None:
            return 0.0
        return self.copies_expected_share() * min(
            max((day - self.closes) / self.rules.scan_days, 0.0), 1.0
        )

    def copies_lead(self, day: float, *, own: bool = False) -> float | None:
        """Return the exact lead once there are copies; own: the challenger's over every other."""
        known = self.internal_lead(day) if self.copies_expected_share() > 0 else None
        return known if known is None or not own else self._over_all()

    def _strongest(self) -> float:
        """Return the lead over the incumbent of the challenger or of a stronger third."""
        return max([self.lead, *(third - self._shares()[0] for third in self._shares()[2:])])

    def _over_all(self) -> float:
        """Return the challenger's lead over the incumbent or over a stronger third."""
        return min([self.lead, *(self._shares()[1] - third for third in self._shares()[2:])])

    def _shares(self) -> tuple[float, ...]:
        """Return shares of valid votes: incumbent, challenger, other large candidates."""
        small = small_total(self.national, self.shifts)
        two = shares_of_lead(self.lead, others_share(self.national, self.shifts))
        rows = [self.contest.candidates[row].large_share for row in self.contest.further]
        return two.incumbent, two.challenger, *((1 - small) * share for share in rows)

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return an announcement at once; under an override the announced lead replaces the
        count's.
        """
        lead = self.lead if option == "count" else announced_lead
        totals = () if self.closes is None else self.totals(lead)
        winner = winner_of(lead)  # an override lets no third stand before the incumbent
        majority = self.p.vote.rule == "majority"
        if option == "count" and (majority or self.contest.further):
            needed = self.p.vote.share_needed if majority and self.run is None else 0.0
            winner = self.contest.role_of(row_that_wins(totals, needed))
        return Announcement(decided, winner, lead, 1.0, totals, option != "totals_only")

    def next_announcement(self, day: float) -> Announcement | None:
        """Return nothing: the first announcement counted all."""
        return None

    def next_region(self) -> tuple[float, int] | None:
        """Return nothing: there are no regions."""
        return None

    def announce_region(self, region: int, day: float) -> RegionAnnounced:
        """Refuse: there are no regions."""
        raise RuntimeError("one table has no regions")

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return nothing: no estimator reads a surrogate."""
        return ()

    def claim(self, day: float) -> Claim | None:
        """Return nothing: there are no rows."""
        return None

    def evidence(self, day: float) -> Evidence | None:
        """Return nothing: there are no sheets."""
        return None

    def forget(self) -> None:
        """Drop the votes."""
        self.truth = None

    def totals(self, lead: float) -> tuple[int, ...]:
        """Return votes in ballot order with this lead between the two first; the others have what
        they have, turnout moves the sum.
        """
        central = self.p.turnout.present_share * self.p.turnout.participation_share
        votes = self.rules.valid_votes * self.turnout_share() / central
        if self.contest.roles:
            found = [0.0, 0.0]
            found[self.contest.incumbent] = (1 - lead) / 2
            found[self.contest.challenger] = (1 + lead) / 2
            return tuple(round(votes * share) for share in found)
        small = small_total(self.national, self.shifts)
        shares = shares_of_lead(lead, others_share(self.national, self.shifts))
        found = [(1 - small) * candidate.large_share for candidate in self.contest.candidates]
        for row, part in zip(self.contest.small, self.national.small_split, strict=True):
            found[row] = small * part
        found[self.contest.incumbent] = shares.incumbent
        found[self.contest.challenger] = shares.challenger
        return tuple(round(votes * share) for share in found)


def winner_of(lead: float) -> str:
    """Return who leads: opposition or incumbent."""
    return "opposition" if lead > 0 else "incumbent"


def one_table(totals: tuple[int, ...], open_minutes: float) -> Truth:
    """Return the votes as cast at one table that closes after `open_minutes`."""
    votes = np.array(totals, dtype=np.int32)[:, None]
    ballots = np.array([int(votes.sum())], dtype=np.int32)
    zero, none = np.zeros(1, dtype=np.float32), np.zeros(1, dtype=np.int32)
    close = np.full(1, open_minutes, dtype=np.float32)
    return Truth(Count(votes, none), ballots, ballots, none, close, zero, zero, zero)


def _poll(world: World, electorate: Surrogate) -> Generator[simpy.Event, Any, None]:
    yield from until_moment(world, OPENING)
    if not election_fits(world):
        return
    record(world, PollsOpened(world.env.now, 1, 0.0, world.conduct.round))
    electorate.hold(world.conduct, world.env.now)
    world.conduct.held, world.contest = True, electorate.contest
    if world.conduct.expulsion_share > 0:
        record(world, WitnessesExcluded(world.env.now, world.conduct.expulsion_share))
    yield world.env.timeout(closing_day(world) - world.env.now)
    if electorate.truth is not None:
        record(
            world,
            PollsClosed(
                world.env.now, int(electorate.truth.registered[0]), electorate.turnout_share(), 0.0
            ),
        )
