"""A dry play: does a scenario run, whatever its actors decide?

A file may be right in every line and still meet, in one replicate of ten, a state that no rule was
written for. So a check also plays: the scenario as it is, each option of each decision of each
actor, with each target, from the start and from a day on, and each value of each lever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.records.decisions.forcing import Forcing
from sim.records.events import Decided
from sim.replicate.build import Case, case_at, prepare_case
from sim.replicate.carried import Carried
from sim.replicate.replicate import play, run_replicate
from sim.scenario.forced.event_targets import MADE_BY_EVENTS, ONE_EACH, kind_of, names
from sim.scenario.forced.events import registered_decisions
from sim.scenario.load import Resolved

AS_THEY_ARE = 3
"""Replicates that are played without any change."""

RECKONED = frozenset(
    {
        "statement",
        "publish_sheets",
        "mobilise",
        "petition",
        "certify",
        "repression",
        "protest",
        "recognise",
        "call_winner",
        "threaten",
        "punish",
    }
)
"""Decisions with which others reckon where a scenario fixes them without a date."""

Play = tuple[str, Case, int, Carried | None]
"""What was changed, the case, the replicate, and what it takes over from the play before it."""


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
    on its surrogate: the same decisions, a tenth of the time.
    """
    case = prepare_case(resolved)
    return play_each(case, as_it_is(case, 1) if quick else plays(case))


def play_part(case: Case, part: int, parts: int) -> DryPlay:
    """Play every `parts`-th of all plays of a case, from number `part` on: one process's share."""
    return play_each(case, plays(case)[part::parts])


def play_each(case: Case, wanted: list[Play]) -> DryPlay:
    """Play what is wanted, and keep what failed."""
    entropy, found = case.scenario.run.entropy_value(), []
    for words, changed, replicate, carried in wanted:
        outcome = run_replicate(changed, entropy, replicate, carried)
        if outcome.error:
            found.append(DryFailure(words, replicate, outcome.error))
    return DryPlay(len(wanted), tuple(found))


def plays(case: Case) -> list[Play]:
    """Return all plays of a case: some as it is, then each change."""
    return [*as_it_is(case, AS_THEY_ARE), *_changed(replace(case, alone=True))]


def as_it_is(case: Case, replicates: int) -> list[Play]:
    """Return plays without a change."""
    return [("as it is", case, replicate, None) for replicate in range(replicates)]


def _changed(case: Case) -> Iterator[Play]:
    """Yield each change of the scenario in words, with the case that it makes. What is forced
    moves no parameter, so those plays draw them once.
    """
    carried = Carried()
    for forcing in _forcings(case, made_early(case, case.scenario.run.entropy_value())):
        forced = replace(case, forcings=(*case.forcings, forcing))
        yield forcing_words(forcing), forced, 0, carried
    for path, values in case.scenario.levers.items():
        for value in values:
            yield f"{path} = {value}", case_at(case, {path: value}), 0, None


def _forcings(case: Case, early: frozenset[tuple[str, str]]) -> Iterator[Forcing]:
    """Yield every option of every decision: from half-way to the vote on, and from the start where
    that differs, because the decision is made `early` or is reckoned with before it is made.
    """
    for forcing in options_from_the_start(case):
        soon = (forcing.actor, forcing.decision) in early or forcing.decision in RECKONED
        if forcing.at is None and soon:
            yield forcing
        yield replace(forcing, at=half_way(case))


def made_early(case: Case, entropy: int) -> frozenset[tuple[str, str]]:
    """Return what is decided before half-way to the vote in replicate 0, (actor, decision) each;
    none where it fails, which is told already.
    """
    if run_replicate(case, entropy, 0).error:
        return frozenset()
    decided = play(case, entropy, 0).ledger.of(Decided)
    return frozenset((d.actor, d.decision) for d in decided if d.day < half_way(case))


def half_way(case: Case) -> float:
    """Return a day between the as-of date and the vote."""
    return float(round(case.as_of_day / 2))


def options_from_the_start(case: Case) -> Iterator[Forcing]:
    """Yield every option of every decision, with each target; what only an event makes, half-way
    to the vote.
    """
    scenario = case.scenario
    raw = scenario.model_dump(mode="python")
    for actor, decisions in registered_decisions(scenario).items():
        for decision, options in decisions.items():
            kind = kind_of(raw, actor, decision)
            targets = (names(kind, raw) or []) if kind else []
            for option in options:
                for target in targets if decision in ONE_EACH else ["", *targets]:
                    made = decision in MADE_BY_EVENTS
                    day = half_way(case) if made else None
                    yield Forcing(actor, decision, option, at=day, target=target)


def forcing_words(forcing: Forcing) -> str:
    """Return a forced option as a reader says it."""
    about = f" of {forcing.target}" if forcing.target else ""
    since = "" if forcing.at is None else f" from day {forcing.at}"
    return f"{forcing.actor} {forcing.decision}{about} = {forcing.option}{since}"
