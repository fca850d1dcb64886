"""The national electorate: the full-size ElectoralDoor, from latent support to the announced
totals.

It draws the truth once a replicate, takes the chain from votes to evidence when its moment comes,
and lets the clock cut it: a stop of transmission or an announcement changes what follows, never
what had happened before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.estimators.register import Asked, all_findings
from sim.manipulations.base import Manipulation
from sim.manipulations.register import apply_stage, enabled
from sim.models.chain.box_check import box_check
from sim.models.chain.bulletins import bulletin_at, first_minute
from sim.models.chain.call_centre import reported_at
from sim.models.chain.evening import EveningParameters, evening, what_is_known
from sim.models.chain.evidence import as_before, copies_expected_share, copies_scanned_share, lead
from sim.models.chain.evidence_so_far import EvidenceSoFar
from sim.models.chain.incidents import causes, incidents
from sim.models.chain.running_lead import RunningLead
from sim.models.electorate.contest import credited_names
from sim.models.electorate.electorate import table_probabilities
from sim.models.electorate.electorate_draws import ElectorateDraws, draw_electorate
from sim.models.electorate.support import NO_SHIFTS, draw_national, lead_on, poll_bias_centre
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.queue_surface import polling_day
from sim.models.polling_day.votes import ballot_shares, cast, intended, usual_ballots
from sim.models.quick_count.returns import after_calls, call_stamps
from sim.models.quick_count.sampling import draw_sample
from sim.processes.world import Announcement, World
from sim.records.chain import Chain, Known, Manipulated, open_chain
from sim.records.claim import Bulletin, Claim
from sim.records.contest import Contest
from sim.records.count import Count
from sim.records.events import ManipulationApplied, TablesPublished
from sim.records.evidence import BoxCheck, Evidence, Incidents, QuickCount
from sim.records.finding import Finding
from sim.records.parameters.manipulations import Manipulations
from sim.records.parameters.root import Parameters
from sim.records.polling_hours import PollingHours
from sim.records.register import Register
from sim.records.truth import Truth
from sim.rng import Streams

STOPPED_COPIES = "sheets/stopped"


@dataclass(slots=True)
class Polled:
    """Columns of a polling day that was held.

    names: under which name the votes of each row are counted.
    """

    truth: Truth
    chain: Chain
    known: Known
    quick_count: QuickCount
    reports: Incidents
    boxes: BoxCheck
    delay: NDArray[np.float32]
    names: tuple[str, ...]
    stopped: bool = False
    bulletins: list[Bulletin] = field(default_factory=list)
    winner: str | None = None


class NationalElectorate:
    """An ElectoralDoor of all polling tables. `polled` is None until the election is held."""

    def __init__(
        self,
        p: Parameters,
        contest: Contest,
        register: Register,
        streams: Streams,
        env: simpy.Environment,
    ) -> None:
        self.p, self.contest, self.register, self.streams, self.env = (
            p,
            contest,
            register,
            streams,
            env,
        )
        days = int(np.ceil(p.calendar.horizon_day - env.now))
        self.national = draw_national(
            streams, p.support, p.turnout, p.ballot, contest, env.now, days
        )
        self.shifts = NO_SHIFTS
        self.polled: Polled | None = None
        self.done: list[Manipulated] = []
        self.small_cap_cells = 0
        self.world: World | None = None
        self._findings: dict[float, tuple[Finding, ...]] = {}
        self._asked: Asked | None = None
        self._seen = EvidenceSoFar(register, p.quick_count, contest)
        self._received: RunningLead | None = None
        self._held: RunningLead | None = None
        self._late_rows: Count | None = None
        self._out: tuple[Bulletin, Chain, Claim] | None = None
        self._active: tuple[Manipulations, tuple[Manipulation, ...]] | None = None
        self._ordered: tuple[float, Manipulations] | None = None
        self._held_of: NDArray[np.bool_] | None = None

    # --- before the day

    def latent_lead(self) -> float:
        """Return the latent lead now."""
        return lead_on(self.national, self.env.now, self.shifts)

    def poll_bias_centre(self, family: str) -> float:
        """Return lead(mu_F) - lead(L_now) as of the start."""
        return poll_bias_centre(self.national, getattr(self.p.support, family))

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        """Move the latent support."""
        self.shifts = self.shifts.plus(d_logit_gov, d_log_minor, d_logit_turnout)

    # --- the day

    def hold_election(self, world: World) -> None:
        """Compute the polling day and the evening over the whole register."""
        self.world = world
        world.conduct.held = True
        streams, p, register = self.streams, self.p, self.register
        draws = draw_electorate(streams, register, self.contest)
        sample = draw_sample(register, p.quick_count, streams)
        known = what_is_known(register, self.contest, p.manipulations.known_sd, sample, streams)
        chain = self._apply("register", open_chain(register.registered, self.hours()), known)
        truth, chain, delay = self._vote(world, draws, chain, known)
        sections = EveningParameters(p.sheets, p.transmission, p.collection, p.quick_count)
        night = evening(
            chain,
            truth.cast,
            truth.closing_minute,
            register,
            self.contest,
            sample,
            known,
            sections,
            streams,
            self._apply,
            world.conduct.accreditation_factor,
            announce=False,
        )
        boxes = box_check(register, truth.cast, night.chain.machine, p.sheets, streams)
        left_share = (truth.left / np.maximum(truth.intended, 1)).astype(np.float32)
        found = causes(tuple(self.done), left_share, night.chain.copy_lost, boxes, p.incidents)
        reports = incidents(
            found,
            night.chain.observer_present,
            night.chain.witness_present,
            p.incidents,
            streams,
            night.chain.hours.open_minutes,
        )
        count = self._through_the_lines(night.quick_count, delay)
        self.polled = Polled(
            truth,
            night.chain,
            night.known,
            count,
            reports,
            boxes,
            delay,
            credited_names(self.contest, world.conduct.carrier),
        )

    def _vote(
        self, world: World, draws: ElectorateDraws, chain: Chain, known: Known
    ) -> tuple[Truth, Chain, NDArray[np.float32]]:
        p, register, contest = self.p, self.register, self.contest
        there = table_probabilities(
            register, draws, p.support, p.turnout, self.national, world.env.now, self.shifts
        )
        came = intended(register, there.turnout, draws)
        chain = self._apply("day", chain, known)
        day = polling_day(
            came,
            p.day,
            chain.hours.open_minutes,
            self.streams,
            chain.service_factor,
            chain.extra_opening_minutes,
        )
        shares = ballot_shares(
            contest, p.ballot, self.national, self.shifts, self._off_the_ballot(world)
        )
        lookup = count_table(usual_ballots(register, p.ballot, p.turnout))
        votes = cast(contest, came - day.left, shares, there.incumbent, draws, lookup)
        self.small_cap_cells = votes.small_cap_cells
        return (
            Truth(
                votes.count,
                register.registered,
                came,
                day.left,
                day.closing_minute,
                day.mean_wait,
                day.p95_wait,
                day.over_30_share,
            ),
            chain,
            day.delay,
        )

    def _off_the_ballot(self, world: World) -> tuple[int, ...]:
        """Return the small rows that count for nobody: withdrawn, or carried by the challenger's
        row.
        """
        gone = [
            row
            for row in self.contest.small
            if world.conduct.statuses.get(self.contest.keys[row]) == "withdrawn"
        ]
        carried = [
            row for row in self.contest.small if self.contest.keys[row] == world.conduct.carrier
        ]
        return tuple(gone + carried)

    def _through_the_lines(self, count: QuickCount, delay: NDArray[np.float32]) -> QuickCount:
        """Return the quick count with the hours at which the call centre took each report.

        Reports of the opening come eleven hours before the first results, when all lines are free
        again: the night's calls are played alone.
        """
        n = count.table.size
        closing = self.hours().open_minutes
        stamps = call_stamps(count, delay, closing)
        answered = np.concatenate((stamps[:n], reported_at(stamps[n:], self.p.calls, self.streams)))
        return after_calls(count, answered, closing)

    # --- manipulations

    def effective(self) -> Manipulations:
        """Return the scenario's manipulations and those that the strategic layer ordered before the
        polls opened.
        """
        planned = self.p.manipulations
        share = 0.0 if self.world is None else self.world.conduct.expulsion_share
        if share <= 0:
            return planned
        if self._ordered is None or self._ordered[0] != share:
            expulsion = planned.witness_expulsion
            stronger = max(share, expulsion.f if expulsion.enabled else 0.0)
            order = expulsion.model_copy(update={"enabled": True, "f": stronger})
            self._ordered = share, planned.model_copy(update={"witness_expulsion": order})
        return self._ordered[1]

    def _apply(
        self, stage: str, chain: Chain, known: Known, manipulations: Manipulations | None = None
    ) -> Chain:
        wanted = manipulations or self.effective()
        if self._active is None or self._active[0] is not wanted:
            self._active = wanted, enabled(wanted)
        chain, done = apply_stage(stage, chain, known, self._active[1], self.streams)
        self.done += done
        return chain

    def applied_events(self, since: int, day: float) -> list[ManipulationApplied]:
        """Return the ledger's (truth side) events of what was done since the given number of
        entries.
        """
        return [
            ManipulationApplied(day, d.key, d.beneficiary, d.tables, d.votes_added, d.votes_moved)
            for d in self.done[since:]
        ]

    # --- what can be known of it

    def hours(self) -> PollingHours:
        """Return when the polls are open, on the day to which the vote is set now."""
        poll_day = 0.0 if self.world is None else self.world.conduct.poll_day
        return PollingHours(
            poll_day, self.p.calendar.opening_minute, self.p.calendar.closing_minute
        )

    def minute_of(self, day: float) -> float:
        """Return minutes after the opening time of the polling day."""
        return self.hours().minute_of(day)

    def day_of(self, minute: float) -> float:
        """Return the house day of a minute after opening time."""
        return self.hours().day_of(minute)

    def hour_of(self, day: float) -> float:
        """Return hours after the official closing time."""
        return self.hours().hour_of(day)

    def _now(self) -> Polled | None:
        """Return the polling day with the stop of transmission, if one is ordered, carried out."""
        polled = self.polled
        if polled is None or self.world is None:
            return None
        stop = self.world.conduct.stop_minute
        if stop is not None and not polled.stopped:
            order = self.p.manipulations.transmission_stop.model_copy(
                update={"enabled": True, "stop_minute": stop}
            )
            only = Manipulations(transmission_stop=order)
            polled.chain = self._losing_copies(
                self._apply("transmission", polled.chain, polled.known, only), stop
            )
            polled.stopped = True
        return polled

    def _losing_copies(self, chain: Chain, stop: float) -> Chain:
        """Return the chain after the stop: of the copies not scanned by then, some no longer reach
        their holder.
        """
        u = self.streams(STOPPED_COPIES).random(chain.tables, dtype=np.float32)
        lost = (
            chain.copy_held
            & (chain.scanned_minute > stop)
            & (u >= np.float32(self.p.conduct.stop.copies_factor))
        )
        scanned = np.where(lost, np.float32(np.inf), chain.scanned_minute)
        return replace(
            chain,
            copy_held=chain.copy_held & ~lost,
            copy_lost=chain.copy_lost | lost,
            scanned_minute=scanned,
        )

    def followed(self) -> Polled:
        """Return the polling day as it stands now.

        Raises:
            RuntimeError: it has not been held.
        """
        polled = self._now()
        if polled is None:
            raise RuntimeError("the election has not been held")
        return polled

    def internal_lead(self, day: float) -> float | None:
        """Return the lead on the sheets that the authority has received by then, None when it has
        none.
        """
        polled = self._now()
        if polled is None:
            return None
        minutes = polled.chain.transmitted_minute
        if self._received is None or self._received.minutes is not minutes:
            self._received = RunningLead(minutes, polled.chain.sheet, self.contest)
        return self._received.at(self.minute_of(day))

    def copies_expected_share(self) -> float:
        """Return copies held, scanned or not, over tables."""
        polled = self._now()
        return 0.0 if polled is None else copies_expected_share(polled.chain)

    def copies_scanned_share(self, day: float) -> float:
        """Return copies digitised by then over tables."""
        polled = self._now()
        return 0.0 if polled is None else copies_scanned_share(polled.chain, self.minute_of(day))

    def copies_lead(self, day: float) -> float | None:
        """Return the lead on the copies held by then, scanned or not."""
        polled = self._now()
        if polled is None:
            return None
        if self._held is None or self._held_of is not polled.chain.copy_held:
            self._held_of = polled.chain.copy_held
            at = np.where(polled.chain.copy_held, polled.chain.printed_minute, np.float32(np.inf))
            self._held = RunningLead(at, polled.chain.copies, self.contest)
        return self._held.at(self.minute_of(day))

    # --- the announcement

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        """Return bulletin 1 under the night's option, at the later of the decision and the hour at
        which it is due.
        """
        polled = self.followed()
        due = self._due(polled.chain, option, decided)
        polled.chain = self._apply(
            "tabulation",
            replace(polled.chain, tabulated=polled.chain.sheet),
            polled.known,
            self._night(option, announced_lead),
        )
        return self._announced(polled, 1, due, option, announced_lead)

    def _due(self, chain: Chain, option: str, decided: float) -> float:
        """Return the minute of bulletin 1. A count waits for its threshold, at the latest for the
        limit of tabulation; other options need no threshold where it can no longer be reached.
        """
        first = first_minute(chain, self.p.transmission)
        hours = chain.hours
        limit = hours.minute_of(hours.poll_day + self.p.calendar.tabulation_limit_days)
        unreached = (
            limit
            if option == "count"
            else hours.open_minutes + self.p.transmission.first_bulletin_minutes
        )
        return max(self.minute_of(decided), min(unreached if first is None else first, limit))

    def _night(self, option: str, announced_lead: float) -> Manipulations:
        planned = self.p.manipulations
        if option == "altered_tables":
            order = planned.tabulation_override.model_copy(
                update={"enabled": True, "wanted_lead": -announced_lead, "states": ()}
            )
            return planned.model_copy(update={"tabulation_override": order})
        if option == "totals_only":
            order_totals = planned.fabricated_totals.model_copy(
                update={"enabled": True, "wanted_lead": -announced_lead}
            )
            return planned.model_copy(update={"fabricated_totals": order_totals})
        return planned

    def _announced(
        self, polled: Polled, number: int, minute: float, option: str, announced_lead: float
    ) -> Announcement:
        honest = bulletin_at(polled.chain, number, minute)
        chain = replace(polled.chain, bulletins=(honest,))
        earlier, self.done = self.done, []
        bulletin = self._apply(
            "announcement", chain, polled.known, self._night(option, announced_lead)
        ).bulletins[0]
        again = {
            d.key for d in self.done
        }  # totals are sums: what the last bulletin did replaces what an earlier one did
        self.done = [d for d in earlier if d.key not in again] + self.done
        polled.bulletins.append(bulletin)
        top = int(np.argmax(bulletin.totals))
        polled.winner = polled.names[top]
        role = {self.contest.incumbent: "incumbent", self.contest.challenger: "opposition"}.get(
            top, "other"
        )
        announced = lead(bulletin.totals, self.contest) or 0.0
        totals = tuple(int(v) for v in bulletin.totals)
        return Announcement(
            bulletin.day, role, announced, bulletin.share_counted, totals, option != "totals_only"
        )

    def second_announcement(
        self, option: str, announced_lead: float, day: float
    ) -> Announcement | None:
        """Return bulletin 2 with what has come in since, None where nothing was announced
        before.
        """
        polled = self._now()
        if polled is None or not polled.bulletins:
            return None
        return self._announced(
            polled, len(polled.bulletins) + 1, self.minute_of(day), option, announced_lead
        )

    def claim(self, day: float) -> Claim:
        """Return what has been announced by then; rows once tables are out."""
        polled = self.followed()
        assert self.world is not None
        out = tuple(b for b in polled.bulletins if b.day <= day + 1e-9)
        tables = self.world.ledger.last(TablesPublished)
        if not out or tables is None or tables.day > day:
            return Claim(out, polled.winner if out else None, None, None)
        if self._out is None or self._out[0] is not out[-1] or self._out[1] is not polled.chain:
            self._out = out[-1], polled.chain, self._with_rows(polled, out)
        return self._out[2]

    def _with_rows(self, polled: Polled, out: tuple[Bulletin, ...]) -> Claim:
        phantom = np.ones(polled.chain.phantom_registered.size, dtype=bool)
        rows = np.flatnonzero(
            np.append(polled.chain.transmitted_minute <= self.minute_of(out[-1].day), phantom)
        )
        tabulated = self._published_rows(polled)
        count = Count(np.take(tabulated.votes, rows, axis=1), tabulated.invalid.take(rows))
        return Claim(out, polled.winner, count, rows.astype(np.int32))

    def _published_rows(self, polled: Polled) -> Count:
        """Return the rows as published.

        Those that follow totals announced without rows are made to agree with the totals.
        """
        if (
            self.world is None
            or self.world.aftermath.night_option != "totals_only"
            or self.world.aftermath.announcement is None
        ):
            return polled.chain.tabulated
        if self._late_rows is None:
            order = self._night("altered_tables", self.world.aftermath.announcement.lead)
            chain, _ = apply_stage(
                "tabulation", polled.chain, polled.known, enabled(order), self.streams
            )
            self._late_rows = chain.tabulated
        return self._late_rows

    # --- evidence and findings

    def evidence(self, day: float) -> Evidence:
        """Return all that can be seen by then."""
        polled, hour, claim = self.followed(), self.hour_of(day), self.claim(day)
        seen = self._seen.at(
            polled.chain, claim, polled.quick_count, polled.reports, polled.boxes, hour
        )
        return replace(
            seen,
            candidates=polled.names,
            incumbent=self.contest.incumbent,
            challenger=self.contest.challenger,
        )

    def evidence_reports(self, day: float) -> int:
        """Return how many sampled tables have reported by then."""
        return int(np.count_nonzero(self.followed().quick_count.hours <= self.hour_of(day)))

    def findings(self, day: float) -> tuple[Finding, ...]:
        """Return what the estimators in use infer from the evidence of the last of their hours
        before `day`.

        They are asked at stated hours, so that whoever asks between two of them reads the same
        statement.
        """
        if self.polled is None:
            return ()
        hour = self.hour_of(day)
        asked = max((h for h in self.p.monitoring.finding_hours if h <= hour + 1e-9), default=None)
        if asked is None:
            return ()
        if asked not in self._findings:
            seen = self.evidence(self.day_of(60 * asked + self.hours().open_minutes))
            if self._asked is not None:
                seen = as_before(seen, self._asked[0])
            self._findings[asked] = all_findings(seen, self.p.monitoring, self.streams, self._asked)
            self._asked = seen, self._findings[asked]
        return self._findings[asked]
