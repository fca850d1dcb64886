"""What only the composition root can check of a scenario: names that point to registered parts,
candidates, licences, tracks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sim.errors import InputError, Problem
from sim.estimators.register import ESTIMATORS
from sim.manipulations.register import MANIPULATIONS
from sim.measures.register import MEASURES
from sim.models.bargaining.register import ROUND_MODELS
from sim.scenario.load import Resolved

Path = tuple[str | int, ...]


def check_names(resolved: Resolved) -> None:
    """Raise InputError with every name that points to nothing."""
    problems = list(_problems(resolved))
    if problems:
        raise InputError(problems)


def _problems(resolved: Resolved) -> Iterator[Problem]:
    p = resolved.scenario
    yield from _unknown(resolved, ("measures", "report"), p.measures.report, MEASURES, "outcome")
    yield from _unknown(
        resolved, ("monitoring", "estimators"), p.monitoring.estimators, ESTIMATORS, "estimator"
    )
    for key, member in p.cast.items():
        if member.observer is not None:
            here, named = ("cast", key, "observer", "estimators"), member.observer.estimators
            yield from _unknown(resolved, here, named, ESTIMATORS, "estimator")
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
    for key in MANIPULATIONS:
        beneficiary = getattr(p.manipulations, key).beneficiary
        if beneficiary:
            yield from _one(
                resolved,
                ("manipulations", key, "beneficiary"),
                beneficiary,
                p.candidates,
                "candidate",
            )
    yield from _people(resolved)


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
