"""The national electorate: its latent support, and the election that it holds at all polling
tables.

The day is composed in models/polling_day/day.py, announced in announcement.py and looked at in
seen.py; here is only what one replicate keeps of them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.models.electorate.contest import credited_names
from sim.models.electorate.second_round import in_the_nation
from sim.models.electorate.support import NO_SHIFTS, draw_national, lead_on, poll_bias_centre
from sim.models.polling_day.day import election_day
from sim.models.polling_day.people import People, people
from sim.processes.columns import Announcement, Conduct
from sim.processes.day import election_day as on_the_clock
from sim.processes.day import regions, rounds, seen
from sim.processes.day.announcement import first_announcement, next_announcement
from sim.processes.day.memo import Memo
from sim.processes.day.orders import acting, stopped, with_expulsion
from sim.processes.day.rounds import SecondRound
from sim.processes.day.standing import Setting, Standing
from sim.processes.world import World
from sim.records.events import RegionAnnounced
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
from sim.records.vote.claim import Claim
from sim.records.vote.clock import horizon_day, hours_of
from sim.records.vote.contest import Contest
from sim.records.vote.election_day import ElectionDay
from sim.records.vote.truth import Truth


class NationalElectorate:
    """An `Electorate` of all polling tables. `standing` is None until the election is held."""

    def __init__(self, given: Setting, as_of_day: float) -> None:
        self.given = given
        p, days = given.p, int(np.ceil(horizon_day(given.p.calendar, given.p.vote) - as_of_day))
        drawn = given.streams, p.support, p.turnout, p.ballot, given.contest
        self.national = draw_national(*drawn, as_of_day, days)
        self.shifts = NO_SHIFTS
        self.standing: Standing | None = None
        self.gone: tuple[int, ...] = ()
        self.second: SecondRound | None = None
        self.memo = Memo()

    @property
    def contest(self) -> Contest:
        """Return who stands in the round that is held, or was held last."""
        return self.given.contest

    @property
    def truth(self) -> Truth | None:
        """Return what was cast, None before the day."""
        return None if self.standing is None else self.standing.day.truth

    def start(self, world: World) -> None:
        """Start the polling day and the nights after it."""
        on_the_clock.start(world)

    def latent_lead(self, day: float) -> float:
        """Return the latent lead on a house day, that of the second round once it is called."""
        if self.second is not None:
            about = self.second.run, self.second.first.p.ballot, self.national, self.shifts
            return in_the_nation(*about, day)[1]
        return lead_on(self.national, day, self.shifts)

    def poll_bias_centre(self, family: str) -> float:
        """Return lead(mu_F) - lead(L_now) as of the start."""
        return poll_bias_centre(self.national, getattr(self.given.p.support, family, None))

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support."""
        self.shifts = self.shifts.plus(d_logit_gov, d_log_minor, d_logit_turnout)

    def hold(self, conduct: Conduct, day: float) -> None:
        """Hold the election, or its second round where one is called, over the whole register."""
        if self.second is not None:
            self.given, self.memo = self.second.given, Memo()
            who = rounds.people_of(self.second, self.national, day, self.shifts)
            self.standing = Standing(self._day(who, conduct), self.second.names)
            return
        given = self.given
        who = people(
            given.register, given.contest, self.national, given.p, given.streams, day, self.shifts
        )
        self.gone = off_the_ballot(given.contest, conduct)
        held = self._day(who, conduct, self.gone)
        self.standing = Standing(held, credited_names(given.contest, conduct.carrier))

    def _day(self, who: People, conduct: Conduct, gone: tuple[int, ...] = ()) -> ElectionDay:
        p, streams = self.given.p, self.given.streams
        hours = hours_of(p.vote, conduct.poll_day)
        act = acting(with_expulsion(p.manipulations, conduct.expulsion_share), streams)
        return election_day(who, p, hours, streams, act, gone, conduct.accreditation_factor)

    def call_second_round(self, two: tuple[int, int]) -> None:
        """Let the next polling day be a second round of these two rows of the ballot; the first
        stands as it is until then.
        """
        self.second = rounds.second_round(self.given, two, self.gone, self._held().names)

    def stop_transmission(self, minute: float) -> None:
        """Carry out a stop of transmission at this minute after opening."""
        held, p = self._held(), self.given.p
        factor = p.conduct.stop.copies_factor
        day = stopped(held.day, minute, p.manipulations, factor, self.given.streams)
        self.standing = replace(held, day=day)

    def publish_tables(self, day: float) -> None:
        """Note that results by table are out from this house day on."""
        self.standing = replace(self._held(), tables_day=day)

    def internal_lead(self, day: float) -> float | None:
        """Return the strongest rival's lead over the incumbent on the sheets that the authority has
        received by then, None when it has none.
        """
        if self.standing is None:
            return None
        return seen.received_lead(self.standing, day, self.given.contest, self.memo)

    def copies_expected_share(self) -> float:
        """Return copies held, scanned or not, over tables."""
        return 0.0 if self.standing is None else seen.expected_share(self.standing)

    def copies_scanned_share(self, day: float) -> float:
        """Return copies digitised by then over tables."""
        return 0.0 if self.standing is None else seen.scanned_share(self.standing, day)

    def copies_lead(self, day: float, *, own: bool = False) -> float | None:
        """Return the strongest rival's lead on the copies held by then, scanned or not; own: the
        challenger's over every large one.
        """
        if self.standing is None:
            return None
        return seen.copies_lead(self.standing, day, self.given.contest, self.memo, own=own)

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return bulletin 1 under the night's option."""
        self.standing, said = first_announcement(
            self._held(), option, announced_lead, decided, self.given
        )
        return said

    def next_announcement(self, day: float) -> Announcement | None:
        """Return a further bulletin with what has come in since, None where nothing was announced
        before.
        """
        if self.standing is None or not self.standing.bulletins:
            return None
        self.standing, said = next_announcement(self.standing, day, self.given)
        return said

    def next_region(self) -> tuple[float, int] | None:
        """Return (house day, region) of the next bulletin of a region."""
        if self.standing is None or self.given.p.vote.announce != "region":
            return None
        return regions.next_region(self.standing, self.given)

    def announce_region(self, region: int, day: float) -> RegionAnnounced:
        """Announce a region, and return the event."""
        self.standing, event = regions.announced_region(self._held(), region, day, self.given)
        return event

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return what the estimators in use infer at the last of their hours before `day`."""
        return (
            ()
            if self.standing is None
            else seen.findings(self.standing, day, self.given, self.memo)
        )

    def claim(self, day: float) -> Claim | None:
        """Return what has been announced by then; rows once tables are out."""
        return (
            None if self.standing is None else seen.claim(self.standing, day, self.given, self.memo)
        )

    def evidence(self, day: float) -> Evidence | None:
        """Return all that can be seen by then."""
        return (
            None
            if self.standing is None
            else seen.evidence(self.standing, day, self.given, self.memo)
        )

    def forget(self) -> None:
        """Drop the day and all that was made of it, some 20 MB."""
        self.standing, self.memo = None, Memo()

    def _held(self) -> Standing:
        if self.standing is None:
            raise RuntimeError("the election has not been held")
        return self.standing


def off_the_ballot(contest: Contest, conduct: Conduct) -> tuple[int, ...]:
    """Return the small rows that count for nobody: withdrawn, or carried by the challenger's
    row.
    """
    gone = [row for row in contest.small if conduct.statuses.get(contest.keys[row]) == "withdrawn"]
    carried = [row for row in contest.small if contest.keys[row] == conduct.carrier]
    return tuple(gone + carried)
