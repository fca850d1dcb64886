"""The answer of a run in a few sentences, each figure with its error, and what would change it."""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from typing import Any

from sim.json_text import json_text
from sim.output.report.draw.actors import side
from sim.output.report.page.parts import Change
from sim.output.report.page.words import (
    COUNTED,
    FEW,
    TOO_FEW,
    capital,
    chance,
    date,
    listed,
    percent,
    replicates,
)
from sim.output.report.run.moments import Moment, Path3, moments, same_side
from sim.output.report.run.subject import Subject, assumed_ranges


def answer(subject: Subject, paths: Sequence[Path3]) -> list[str]:
    """Return the paragraphs of the answer."""
    if not paths:
        return [
            f"This run of {replicates(subject.n)} does not record the three outcomes; "
            "the table below holds what it records."
        ]
    found = [_parting(subject, paths), *_sides(subject, moments(paths, subject.sets))]
    return [" ".join(found), " ".join([*_errors(subject), assumption_words(subject)])]


def _parting(subject: Subject, paths: Sequence[Path3]) -> str:
    """Return how often the side with most votes governs."""
    said = same_side(paths, subject.sets)
    day = date(subject.inauguration)
    if subject.n < FEW:
        return (
            f"Of {replicates(subject.n)}, {TOO_FEW}, the side with most votes holds office on "
            f"{day} in {said.k}."
        )
    head = f"In {said.value()}" + ("" if " of " in said.value() else f" of {subject.n:,}")
    return (
        f"{head} simulated elections the side with most votes holds office on {day} "
        f"(90% Monte Carlo interval {said.span()})."
    )


def _sides(subject: Subject, at: Sequence[Moment]) -> list[str]:
    """Return one sentence for each of the two main sides that occur."""
    found = []
    for who in ("opposition", "incumbent"):
        votes, announced, office = (moment.of(who) for moment in at)
        if votes.k + announced.k + office.k:
            found.append(
                f"{capital(side(who).clause)} gets most votes in {votes.words()}, is announced as "
                f"winner in {announced.words()} and holds office in {office.words()}."
            )
    return found


def _errors(subject: Subject) -> list[str]:
    found = ["In brackets: 90% Monte Carlo intervals, which more replicates shorten."]
    if subject.n < FEW:
        found = ["The Monte Carlo intervals of so few are in the data table below the chart."]
    if subject.failed:
        total = subject.n + subject.failed
        found.append(f"{subject.failed:,} of {total:,} replicates failed and are left out.")
    return found


def assumption_words(subject: Subject) -> str:
    """Return how far the assumptions let the chance of office move, or that this was not run."""
    ranges = assumed_ranges(subject)
    found = office_range(ranges) if ranges is not None else None
    if ranges is None or found is None:
        return (
            "How far the assumptions would move these figures is not told here: they are fixed, or "
            "the replicates are few."
        )
    return (
        f"What {ranges['parameters']} drawn assumptions leave open: the chance that "
        f"{side(found['category']).clause} holds office lies between {percent(found['low'])} and "
        f"{percent(found['high'])} (central 90%, from {ranges['points']} draws); more replicates "
        "do not shorten that."
    )


def office_range(ranges: dict[str, Any]) -> dict[str, Any] | None:
    """Return the range of the opposition's chance of office, where it was computed."""
    wanted = ("office_holder_inauguration", "opposition")
    return next((r for r in ranges["ranges"] if (r["outcome"], r["category"]) == wanted), None)


def changes(subject: Subject) -> list[Change]:
    """Return what would change the answer: assumptions, levers, replicates."""
    found = [_assumptions(subject), _levers(subject), _replicates(subject)]
    return [one for one in found if one is not None]


def _assumptions(subject: Subject) -> Change:
    ranges = assumed_ranges(subject)
    entry = office_range(ranges) if ranges is not None else None
    if ranges is None:
        drawn = len(subject.settings.get("uncertainties", {}))
        named = f" {drawn} values are drawn anew in every replicate." if drawn else ""
        return Change(
            "Assumptions: not told",
            f"Which assumption moves the answer most is not told by this run.{named}",
            "assumption",
            shlex.join(["sim", "sensitivity", subject.name]),
        )
    movers = entry["movers"] if entry is not None else []
    if not movers:
        said = f"None of {ranges['parameters']} assumptions is told apart from chance."
    else:
        each = [
            f"{m['path']} ({'more' if m['correlation'] > 0 else 'less'} with more of it)"
            for m in movers
        ]
        said = f"The opposition's chance of office moves most by {listed(each)}."
    return Change("Assumptions", said, "assumption")


def _levers(subject: Subject) -> Change | None:
    levers = subject.settings.get("levers", {})
    if not levers:
        return None
    each = [f"{path} ({', '.join(map(_shown, values))})" for path, values in levers.items()]
    axes = [
        word
        for path, values in levers.items()
        for word in ("--axis", f"{path}={','.join(json_text(v, indent=None) for v in values)}")
    ]
    return Change(
        "Levers: not run here",
        f"Somebody may choose: {'; '.join(each)}. This run holds each at one value.",
        command=shlex.join(["sim", "sweep", subject.name, *axes]),
    )


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _replicates(subject: Subject) -> Change:
    """Return what more replicates would do for an even chance, where the error is largest."""
    half = (chance(subject.n // 2, subject.n).high - chance(subject.n // 2, subject.n).low) / 2
    wanted = math.ceil((1.645 * 0.5 / 0.01) ** 2 / 100) * 100
    if subject.n < COUNTED:
        said = f"Few replicates ({subject.n}): an even chance is known to about "
    else:
        said = f"With {replicates(subject.n)} an even chance is known to about "
    more = f"; {wanted:,} would bring it to 1 point" if subject.n < wanted else ""
    return Change("More replicates", f"{said}{100 * half:.0f} points either way{more}.")
