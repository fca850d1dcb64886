"""One electorate, many worlds: votes and evidence of a polling day without the strategic layer, on
the same random numbers.

Nothing is computed twice that a world does not change: what happens after the copies are in begins
with the honest chain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.manipulations.base import Manipulation
from sim.manipulations.register import apply_stage, enabled
from sim.models.chain.box_check import box_check
from sim.models.chain.bulletins import bulletins
from sim.models.chain.call_centre import reported_at
from sim.models.chain.evening import EveningParameters, evening, what_is_known
from sim.models.chain.incidents import causes, incidents
from sim.models.electorate.electorate import TableProbabilities, table_probabilities
from sim.models.electorate.electorate_draws import ElectorateDraws, draw_electorate
from sim.models.electorate.support import National, draw_national
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.queue_surface import polling_day
from sim.models.polling_day.votes import ballot_shares, cast, intended, usual_ballots
from sim.models.quick_count.returns import after_calls, call_stamps
from sim.models.quick_count.sampling import Sample, draw_sample
from sim.power.replayed_streams import KeptStreams
from sim.power.worlds import World
from sim.records.chain import STAGES, Chain, Known, Manipulated, open_chain
from sim.records.contest import Contest
from sim.records.count import Count
from sim.records.evidence import BoxCheck, Incidents, QuickCount
from sim.records.polling_hours import PollingHours
from sim.records.register import Register
from sim.replicate.build import Case, parameters_of
from sim.scenario.apply import apply
from sim.scenario.schema import Scenario

LATE = STAGES[STAGES.index("collection") :]
"""Stages after which nothing is heard from the tables: worlds that act here share the honest
evening up to them.
"""


@dataclass(frozen=True, eq=False)
class Electorate:
    """What is drawn once a replicate. streams: kept numbers of the replicate. there: probabilities
    at every table. answered: minutes at which the call centre took the reports, by the minutes at
    which observers first called.
    """

    p: Scenario
    contest: Contest
    register: Register
    streams: KeptStreams
    draws: ElectorateDraws
    national: National
    sample: Sample
    known: Known
    there: TableProbabilities
    answered: dict[bytes, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Voted:
    """A polling day.

    chain: before the polls close; left_share: voters who left the line; delay: minutes of late
    opening.
    """

    chain: Chain
    cast: Count
    left_share: NDArray[np.float32]
    closing_minute: NDArray[np.float32]
    delay: NDArray[np.float32]
    done: tuple[Manipulated, ...] = ()


@dataclass(frozen=True, eq=False)
class Held:
    """A whole polling day with its evening and all that was seen of it."""

    voted: Voted
    chain: Chain
    known: Known
    quick_count: QuickCount
    reports: Incidents
    boxes: BoxCheck
    done: tuple[Manipulated, ...]


def electorate(case: Case, entropy: int, replicate: int) -> Electorate:
    """Draw one replicate's electorate; the polling day is day 0, and no campaign moves the latent
    support.
    """
    streams = KeptStreams(entropy, replicate)
    p = parameters_of(case, streams)
    register, contest = case.register, case.contest
    days = int(np.ceil(p.calendar.horizon_day - case.as_of_day))
    national = draw_national(streams, p.support, p.turnout, p.ballot, contest, case.as_of_day, days)
    draws = draw_electorate(streams, register, contest)
    sample = draw_sample(register, p.quick_count, streams)
    known = what_is_known(register, contest, p.manipulations.known_sd, sample, streams)
    there = table_probabilities(register, draws, p.support, p.turnout, national, 0.0)
    return Electorate(p, contest, register, streams, draws, national, sample, known, there, {})


def vote(e: Electorate, world: World) -> Voted:
    """Return the polling day of a world: register, lines and votes cast."""
    active = enabled(world.manipulations(e.p.manipulations))
    hours = PollingHours(0.0, e.p.calendar.opening_minute, e.p.calendar.closing_minute)
    chain, before = apply_stage(
        "register", open_chain(e.register.registered, hours), e.known, active, e.streams
    )
    came = intended(e.register, e.there.turnout, e.draws)
    chain, on_the_day = apply_stage("day", chain, e.known, active, e.streams)
    patience = e.p.day.patience.model_copy(update={"on": e.p.day.patience.on or world.patience})
    day = polling_day(
        came,
        e.p.day.model_copy(update={"patience": patience}),
        hours.open_minutes,
        e.streams,
        chain.service_factor,
        chain.extra_opening_minutes,
    )
    lookup = count_table(usual_ballots(e.register, e.p.ballot, e.p.turnout))
    shares = ballot_shares(e.contest, e.p.ballot, e.national)
    votes = cast(e.contest, came - day.left, shares, e.there.incumbent, e.draws, lookup).count
    left = (day.left / np.maximum(came, 1)).astype(np.float32)
    return Voted(chain, votes, left, day.closing_minute, day.delay, before + on_the_day)


def seen_as(p: Scenario, evidence: dict[str, object]) -> Scenario:
    """Return the scenario with a variant of the evidence over it."""
    return apply(p, evidence)


def hold(
    e: Electorate, voted: Voted, world: World, p: Scenario, honest: Held | None = None
) -> Held:
    """Return the evening of a world under the evidence of `p`.

    honest: the evening of its baseline on the same votes and evidence; where the world acts late,
    it begins there.
    """
    active = enabled(world.manipulations(p.manipulations))
    if honest is not None and world.acts_on in LATE:
        return _from_honest(e, honest, active, p)
    done = list(voted.done)

    def act(stage: str, chain: Chain, known: Known) -> Chain:
        chain, what = apply_stage(stage, chain, known, active, e.streams)
        done.extend(what)
        return chain

    sections = EveningParameters(p.sheets, p.transmission, p.collection, p.quick_count)
    night = evening(
        voted.chain,
        voted.cast,
        voted.closing_minute,
        e.register,
        e.contest,
        e.sample,
        e.known,
        sections,
        e.streams,
        act,
    )
    chain = night.chain
    boxes = box_check(e.register, voted.cast, chain.machine, p.sheets, e.streams)
    found = causes(tuple(done), voted.left_share, chain.copy_lost, boxes, p.incidents)
    reports = incidents(
        found,
        chain.observer_present,
        chain.witness_present,
        p.incidents,
        e.streams,
        chain.hours.open_minutes,
    )
    count = _through_the_lines(e, night.quick_count, voted.delay, p, chain.hours.open_minutes)
    return Held(voted, chain, night.known, count, reports, boxes, tuple(done))


def _from_honest(
    e: Electorate, honest: Held, active: tuple[Manipulation, ...], p: Scenario
) -> Held:
    chain, done = honest.chain, list(honest.done)
    for stage in LATE:
        if stage == "tabulation":
            chain = replace(chain, tabulated=chain.sheet)
        if stage == "announcement":
            chain = replace(chain, bulletins=bulletins(chain, p.transmission))
        chain, what = apply_stage(stage, chain, honest.known, active, e.streams)
        done.extend(what)
    return replace(honest, chain=chain, done=tuple(done))


def _through_the_lines(
    e: Electorate, count: QuickCount, delay: NDArray[np.float32], p: Scenario, closing: float
) -> QuickCount:
    n = count.table.size
    stamps = call_stamps(count, delay, closing)
    key = stamps[n:].tobytes()
    if key not in e.answered:
        e.answered[key] = reported_at(stamps[n:], p.calls, e.streams)
    return after_calls(count, np.concatenate((stamps[:n], e.answered[key])), closing)
