"""The composition root: from a loaded scenario to a case, and from (case, entropy, replicate) to a
world ready to run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import simpy

from sim.actors.led import Led
from sim.actors.register import actors_of
from sim.errors import InputError
from sim.files.frame_file import read_frame
from sim.files.states_file import read_states
from sim.ledger import Ledger
from sim.measures.families.register import families
from sim.measures.register import measures_with
from sim.models.electorate.contest import contest_of
from sim.models.electorate.frame import synthesise
from sim.processes import beliefs, forced
from sim.processes.after import aftermath, night
from sim.processes.before import (
    campaign,
    candidacy,
    conduct,
    negotiation,
    outcry,
    sanctions,
    withdrawals,
)
from sim.processes.day import missions
from sim.processes.day.electorate import NationalElectorate
from sim.processes.day.standing import Setting
from sim.processes.day.surrogate import Surrogate
from sim.processes.world import Electorate, World
from sim.records.decisions.forcing import Forcing
from sim.records.results.outcome import Measure, OwnMeasure
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.records.vote.states import StateTable
from sim.records.who import who_of
from sim.replicate.carried import Carried
from sim.replicate.cross_checks import check_names
from sim.replicate.fit_checks import check_fit
from sim.rng import Streams
from sim.scenario.drawn.assumptions import SET, Assumption
from sim.scenario.forced.by_name import is_decision, with_decisions
from sim.scenario.forced.events import forcings
from sim.scenario.keys.apply import apply, draw_uncertainties
from sim.scenario.load import Resolved
from sim.scenario.own import Own
from sim.scenario.schema import Scenario

PROCESSES: dict[str, Callable[[World], None]] = {
    "beliefs": beliefs.start,
    "negotiation": negotiation.start,
    "sanctions": sanctions.start,
    "candidacy": candidacy.start,
    "withdrawals": withdrawals.start,
    "outcry": outcry.start,
    "campaign": campaign.start,
    "conduct": conduct.start,
    "forced": forced.start,
    "election_day": lambda world: world.electorate.start(world),
    "night": night.start,
    "aftermath": aftermath.start,
    "missions": missions.start,
}
"""All processes, started in this order: it decides which of two events at one moment comes first.
"""

STRUCTURE = ("frame", "candidates")
"""Tables that change the register or the ballot, and so what has to be built again at a design
point.
"""


@dataclass(frozen=True, eq=False)
class Case:
    """All that a replicate needs beside entropy and number: frozen and picklable, sent to workers
    as it is.

    measures: outcomes beside those of the register: of the parts of the case, and the user's own.
    fixed: dotted paths whose uncertainty is not drawn, because a file, `--set` or a design point
    gives the value. assumptions: what is drawn once a set of replicates; empty where they are
    fixed.
    """

    scenario: Scenario
    register: Register
    contest: Contest
    forcings: tuple[Forcing, ...]
    fixed: frozenset[str]
    states: StateTable
    frame: Path | None
    headline: str
    alone: bool = False
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)
    own: Own = field(default_factory=Own)
    measures: Mapping[str, OwnMeasure] = field(default_factory=dict)

    def set_of(self, replicate: int) -> int | None:
        """Return the number of a replicate's set, None where assumptions are fixed."""
        return replicate // SET if self.drawn else None

    @property
    def drawn(self) -> bool:
        """Return whether assumptions are drawn."""
        return self.scenario.run.assumptions == "drawn"

    @property
    def as_of_day(self) -> float:
        """Return the house day of the as-of date."""
        return float((self.scenario.as_of - self.scenario.vote.days[0]).days)


def prepare_case(resolved: Resolved, *, alone: bool = False) -> Case:
    """Return the case of a loaded scenario; `alone` runs the strategic layer on its surrogate
    electorate.

    Raises:
        InputError: the frame or the ballot cannot be built.
    """
    check_names(resolved)
    scenario = resolved.scenario
    states = _states(resolved.seed.folder / "states.csv")
    frame = resolved.inputs.get("frame.file")
    report = scenario.measures.report
    headline = report[0] if report else "vote_winner"
    try:
        register = _register(scenario, states, frame)
        contest = _contest(scenario, register)
    except InputError as error:
        raise InputError([resolved.placed(problem) for problem in error.problems]) from None
    check_fit(resolved, register, contest)
    fixed, forced = frozenset(resolved.fixed), forcings(scenario)
    drawn = resolved.assumptions if scenario.run.assumptions == "drawn" else {}
    about = forced, fixed, states, frame, headline, alone, drawn
    return Case(scenario, register, contest, *about, resolved.own, more_measures(resolved))


def more_measures(resolved: Resolved) -> dict[str, OwnMeasure]:
    """Return the outcomes of the parts that a case declares, then the user's own."""
    return {**families(resolved.scenario), **resolved.own.measures}


def measures_of(resolved: Resolved) -> Mapping[str, Measure]:
    """Return what each outcome of a scenario declares: of the register, of the case, of the
    user.
    """
    return measures_with(more_measures(resolved))


def case_at(case: Case, point: Mapping[str, Any]) -> Case:
    """Return the case at a design point: values at dotted paths, which are then no longer drawn,
    and options of decisions, fixed from the start.

    Raises:
        InputError: a path or a value is refused.
    """
    if not point:
        return case
    options = {path: point[path] for path in point if is_decision(case.scenario.cast, _keys(path))}
    values = {path: value for path, value in point.items() if path not in options}
    scenario = with_decisions(apply(case.scenario, values), options)
    changed = replace(
        case,
        scenario=scenario,
        fixed=case.fixed | set(values),
        forcings=forcings(scenario),
        assumptions={path: law for path, law in case.assumptions.items() if path not in point},
    )
    if not any(path.split(".")[0] in STRUCTURE or path == "ballot.small_share" for path in point):
        return changed
    register = _register(scenario, case.states, case.frame)
    return replace(changed, register=register, contest=_contest(scenario, register))


def _keys(path: str) -> list[str]:
    return path.split(".")


@lru_cache(maxsize=8)
def _states(file: Path) -> StateTable:
    return read_states(file)


def _register(scenario: Scenario, states: StateTable, frame: Path | None) -> Register:
    """Return the register of the user's frame file, or the synthesis of the seed's state table."""
    return (
        synthesise(states, scenario.frame, scenario.seed)
        if frame is None
        else read_frame(frame, states, scenario.frame)
    )


def _contest(scenario: Scenario, register: Register) -> Contest:
    return contest_of(
        scenario.candidates, scenario.ballot.small_share, int(register.registered.max())
    )


def parameters_of(case: Case, streams: Streams, carried: Carried | None = None) -> Scenario:
    """Return the scenario of one replicate: the assumptions of its set, then its uncertain values,
    each drawn from its own stream.
    """
    about = case.scenario, case.assumptions, streams.entropy, streams.replicate
    scenario = (carried or Carried()).scenario(*about)
    drawn = draw_uncertainties(scenario, streams)
    return apply(scenario, {path: v for path, v in drawn.items() if path not in case.fixed})


def build_world(case: Case, entropy: int, replicate: int, carried: Carried | None = None) -> World:
    """Return the world of one replicate at the as-of day, nothing started. carried: from earlier
    replicates of the same case and entropy.
    """
    streams = Streams(entropy, replicate, None if carried is None else carried.names)
    p = parameters_of(case, streams, carried)
    env = simpy.Environment(initial_time=case.as_of_day)
    electorate = _electorate(case, p, streams)
    actors = actors_of(p)
    for key, policy in case.own.policies.items():
        actors[key] = Led(actors[key], policy, streams(f"policy/{key}"))
    about = case.contest, case.register, Ledger(), actors, case.forcings, electorate
    return World(env, streams, p, *about, case.as_of_day, who_of(p.cast, p.candidates))


def _electorate(case: Case, p: Scenario, streams: Streams) -> Electorate:
    """Return the surrogate where the strategic layer runs alone, else all polling tables."""
    if case.alone:
        return Surrogate(p, case.contest, streams, case.as_of_day)
    return NationalElectorate(
        Setting(p, case.contest, case.register, streams, case.own.estimators), case.as_of_day
    )


def start_processes(world: World) -> None:
    """Start every process in register order."""
    for start in PROCESSES.values():
        start(world)
