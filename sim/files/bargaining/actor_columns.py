"""Which column of a table of actors holds what: by the words of the header, or else by place.

By words, each position goes with the salience of the same number or of the same first words
(`position2` with `salience2`, `Policy Position` with `Policy Salience`), wherever they stand. By
place, as the field's files have it: actor, perhaps a description, capability, then position and
salience for each dimension. A word at the wrong place is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.delimited import TextLine, is_number, problem_at

NAMES = ("actor", "name")
POWERS = ("capability", "power", "c", "weight", "influence")
STEMS = {"position": "position|pstn|x", "salience": "salience|sal|s"}
HINT = "the header must name: actor, capability, then position and salience for each dimension"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of an actor stand in a row, and whether that was read by place."""

    name: int
    capability: int
    position: tuple[int, ...]
    salience: tuple[int, ...]
    by_place: bool = False


def header_of(lines: list[TextLine]) -> int:
    """Return which of the first two lines is the header: the second, below a title with counts."""
    titled = len(lines) > 1 and any(map(is_number, lines[0].cells))
    return int(titled and not any(map(is_number, lines[1].cells)))


def title_counts(title: TextLine) -> list[int]:
    """Return the counts of actors and dimensions in a title line, where it gives two of them."""
    return [int(cell) for cell in title.cells[2:4] if cell.isascii() and cell.isdigit()]


def find_columns(path: Path, header: TextLine, rows: list[TextLine]) -> Columns:
    """Return the columns that a header names, or those by place if it does not name them all.

    Raises:
        InputError: neither way gives one clear reading.
    """
    words = [cell.lower() for cell in header.cells]
    name = [i for i, w in enumerate(words) if w in NAMES]
    power = [i for i, w in enumerate(words) if w in POWERS]
    found = {role: _keyed(words, stems) for role, stems in STEMS.items()}
    if len(name) == len(power) == 1 and all(found.values()):
        pairs = _paired(path, header, found["position"], found["salience"])
        return Columns(name[0], power[0], tuple(x for x, _ in pairs), tuple(s for _, s in pairs))
    roles = dict.fromkeys(name, "actor") | dict.fromkeys(power, "capability")
    roles |= {i: role for role, keyed in found.items() for i, _ in keyed}
    return _by_place(path, header, rows, roles)


def _keyed(words: list[str], stems: str) -> list[tuple[int, Key]]:
    """Return (column, (words before, number)) of each header cell that ends in one of the stems."""
    form = re.compile(rf"(?:(?P<before>.+?)[ _-]+)?(?:{stems})[ _-]*(?P<number>\d*)", re.ASCII)
    matches = [(i, form.fullmatch(word)) for i, word in enumerate(words)]
    return [
        (i, (m["before"] or "", m["number"].lstrip("0") or m["number"][:1]))
        for i, m in matches
        if m
    ]


def _paired(
    path: Path, header: TextLine, positions: list[tuple[int, Key]], saliences: list[tuple[int, Key]]
) -> list[tuple[int, int]]:
    """Return (position, salience) columns of each dimension, in the order of positions."""
    if len(positions) == len(saliences) == 1:
        return [(positions[0][0], saliences[0][0])]
    problems = []
    for role, keyed, other in (
        ("position", positions, saliences),
        ("salience", saliences, positions),
    ):
        counts, partners = Counter(key for _, key in keyed), {key for _, key in other}
        for i, key in keyed:
            what = f"{role} {header.cells[i]!r}"
            if counts[key] > 1:
                problems.append(problem_at(path, header, i, f"{what} is there twice"))
            elif key not in partners:
                mate = "salience" if role == "position" else "position"
                problems.append(
                    problem_at(path, header, i, f"{what} has no {mate} of the same name or number")
                )
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.column))
    place = {key: i for i, key in saliences}
    return [(i, place[key]) for i, key in positions]


def _by_place(path: Path, header: TextLine, rows: list[TextLine], roles: dict[int, str]) -> Columns:
    width = max((i + 1 for line in rows for i, cell in enumerate(line.cells) if cell), default=0)
    named = bool(rows) and not any(is_number(line.cell(0)) for line in rows)
    described = bool(rows) and not any(is_number(line.cell(1)) for line in rows)
    first = 2 if described else 1
    rest = width - first - 1
    if not rows or not named or any(map(is_number, header.cells)) or rest < 2 or rest % 2:
        raise InputError(_unreadable(path, header))
    columns = Columns(
        0,
        first,
        tuple(range(first + 1, width, 2)),
        tuple(range(first + 2, width, 2)),
        by_place=True,
    )
    expected = {0: "actor", first: "capability"} | dict.fromkeys(columns.position, "position")
    expected |= dict.fromkeys(columns.salience, "salience")
    for i, role in sorted(roles.items()):
        if expected.get(i) != role:
            place = f"stands where {expected.get(i, 'a description')} is expected"
            raise InputError(
                problem_at(path, header, i, f"{header.cells[i]!r} {place} by place", HINT)
            )
    return columns


def _unreadable(path: Path, header: TextLine) -> Problem:
    return problem_at(
        path,
        header,
        0,
        "no header with actor, capability, and pairs of position and salience, and the columns "
        "are not in that order either",
        HINT,
    )
