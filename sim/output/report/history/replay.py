"""Replicates played again, for what a run folder does not keep: dates, regions, polls, stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.estimators.register import ESTIMATORS, STREAM
from sim.ledger import Event
from sim.output.report.run.moments import Path3
from sim.output.report.run.stories import chosen, same_outcomes, tell
from sim.output.report.run.subject import Subject
from sim.processes.world import World
from sim.records import events as e
from sim.replicate.build import prepare_case
from sim.replicate.carried import Carried
from sim.replicate.trace import Trace, play_again
from sim.rng import Streams

REPLAYED = 40
HOURS = (1.0, 2.0, 3.0, 4.0, 6.0, 9.0, 12.0)
METHOD = "quick_count_ratio"
MINUTES = tuple(range(0, 361, 15))
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evening:
    """One election night. cast: lead in the votes cast. estimates: (hour after closing, estimate,
    low, high). bulletins: (hour, lead, share counted). sent, scanned: (hour, share of tables).
    """

    cast: float
    estimates: tuple[tuple[float, float, float, float], ...]
    bulletins: tuple[tuple[float, float, float], ...]
    sent: tuple[tuple[float, float], ...]
    scanned: tuple[tuple[float, float], ...]
    tables: int


@dataclass(frozen=True, slots=True)
class Regions:
    """By region (S,): lead in the votes cast, turnout, share of tables whose copy is held, and mean
    wait in minutes; NaN where there is nothing.
    """

    lead: Floats
    turnout: Floats
    coverage: Floats
    wait: Floats


@dataclass(frozen=True, slots=True)
class History:
    """One replicate played again. place: in the run's columns. events: its ledger. closing: share
    of tables closed by each of `MINUTES` after the legal hour. Parts that need an election are None
    where none was held.
    """

    place: int
    number: int
    events: tuple[Event, ...]
    short: list[tuple[str, str, str]]
    whole: list[str]
    regions: Regions | None
    evening: Evening | None
    closing: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Replay:
    """The replicates played again: those of the stories first. states: names of the regions. why:
    why there are none, or "".
    """

    histories: tuple[History, ...]
    states: tuple[str, ...]
    told: int
    why: str

    @property
    def n(self) -> int:
        """Return how many there are."""
        return len(self.histories)


def replay(subject: Subject, paths: Sequence[Path3], most: int | None) -> Replay:
    """Return the replay of the stories' replicates and of the run's first others, `most` in all
    (40 unless told); none where the scenario is no longer the same.
    """
    if subject.resolved is None:
        return Replay((), (), 0, subject.stale)
    if most == 0:
        return Replay((), (), 0, "no replicate was played again (--replay 0)")
    first = chosen(paths)
    rest = [k for k in range(len(paths)) if k not in first]
    places = [*first, *rest][: max(most or REPLAYED, len(first))]
    case, carried, found = prepare_case(subject.resolved), Carried(), list[History]()
    states: tuple[str, ...] = ()
    for count, place in enumerate(places):
        entropy = int(subject.manifest["entropy"], 16)
        number = subject.replicates[place]
        traced = play_again(case, subject.resolved, entropy, number, carried)
        if not same_outcomes(subject, place, traced.outcome.values):
            why = "the replicates, played again, give other outcomes than those stored"
            return Replay((), (), 0, why)
        found.append(_history(subject, place, traced, count < len(first)))
        if traced.world.register is not None:
            states = traced.world.register.states
    return Replay(tuple(found), states, len(first), "")


def _history(subject: Subject, place: int, traced: Trace, night: bool) -> History:
    short, whole = tell(traced.ledger, subject)
    world = traced.world
    held = world.electorate.truth is not None and world.register is not None
    return History(
        place,
        traced.outcome.replicate,
        tuple(traced.ledger),
        short,
        whole,
        _regions(world) if held else None,
        _evening(world, traced) if held and night else None,
        _closing(world) if held else None,
    )


def _regions(world: World) -> Regions | None:
    truth, register, standing = world.electorate.truth, world.register, world.electorate.standing
    if truth is None or register is None or standing is None:
        return None
    state = register.centre_state[register.centre].astype(np.int64)
    size = len(register.states)

    def by_state(values: NDArray[np.generic]) -> Floats:
        sums = np.bincount(state, weights=values.astype(np.float64), minlength=size)[:size]
        return np.asarray(sums, dtype=np.float64)

    two = truth.cast.votes[world.contest.challenger] - truth.cast.votes[world.contest.incumbent]
    ballots = truth.cast.ballots
    held = standing.day.chain.copy_held
    with np.errstate(divide="ignore", invalid="ignore"):
        return Regions(
            by_state(two) / by_state(truth.cast.valid),
            by_state(ballots) / by_state(truth.registered),
            by_state(held) / by_state(np.ones_like(state)),
            by_state(truth.mean_wait * ballots) / by_state(ballots),
        )


def _closing(world: World) -> tuple[float, ...] | None:
    truth = world.electorate.truth
    if truth is None:
        return None
    late = np.asarray(truth.closing_minute, dtype=np.float64)
    hours = world.electorate.standing.day.chain.hours if world.electorate.standing else None
    if hours is not None and float(np.median(late)) >= hours.open_minutes * 0.9:
        late = late - hours.open_minutes
    return tuple(float((late <= minute).mean()) for minute in MINUTES)


def _evening(world: World, traced: Trace) -> Evening | None:
    truth, standing = world.electorate.truth, world.electorate.standing
    if truth is None or standing is None or world.register is None:
        return None
    totals = truth.cast.totals
    a, b = world.contest.challenger, world.contest.incumbent
    cast = float(totals[a] - totals[b]) / max(int(totals.sum()), 1)
    hours = standing.day.chain.hours
    tables = len(world.register.registered)
    last = hours.day_of(hours.open_minutes + 60 * HOURS[-1])
    evidence = world.electorate.evidence(last)
    estimates = []
    streams = Streams(traced.entropy, traced.outcome.replicate)
    for hour in HOURS if evidence is not None and evidence.quick_count is not None else ():
        assert evidence is not None
        at = replace(evidence, as_of_hours=hour)
        found = ESTIMATORS[METHOD](world.p.monitoring).assess(at, streams(STREAM + METHOD))
        if found.estimate is not None and found.low is not None and found.high is not None:
            sign = 1.0 if _same_sign(found.quantity, evidence.candidates, a) else -1.0
            low, high = sorted((sign * found.low, sign * found.high))
            estimates.append((hour, sign * found.estimate, low, high))
    ledger = list(traced.ledger)
    when = hours.hour_of
    return Evening(
        cast,
        tuple(estimates),
        tuple(
            (when(x.day), x.lead, x.share_counted)
            for x in ledger
            if isinstance(x, e.ResultAnnounced)
        ),
        tuple((when(x.day), x.tables / tables) for x in ledger
              if isinstance(x, e.SheetsTransmitted)),
        tuple((when(x.day), x.tables / tables) for x in ledger if isinstance(x, e.SheetsScanned)),
        tables,
    )  # fmt: skip


def _same_sign(quantity: str, candidates: Sequence[str], challenger: int) -> bool:
    """Return whether a lead is that of the challenger: its quantity names them first."""
    return quantity.startswith(f"lead of {candidates[challenger]} over")
