"""The contest from a case's candidates, with every mistake reported at once."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors import InputError, Problem
from sim.models.numbers.small_counts import MEAN_CAP
from sim.records.parameters.vote.candidates import CandidateEntry
from sim.records.vote.contest import Candidate, Contest

WEIGHT_TOLERANCE = 1e-6


def contest_of(
    entries: Mapping[str, CandidateEntry], small_share: float, largest_register: int
) -> Contest:
    """Return the contest of the entries, in their order.

    Args:
        entries: candidates by key, in ballot order.
        small_share: central share of valid votes of all small candidates.
        largest_register: registered voters at the largest table.

    Raises:
        InputError: not one incumbent and one challenger among the large, weights that do not sum to
        1, or a small
            candidate whose usual votes at the largest table exceed what a small candidate may have.
    """
    problems = [
        *_roles(entries),
        *_weights(entries),
        *_too_large(entries, small_share, largest_register),
    ]
    if problems:
        raise InputError(problems)
    rows = tuple(
        Candidate(
            key,
            entry.name,
            entry.coalition,
            entry.cards,
            entry.role,
            entry.small_weight,
            entry.large_share,
        )
        for key, entry in entries.items()
    )
    camps = [entry.camp for entry in entries.values()]
    return Contest(rows, camps.index("incumbent"), camps.index("challenger"))


def credited_names(contest: Contest, carrier: str | None) -> tuple[str, ...]:
    """Return under which name the votes of each row are counted, in row order.

    The challenger's row bears the name of whoever carries that support on the day. Where this is
    another row's candidate, that row, which is then empty, bears the name of the one who stands no
    more.
    """
    names = list(contest.keys)
    first = names[contest.challenger]
    if carrier in names:
        names[names.index(carrier)] = first
    names[contest.challenger] = carrier or first
    return tuple(names)


def _problem(key: str, message: str, hint: str) -> Problem:
    return Problem(message, path=f"candidates.{key}" if key else "candidates", hint=hint)


def _roles(entries: Mapping[str, CandidateEntry]) -> list[Problem]:
    problems = []
    for camp in ("incumbent", "challenger"):
        keys = [key for key, entry in entries.items() if entry.camp == camp]
        if len(keys) != 1:
            stated = ", ".join(keys) or "none"
            problems.append(
                _problem(
                    "",
                    f"exactly one candidate has camp {camp!r}, found {stated}",
                    "set `camp` of the others",
                )
            )
        problems += [
            _problem(key, f"the {camp} must be a large candidate", 'write role = "large"')
            for key in keys
            if entries[key].role != "large"
        ]
    return problems


def _weights(entries: Mapping[str, CandidateEntry]) -> list[Problem]:
    problems = []
    for key, entry in entries.items():
        further = entry.role == "large" and entry.camp == "minor"
        if entry.role == "large" and entry.small_weight != 0:
            problems.append(
                _problem(key, "a large candidate has no small_weight", "leave small_weight out")
            )
        if further != (entry.large_share > 0):
            problems.append(
                _problem(
                    key,
                    "large_share belongs to a large candidate of camp minor, and to no other",
                    "set or leave it out",
                )
            )
    weights = [entry.small_weight for entry in entries.values() if entry.role == "small"]
    if weights and abs(sum(weights) - 1) > WEIGHT_TOLERANCE:
        problems.append(
            _problem(
                "", f"small_weight must sum to 1, found {sum(weights):.6g}", "correct the weights"
            )
        )
    if sum(entry.large_share for entry in entries.values()) >= 1:
        problems.append(
            _problem(
                "",
                "large_share must sum to less than 1",
                "leave votes for incumbent and challenger",
            )
        )
    return problems


def _too_large(
    entries: Mapping[str, CandidateEntry], small_share: float, largest_register: int
) -> list[Problem]:
    return [
        _problem(
            key,
            f"{small_share * entry.small_weight:.3g} of {largest_register} voters is more than "
            f"{MEAN_CAP:g} votes at a table, "
            "too many for a small candidate",
            'write role = "large" and a large_share',
        )
        for key, entry in entries.items()
        if entry.role == "small" and small_share * entry.small_weight * largest_register > MEAN_CAP
    ]
