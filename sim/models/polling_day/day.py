"""An election day from those who come to all that can be seen of it: people, vote, evening.

Written once, for scenarios and for the power study. Nothing here knows a clock, a scenario or a
manipulation: everything is an argument, and `act` lets whatever is done at a stage of the chain be
done there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.chain.box_check import box_check, no_boxes
from sim.models.chain.call_centre import reported_at
from sim.models.chain.evening import Evening, EveningParameters, evening
from sim.models.chain.incidents import causes, incidents
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.people import People
from sim.models.polling_day.queue_surface import polling_day
from sim.models.polling_day.votes import ballot_shares, cast, intended, usual_ballots
from sim.models.quick_count.returns import after_calls, call_stamps
from sim.records.parameters.root import Parameters
from sim.records.seen.evidence import BoxCheck, Incidents, QuickCount
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView, open_chain
from sim.records.vote.election_day import ElectionDay
from sim.records.vote.polling_hours import PollingHours
from sim.records.vote.truth import Truth
from sim.rng import Streams

Act = Callable[[str, Chain, ManipulatorView], tuple[Chain, tuple[Manipulated, ...]]]
"""Return the chain after what is done at a stage, and what was done."""
Answer = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Return the minutes at which calls are taken, by the minutes at which they are first made."""


def nothing_done(
    stage: str, chain: Chain, known: ManipulatorView
) -> tuple[Chain, tuple[Manipulated, ...]]:
    """Return the chain as it is: the `act` of an honest day."""
    return chain, ()


@dataclass(frozen=True, slots=True, eq=False)
class Voted:
    """The day up to the close of the polls. chain: after the stages `register` and `day`. delay:
    (M,) minutes after the legal opening at which the tables opened. small_cap_cells: as of `cast`.
    done: what was done so far.
    """

    truth: Truth
    chain: Chain
    delay: NDArray[np.float32]
    small_cap_cells: int
    done: tuple[Manipulated, ...]


def vote(
    who: People,
    p: Parameters,
    hours: PollingHours,
    streams: Streams,
    act: Act = nothing_done,
    off_the_ballot: Collection[int] = (),
) -> Voted:
    """Return the day up to the close: register, lines and votes cast. off_the_ballot: rows that
    count for nobody.
    """
    chain, before = act("register", open_chain(who.register.registered, hours), who.known)
    came = intended(who.register, who.there.turnout, who.draws)
    chain, by_day = act("day", chain, who.known)
    slow, late = chain.service_factor, chain.extra_opening_minutes
    day = polling_day(came, p.day, hours.open_minutes, streams, slow, late)
    shares = ballot_shares(who.contest, p.ballot, who.national, who.shifts, off_the_ballot)
    lookup = count_table(usual_ballots(who.register, p.ballot, p.turnout))
    votes = cast(who.contest, came - day.left, shares, who.there.incumbent, who.draws, lookup)
    truth = Truth(
        cast=votes.count,
        registered=who.register.registered,
        intended=came,
        left=day.left,
        closing_minute=day.closing_minute,
        mean_wait=day.mean_wait,
        p95_wait=day.p95_wait,
        over_30_share=day.over_30_share,
    )
    return Voted(truth, chain, day.delay, votes.small_cap_cells, before + by_day)


def count_and_collect(
    who: People,
    voted: Voted,
    p: Parameters,
    streams: Streams,
    act: Act = nothing_done,
    accreditation_factor: float = 1.0,
    answer: Answer | None = None,
) -> ElectionDay:
    """Return the evening after the vote, and with it the whole day.

    accreditation_factor multiplies the levels of witnesses and observers. answer: the call centre,
    where a caller keeps what it answered before; None: `reported_at` on the streams.
    """
    night, done = _evening(who, voted, p, streams, act, accreditation_factor)
    boxes = no_boxes()
    if p.vote.count == "machine":
        boxes = box_check(who.register, voted.truth.cast, night.chain.machine, p.sheets, streams)
    reports = _reports(voted, night.chain, boxes, done, p, streams)
    taken = answer or (lambda calls: reported_at(calls, p.calls, streams))
    return ElectionDay(
        voted.truth,
        night.chain,
        night.known,
        _through_the_lines(night, voted.delay, taken),
        reports,
        boxes,
        voted.delay,
        voted.small_cap_cells,
        done,
    )


def _evening(
    who: People,
    voted: Voted,
    p: Parameters,
    streams: Streams,
    act: Act,
    accreditation_factor: float,
) -> tuple[Evening, tuple[Manipulated, ...]]:
    done = list(voted.done)

    def noting(stage: str, chain: Chain, known: ManipulatorView) -> Chain:
        chain, what = act(stage, chain, known)
        done.extend(what)
        return chain

    night = evening(
        voted.chain,
        voted.truth.cast,
        voted.truth.closing_minute,
        who.register,
        who.contest,
        who.sample,
        who.known,
        EveningParameters(p.sheets, p.transmission, p.collection, p.quick_count),
        streams,
        noting,
        accreditation_factor,
    )
    return night, tuple(done)


def _reports(
    voted: Voted,
    chain: Chain,
    boxes: BoxCheck,
    done: tuple[Manipulated, ...],
    p: Parameters,
    streams: Streams,
) -> Incidents:
    truth = voted.truth
    left_share = (truth.left / np.maximum(truth.intended, 1)).astype(np.float32)
    found = causes(done, left_share, chain.copy_lost, boxes, p.incidents)
    inside = chain.observer_present, chain.witness_present
    return incidents(found, *inside, p.incidents, streams, chain.hours.open_minutes)


def _through_the_lines(night: Evening, delay: NDArray[np.float32], answer: Answer) -> QuickCount:
    """Return the quick count with the hours at which the call centre took each report.

    Reports of the opening come long before the first results, when all lines are free again: the
    night's calls are played alone.
    """
    count, closing = night.quick_count, night.chain.hours.open_minutes
    n, stamps = count.table.size, call_stamps(count, delay, closing)
    return after_calls(count, np.concatenate((stamps[:n], answer(stamps[n:]))), closing)


def election_day(
    who: People,
    p: Parameters,
    hours: PollingHours,
    streams: Streams,
    act: Act = nothing_done,
    off_the_ballot: Collection[int] = (),
    accreditation_factor: float = 1.0,
) -> ElectionDay:
    """Return the whole day: `vote`, then `count_and_collect`."""
    voted = vote(who, p, hours, streams, act, off_the_ballot)
    return count_and_collect(who, voted, p, streams, act, accreditation_factor)
