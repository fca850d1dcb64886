"""A base against its alternatives: every comparison, which of them to tell, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import ComparisonError
from sim.output.report.page.parts import Finding
from sim.output.report.page.words import COUNTED, percent, signed
from sim.output.report.run.subject import Subject
from sim.output.tables.differences import told_rows
from sim.output.tables.outcomes import number
from sim.studies.comparison.compare import compare
from sim.studies.comparison.result import Compared, Comparison

MOST = 8
SIDES = {
    "vote_winner": "gets most votes",
    "announced_winner": "is announced as winner",
    "office_holder_inauguration": "holds office after inauguration day",
    "office_holder_horizon": "holds office at the horizon",
}


@dataclass(frozen=True)
class Versus:
    """One alternative compared with the base. name: how it is called here."""

    subject: Subject
    name: str
    found: Comparison


@dataclass(frozen=True)
class Differences:
    """All comparisons with one base."""

    base: Subject
    alternatives: tuple[Versus, ...]


def compared(subjects: Sequence[Subject]) -> Differences:
    """Return the paired comparison of each other run with the first.

    Raises:
        ComparisonError: two runs cannot be paired.
    """
    base, *others = subjects
    names = _names(subjects)[1:]
    try:
        found = tuple(
            Versus(other, name, compare(base.origin, other.origin))
            for other, name in zip(others, names, strict=True)
        )
    except ComparisonError as error:
        why = str(error).split(". Run both")[0]
        raise ComparisonError(
            f"{why}. A report compares replicate by replicate: run both scenarios again with the "
            "same --entropy, or use sim compare --unpaired"
        ) from None
    return Differences(base, found)


def _names(subjects: Sequence[Subject]) -> list[str]:
    """Return the titles; runs of one title are told apart by what was set, else by number."""
    titles = [one.title for one in subjects]
    found = []
    for place, one in enumerate(subjects):
        if titles.count(one.title) == 1:
            found.append(one.title)
            continue
        given = ", ".join(one.manifest.get("overrides", ()))
        found.append(f"{one.title} ({given or f'run {place + 1}'})")
    return found


def outcome_words(row: Compared) -> str:
    """Return an outcome as a reader calls it: "The opposition gets most votes"."""
    if row.category and row.outcome in SIDES:
        who = "Nobody" if row.category == "none" else f"The {row.category}"
        return f"{who} {SIDES[row.outcome]}"
    definition = row.definition.split(";")[0].split(" (")[0].rstrip(".")
    text = definition[:1].upper() + definition[1:]
    return f"{text}: {row.category.replace('_', ' ')}" if row.category else text


def mean_words(row: Compared) -> tuple[str, str]:
    """Return the values of base and alternative: percent, counts of few replicates, or a mean with
    its unit.
    """
    r, chance = row.result, row.category or row.kind == "bool"
    if chance and r.n < COUNTED:
        a, b = (f"{round(x * r.n)} of {r.n}" for x in (r.mean_a, r.mean_b))
        return a, b
    if row.unit == "share":
        return percent(r.mean_a), percent(r.mean_b)
    return f"{number(r.mean_a, row.unit)} {row.unit}", f"{number(r.mean_b, row.unit)} {row.unit}"


def shift_words(row: Compared) -> str:
    """Return the difference with its interval: "+78 points, +70 to +85"."""
    r = row.result
    if r.verdict == "equal":
        return "equal in every replicate"
    if row.unit == "share":
        ends = (max(min(x, 1.0), -1.0) for x in (r.difference, r.low, r.high))
        d, low, high = (signed(100 * x) for x in ends)
        return f"{d} points, interval {low} to {high}"
    digits = 0 if max(abs(r.low), abs(r.high)) >= 20 else 2
    d, low, high = (signed(x, digits) for x in (r.difference, r.low, r.high))
    return f"{d} {row.unit}, interval {low} to {high}"


def finding(row: Compared, name: str) -> Finding:
    """Return a comparison as a sentence with its verdict and its numbers."""
    r = row.result
    a, b = mean_words(row)
    what = outcome_words(row)
    sentence = f"{name}. {what}: {b} instead of {a}." if a != b else f"{name}. {what}: {a} in both."
    more = f"; about {r.more:,} more replicates would decide" if r.more else ""
    margin = (
        f"{signed(100 * r.margin).lstrip('+')} points"
        if row.unit == "share"
        else f"{number(r.margin, row.unit)} {row.unit}"
    )
    return Finding(r.verdict, sentence, f"{shift_words(row)}; margin {margin}{more}")


def headline_findings(found: Differences) -> list[Finding]:
    """Return five to eight findings: those that differ, then undecided ones, largest first.

    The order is by how much of the scale differs: points for shares, standard margins for others.
    """
    every = [(row, one.name) for one in found.alternatives for row in told_rows(one.found)]
    differing = [pair for pair in every if pair[0].result.differs]
    undecided = [pair for pair in every if pair[0].result.verdict == "undecided"]
    ordered = sorted(differing, key=_weight) + sorted(undecided, key=_weight)
    return [finding(row, name) for row, name in ordered[:MOST]]


def _weight(pair: tuple[Compared, str]) -> float:
    """Return minus the difference in margins, so that the largest comes first."""
    r = pair[0].result
    return -abs(r.difference) / r.margin if r.margin else 0.0
