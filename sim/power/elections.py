"""One electorate, many worlds: election days without the strategic layer, on the same random
numbers.

The day is that of models/polling_day/day.py. Nothing is computed twice that a world does not
change: what happens after the copies are in begins with the honest day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.models.chain.call_centre import reported_at
from sim.models.chain.evening import tabulate_and_announce
from sim.models.electorate.support import draw_national
from sim.models.polling_day.day import Act, Voted, count_and_collect
from sim.models.polling_day.day import vote as voted_by
from sim.models.polling_day.people import People, people
from sim.power.replayed_streams import KeptStreams
from sim.power.worlds import PowerWorld
from sim.processes.day.orders import acting
from sim.records.parameters.vote.rule import Stage
from sim.records.vote.chain import STAGES, Chain, ManipulatorView
from sim.records.vote.clock import horizon_day, hours_of, tabulation_limit
from sim.records.vote.contest import Contest
from sim.records.vote.election_day import ElectionDay
from sim.records.vote.register import Register
from sim.replicate.build import Case, parameters_of
from sim.scenario.keys.apply import apply
from sim.scenario.schema import Scenario

LATE = STAGES[STAGES.index("collection") :]
"""Stages after which nothing is heard from the tables: worlds that act here share the honest
evening up to them."""


@dataclass(frozen=True, eq=False)
class Electorate:
    """What is drawn once a replicate. streams: kept numbers of the replicate. answered: minutes at
    which the call centre took the reports, by the minutes at which observers first called.
    """

    p: Scenario
    who: People
    streams: KeptStreams
    answered: dict[bytes, NDArray[np.float64]]

    @property
    def register(self) -> Register:
        """Return the list of tables."""
        return self.who.register

    @property
    def contest(self) -> Contest:
        """Return the ballot."""
        return self.who.contest

    def answer(self, calls: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return when calls are taken, played once for the same calls."""
        key = calls.tobytes()
        if key not in self.answered:
            self.answered[key] = reported_at(calls, self.p.calls, self.streams)
        return self.answered[key]


def electorate(case: Case, entropy: int, replicate: int) -> Electorate:
    """Draw one replicate's electorate; the polling day is day 0, and no campaign moves the latent
    support.
    """
    streams = KeptStreams(entropy, replicate)
    p = parameters_of(case, streams)
    days = int(np.ceil(horizon_day(p.calendar, p.vote) - case.as_of_day))
    drawn = streams, p.support, p.turnout, p.ballot, case.contest
    national = draw_national(*drawn, case.as_of_day, days)
    who = people(case.register, case.contest, national, p, streams, 0.0)
    return Electorate(p, who, streams, {})


def vote(e: Electorate, world: PowerWorld) -> Voted:
    """Return the polling day of a world: register, lines and votes cast."""
    hours = hours_of(e.p.vote)
    patience = e.p.day.patience
    patience = patience.model_copy(update={"on": patience.on or world.patience})
    p = e.p.model_copy(update={"day": e.p.day.model_copy(update={"patience": patience})})
    return voted_by(e.who, p, hours, e.streams, _act(e, world, p))


def seen_as(p: Scenario, evidence: dict[str, object]) -> Scenario:
    """Return the scenario with a variant of the evidence over it."""
    return apply(p, evidence)


def run_evening(
    e: Electorate, voted: Voted, world: PowerWorld, p: Scenario, honest: ElectionDay | None = None
) -> ElectionDay:
    """Return the whole day of a world under the evidence of `p`, bulletins included.

    honest: the day of its baseline on the same votes and evidence; where the world acts late, it
    begins there.
    """
    act = _act(e, world, p)
    if honest is not None and world.acts_on in LATE:
        day = _done_at(_done_at(honest, "collection", act), "transmission", act)
    else:
        day = count_and_collect(e.who, voted, p, e.streams, act, answer=e.answer)
    return _announced(day, act, p)


def _act(e: Electorate, world: PowerWorld, p: Scenario) -> Act:
    return acting(world.manipulations(p.manipulations), e.streams)


def _done_at(day: ElectionDay, stage: str, act: Act) -> ElectionDay:
    chain, what = act(stage, day.chain, day.known)
    return replace(day, chain=chain, done=day.done + what)


def _announced(day: ElectionDay, act: Act, p: Scenario) -> ElectionDay:
    done = list(day.done)

    def noting(stage: str, chain: Chain, known: ManipulatorView) -> Chain:
        chain, what = act(stage, chain, known)
        done.extend(what)
        return chain

    chain = tabulate_and_announce(day.chain, day.known, stages_of(p), noting)
    return replace(day, chain=chain, done=tuple(done))


def stages_of(p: Scenario) -> tuple[Stage, ...]:
    """Return the stages of a case: a count is announced at the limit of tabulation where none of
    them has an hour and its share is never in.
    """
    stages = p.vote.stages
    if any(stage.hours is not None for stage in stages):
        return stages
    days = tabulation_limit(p.calendar, p.vote, 0.0) - hours_of(p.vote).close
    return (*stages, Stage(hours=24 * max(days, 0.0)))
