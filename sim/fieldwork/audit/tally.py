"""The reported tally of an audit, its limits, and how a written name is matched with a
candidate.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from sim.errors import InputError, Problem

MOST_BALLOTS = 10**10
NO_VOTE = ("blank", "invalid", "none", "other")
NOT_FOUND = "not found"


def fold(name: str) -> str:
    """Return a name without regard to case, kind of letter (Unicode NFKC) and spaces, for matching
    only.
    """
    return " ".join(
        unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split()
    )


def nearest(name: str, names: Sequence[str]) -> str:
    """Return " (is it X?)" for the nearest known name, or nothing."""
    known = {fold(n): n for n in names}
    near = get_close_matches(fold(name), list(known), 1)
    return f" (is it {known[near[0]]!r}?)" if near else ""


def reported_tally(entries: Sequence[str]) -> dict[str, int]:
    """Return {candidate: votes} of "NAME=VOTES" entries, two or more, with one winner.

    Raises:
        InputError: every entry that is not of that form, a name twice or with a meaning of its own,
            fewer than two candidates, or a tie at the top.
    """
    out: dict[str, int] = {}
    problems = []
    for entry in entries:
        name, sign, votes = entry.rpartition("=")
        name, digits = " ".join(name.split()), votes.replace("_", "").replace(",", "").strip()
        if (
            not sign
            or not fold(name)
            or not (digits.isascii() and digits.isdigit())
            or len(digits) > 10
        ):
            problems.append(
                Problem(
                    f"{entry!r} is no reported tally", hint="write NAME=VOTES, as in 'Ana=6000'"
                )
            )
        elif fold(name) in {fold(n) for n in out}:
            problems.append(Problem(f"{name!r} is named twice"))
        elif fold(name) in (*NO_VOTE, NOT_FOUND):
            problems.append(
                Problem(f"{name!r} cannot be a candidate: the word means a ballot that names none")
            )
        else:
            out[name] = int(digits)
    return _checked(out, problems)


def _checked(out: dict[str, int], problems: list[Problem]) -> dict[str, int]:
    top = sorted(out.values(), reverse=True)
    if not problems and len(out) < 2:
        problems.append(
            Problem(
                "a reported tally of two candidates or more is needed",
                hint="--votes Ana=6000 --votes Bo=4000",
            )
        )
    elif not problems and top[0] == top[1]:
        problems.append(
            Problem("the two leaders of the reported tally are level: no reported winner to audit")
        )
    if problems:
        raise InputError(problems)
    return out


def leaders(tally: dict[str, int]) -> tuple[str, str]:
    """Return (reported winner, runner-up)."""
    order = sorted(tally, key=lambda name: -tally[name])
    return order[0], order[1]


def check_risk_limit(risk_limit: float) -> None:
    """Raise unless 0 < risk limit < 1."""
    if not 0 < risk_limit < 1:
        raise InputError(
            Problem(
                f"a risk limit lies between 0 and 1, found {risk_limit:g}",
                hint="0.05 is 5 per cent",
            )
        )


def check_chance(chance: float) -> None:
    """Raise unless the chance that one round is enough can be planned for."""
    if not 0.01 <= chance <= 0.999:
        raise InputError(
            Problem(
                f"the chance of ending in one round lies between 0.01 and 0.999, found {chance:g}"
            )
        )


def ballots_cast(tally: dict[str, int], ballots: int | None) -> int:
    """Return the ballots cast: as stated, or the reported votes.

    Raises:
        InputError: fewer ballots than votes, or more than there are people.
    """
    votes = sum(tally.values())
    cast = votes if ballots is None else ballots
    if cast > MOST_BALLOTS:
        raise InputError(
            Problem(f"{cast} ballots cast cannot be", hint=f"write a number up to {MOST_BALLOTS:,}")
        )
    if cast < votes:
        raise InputError(Problem(f"{cast:,} ballots cast are fewer than {votes:,} reported votes"))
    return cast


def check_same(
    tally: dict[str, int], names: Sequence[str], totals: Sequence[int], file: str
) -> None:
    """Raise unless the batches of a file add up to the reported tally, candidate by candidate."""
    found = {fold(name): (name, int(total)) for name, total in zip(names, totals, strict=True)}
    told = {fold(name): (name, votes) for name, votes in tally.items()}
    problems = [
        f"{name!r} has no `reported` column{nearest(name, names)}"
        for key, (name, _) in told.items()
        if key not in found
    ]
    problems += [
        f"{name!r} is not among --votes{nearest(name, list(tally))}"
        for key, (name, _) in found.items()
        if key not in told
    ]
    problems += [
        f"{name} has {votes:,} in --votes and {found[key][1]:,} in the batches"
        for key, (name, votes) in told.items()
        if key in found and found[key][1] != votes
    ]
    if problems:
        raise InputError(
            [Problem(f"the batches contradict the reported tally: {p}", file) for p in problems]
        )
