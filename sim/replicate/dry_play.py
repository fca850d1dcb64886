"""A dry play: does a scenario run, whatever its actors decide?

A file may be right in every line and still meet, in one replicate of ten, a state that no rule was
written for. So a check also plays: the scenario as it is, each option of each decision of each
actor, with each target, from the start and from a day on, and each value of each lever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.records.decisions.forcing import Forcing
from sim.replicate.build import Case, case_at, prepare_case
from sim.replicate.replicate import run_replicate
from sim.scenario.forced.event_targets import MADE_BY_EVENTS, ONE_EACH, kind_of, names
from sim.scenario.forced.events import registered_decisions
from sim.scenario.load import Resolved

AS_THEY_ARE = 3
"""Replicates that are played without any change."""


@dataclass(frozen=True, slots=True)
class DryFailure:
    """A play that failed: what was changed in it, in the words of `--set` or an event, and why."""

    changed: str
    replicate: int
    error: str


@dataclass(frozen=True, slots=True)
class DryPlay:
    """How many replicates were played, and those that failed."""

    played: int
    failures: tuple[DryFailure, ...]


def dry_play(resolved: Resolved, *, quick: bool = False) -> DryPlay:
    """Play a scenario in all the ways that its actors and levers can go.

    quick: one replicate as it is, nothing else. Changed replicates play the strategic layer alone
    where the scenario has its surrogate: the same decisions, a tenth of the time.
    """
    case = prepare_case(resolved)
    entropy = resolved.scenario.run.entropy_value()
    light = case if resolved.scenario.surrogate is None else replace(case, alone=True)
    plays = [("", case, r) for r in range(1 if quick else AS_THEY_ARE)]
    if not quick:
        plays += [(words, changed, 0) for words, changed in _changed(light, resolved)]
    found = []
    for words, changed, replicate in plays:
        outcome = run_replicate(changed, entropy, replicate)
        if outcome.error:
            found.append(DryFailure(words or "as it is", replicate, outcome.error))
    return DryPlay(len(plays), tuple(found))


def _changed(case: Case, resolved: Resolved) -> Iterator[tuple[str, Case]]:
    """Yield each change of the scenario in words, with the case that it makes."""
    for forcing in _forcings(case):
        yield _words(forcing), replace(case, forcings=(*case.forcings, forcing))
    for path, values in resolved.scenario.levers.items():
        for value in values:
            yield f"{path} = {value}", case_at(case, {path: value})


def _forcings(case: Case) -> Iterator[Forcing]:
    """Yield every option of every decision: from the start, and from half-way to the vote on."""
    scenario = case.scenario
    raw = scenario.model_dump(mode="python")
    half_way = round(case.as_of_day / 2)
    for actor, decisions in registered_decisions(scenario).items():
        for decision, options in decisions.items():
            kind = kind_of(raw, actor, decision)
            targets = (names(kind, raw) or []) if kind else []
            for option in options:
                for target in targets if decision in ONE_EACH else ["", *targets]:
                    if decision not in MADE_BY_EVENTS:
                        yield Forcing(actor, decision, option, target=target)
                    yield Forcing(actor, decision, option, day=float(half_way), target=target)


def _words(forcing: Forcing) -> str:
    """Return a forced option as a reader says it."""
    about = f" of {forcing.target}" if forcing.target else ""
    since = "" if forcing.day is None else f" from day {forcing.day:g}"
    return f"{forcing.actor} {forcing.decision}{about} = {forcing.option}{since}"
