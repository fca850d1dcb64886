"""What only the composition root can check of a scenario: names that point to registered parts,
candidates, licences, tracks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sim.actors.register import ROLES
from sim.errors import InputError, Problem
from sim.estimators.register import ESTIMATORS
from sim.manipulations.register import MANIPULATIONS
from sim.measures.families.register import families
from sim.measures.register import measures_with
from sim.models.bargaining.base import BilateralModel
from sim.models.bargaining.register import BARGAINING, ROUND_MODELS
from sim.processes.effects.register import EFFECTS
from sim.records.who import who_of
from sim.scenario.load import Resolved

Path = tuple[str | int, ...]


def check_names(resolved: Resolved) -> None:
    """Raise InputError with every name that points to nothing."""
    problems = list(_problems(resolved))
    if problems:
        raise InputError(problems)


def _problems(resolved: Resolved) -> Iterator[Problem]:
    p, own = resolved.scenario, resolved.own
    estimators = {**ESTIMATORS, **own.estimators}
    outcomes = measures_with({**families(p), **own.measures})
    yield from _unknown(resolved, ("measures", "report"), p.measures.report, outcomes, "outcome")
    yield from _unknown(
        resolved, ("monitoring", "estimators"), p.monitoring.estimators, estimators, "estimator"
    )
    for key, member in p.cast.items():
        yield from _unknown(resolved, ("cast", key, "roles"), member.roles, ROLES, "role")
        if member.observer is not None:
            here, named = ("cast", key, "observer", "estimators"), member.observer.estimators
            yield from _unknown(resolved, here, named, estimators, "estimator")
    if p.negotiation.tracks:
        yield from _one(
            resolved,
            ("negotiation", "model"),
            p.negotiation.model,
            ROUND_MODELS,
            "model of a round",
        )
    for track in p.negotiation.tracks:
        yield from _one(
            resolved,
            ("negotiation", "tracks", track),
            track,
            p.issue_space.tracks,
            "track of the issue space",
        )
    for name in p.sanctions.instruments:
        yield from _one(
            resolved,
            ("sanctions", "instruments", name),
            name,
            ("designations", *p.licences),
            "instrument",
        )
    for key, made in MANIPULATIONS.items():
        wanted = getattr(p.manipulations, key)
        if wanted.enabled and p.vote.count == "hand" and made(wanted).acts_on == "machine":
            said = f"{key} acts on machines, and this vote is counted by hand"
            yield resolved.problem(
                ("manipulations", key, "enabled"),
                said,
                "sheet_alteration acts on the count at the table",
            )
        beneficiary = getattr(p.manipulations, key).beneficiary
        if beneficiary:
            yield from _one(
                resolved,
                ("manipulations", key, "beneficiary"),
                beneficiary,
                p.candidates,
                "candidate",
            )
    yield from _transfer(resolved)
    yield from _people(resolved)
    yield from _members(resolved)
    yield from _agreements(resolved)


def _transfer(resolved: Resolved) -> Iterator[Problem]:
    p = resolved.scenario
    for key, shares in p.vote.transfer.to.items():
        where = ("vote", "transfer", "to", key)
        for name in (key, *shares):
            yield from _one(resolved, where, name, p.candidates, "candidate")


def _members(resolved: Resolved) -> Iterator[Problem]:
    """Yield names of members that a case does not have."""
    p = resolved.scenario
    who = who_of(p.cast, p.candidates)
    others = (*who.challengers, *who.senders)
    for key, track in p.negotiation.tracks.items():
        where = ("negotiation", "tracks", key, "other")
        yield from _one(resolved, where, track.other, others, "challenger or sender")
    for key, issue in p.issues.items():
        yield from _unknown(resolved, ("issues", key, "by"), issue.by, p.cast, "member of the cast")


def _agreements(resolved: Resolved) -> Iterator[Problem]:
    p = resolved.scenario
    for key, issue in p.issues.items():
        yield from _one(resolved, ("issues", key, "effect"), issue.effect, EFFECTS, "effect")
        brings = {name for level in issue.brings for name in level}
        for name in sorted(brings):
            yield from _one(resolved, ("issues", key, "brings"), name, p.licences, "instrument")
    if p.deals.signed_at:
        where = ("deals", "signed_at")
        yield from _one(resolved, where, p.deals.signed_at, p.negotiation.tracks, "track")
    for key in p.deals.signed:
        yield from _one(resolved, ("deals", "signed", key), key, p.issues, "issue")
    if p.negotiation.tracks and p.deals.stakes == "game":
        known = [k for k in ROUND_MODELS if isinstance(BARGAINING[k], BilateralModel)]
        told = 'model that reads both sides\' gains (stakes = "game")'
        yield from _one(resolved, ("negotiation", "model"), p.negotiation.model, known, told)


def _people(resolved: Resolved) -> Iterator[Problem]:
    c = resolved.scenario.candidacy
    known = {*resolved.scenario.candidates, *c.statuses, c.substitute, ""}
    for field in ("carrier", "endorsed", "leader"):
        yield from _one(resolved, ("candidacy", field), getattr(c, field), known, "person")
    yield from _unknown(resolved, ("candidacy", "signatories"), c.signatories, known, "person")


def _unknown(
    resolved: Resolved, path: Path, names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Problem]:
    for number, name in enumerate(names):
        yield from _one(resolved, (*path, number), name, known, what)


def _one(
    resolved: Resolved, path: Path, name: str, known: Iterable[str], what: str
) -> Iterator[Problem]:
    names = list(known)
    if name not in names:
        near = get_close_matches(name, names, 1)
        hint = (
            f"did you mean '{near[0]}'?"
            if near
            else f"known: {', '.join(n for n in names[:12] if n)}"
        )
        yield resolved.problem(path, f"no {what} is called '{name}'", hint)
